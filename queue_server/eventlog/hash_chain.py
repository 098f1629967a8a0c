"""The hash chain: what is hashed of an event, byte by byte.

``hash`` = SHA-256 over the domain ``consular-event-1`` and a zero byte, then nine fields, each preceded by its length
as eight bytes (big-endian, unsigned), in this order:

==========  =======================================================================
previous    hash of the event before in the stream; empty for the first
stream      UTF-8
seq         eight bytes, big-endian, two's complement (as ``at`` and ``v``)
at          microseconds since 1970-01-01T00:00:00Z
type        UTF-8
v           version of the payload's form
command     UTF-8
actor       UTF-8
payload     the stored bytes
==========  =======================================================================

The lengths make the encoding unambiguous: no two different events give the same bytes. Fixed for ever: stored events
carry these hashes, ``tests/queue_server/eventlog/test_hash_chain.py`` holds golden ones.
"""

from collections.abc import Iterable
from hashlib import sha256
from struct import Struct, error

from queue_server.eventlog.port import Event, Head, NewEvent

_DOMAIN = b"consular-event-1\0"
_EIGHT = (8).to_bytes(8)
#: A number, the length of the next, and that; the length of a number, that, and the length of what follows.
_TWO, _NUMBER_LENGTH = Struct(">qQq").pack, Struct(">QqQ").pack

#: Before the first event of a stream.
EMPTY = Head(0, b"")


def _number(value: int) -> bytes:
    return value.to_bytes(8, signed=True)


def event_hash(previous: bytes, stream: str, seq: int, event: NewEvent | Event) -> bytes:
    """Hash an event at its place.

    Raises:
        OverflowError: a number does not fit in eight bytes.
        UnicodeEncodeError: a text holds half a surrogate pair.
    """
    fields = (
        previous,
        stream.encode(),
        _number(seq),
        _number(event.at),
        event.type.encode(),
        _number(event.v),
        event.command.encode(),
        event.actor.encode(),
        event.payload,
    )
    return sha256(_DOMAIN + b"".join(part for field in fields for part in (len(field).to_bytes(8), field))).digest()


class StreamHasher:
    """Hashes the events of one stream as ``event_hash`` does, in a third of its time: for whoever reads whole years.

    What is the same in all of them, or in many, is made into bytes once.
    """

    def __init__(self, stream: str) -> None:
        name = stream.encode()
        self._stream = len(name).to_bytes(8) + name + _EIGHT
        self._texts: dict[str, bytes] = {}

    def holds(  # noqa: PLR0917 - the columns of the log, in their order
        self,
        previous: bytes,
        seq: int,
        at: int,
        type: str,  # noqa: A002
        v: int,
        command: str,
        actor: str,
        payload: bytes,
        stored: bytes,
    ) -> bool:
        """Tell whether ``stored`` is the hash of an event at its place; what is of another type never is."""
        texts = self._texts
        try:
            kind = texts.get(type) or self._text(type)
            who = texts.get(actor) or self._text(actor)
            name = command.encode()
            parts = (
                _DOMAIN,
                len(previous).to_bytes(8),
                previous,
                self._stream,
                _TWO(seq, 8, at),
                kind,
                _NUMBER_LENGTH(8, v, len(name)),
                name,
                who,
                len(payload).to_bytes(8),
                payload,
            )
            return sha256(b"".join(parts)).digest() == stored
        except (AttributeError, TypeError, OverflowError, UnicodeEncodeError, error):
            return False

    def _text(self, text: str) -> bytes:
        """Make a text that stands in many events into its length and bytes."""
        encoded = text.encode()
        made = self._texts[text] = len(encoded).to_bytes(8) + encoded
        return made


def chain(stream: str, head: Head, new: Iterable[NewEvent]) -> list[Event]:
    """Give events their place and hash after ``head``."""
    chained: list[Event] = []
    seq, previous = head.seq, head.hash
    for event in new:
        seq += 1
        previous = event_hash(previous, stream, seq, event)
        chained.append(
            Event(
                stream=stream,
                seq=seq,
                at=event.at,
                type=event.type,
                v=event.v,
                command=event.command,
                actor=event.actor,
                payload=event.payload,
                hash=previous,
            )
        )
    return chained
