"""What has happened to visits long ago today, told only when somebody asks: a server that starts reads no event of it.

The events of a day up to a cut lie packed in blocks, as they were stored; a visit knows where its own stand.
"""

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple, overload

import msgspec

from queue_server.domain.values import Actor, CounterId, Micros, VisitId
from queue_server.queue.events import DayEvent, VisitStarted, decode

#: Events of a block; the last one of a day may have fewer.
BLOCK: Final = 512
#: Blocks that are kept unpacked: whoever asks asks for neighbours.
_UNPACKED: Final = 4
#: Bits of a place in a day, in an entry of the index of commands; the others are of the command's key.
_PLACE_BITS: Final = 24
_MASK: Final = (1 << _PLACE_BITS) - 1

#: What is packed of an event: ``at``, ``type``, ``v``, ``command``, ``actor``, ``payload``.
type Packed = tuple[Micros, str, int, str, Actor, bytes]

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[tuple[Micros, str, int, str, Actor, bytes]])


class ServiceStart(NamedTuple):
    """Who began with a visit, where and when."""

    at: Micros
    counter: CounterId
    actor: Actor
    visit: VisitId


class EventBlock(msgspec.Struct, frozen=True, array_like=True):
    """``index`` has an entry of eight bytes for each of the ``packed`` events, by which its command is found."""

    index: bytes
    packed: bytes


def pack(first: int, events: Iterable[Packed]) -> EventBlock:
    """Pack the events of a block, the first of which stands at ``first``."""
    listed = list(events)
    index = array("Q", (_key(one[3]) << _PLACE_BITS | place for place, one in enumerate(listed, first)))
    return EventBlock(index.tobytes(), zlib.compress(_ENCODER.encode(listed), 1))


def _key(command: str) -> int:
    return int.from_bytes(blake2b(command.partition("#")[0].encode(), digest_size=5).digest())


class Past:
    """The events of a day up to a cut."""

    def __init__(self, blocks: Sequence[EventBlock]) -> None:
        self._packed = [block.packed for block in blocks]
        entries = array("Q")
        for block in blocks:
            entries.frombytes(block.index)
        self._commands = array("Q", sorted(entries))
        self._unpacked: dict[int, list[Packed]] = {}

    def event(self, seq: int) -> DayEvent:
        """Give the event at a place before the cut.

        Raises:
            UnknownEventError: a newer release wrote it.
        """
        at, kind, v, command, actor, payload = self._block((seq - 1) // BLOCK)[(seq - 1) % BLOCK]
        return DayEvent(seq, at, kind, v, command, actor, decode(kind, v, payload))

    def of_command(self, key: str) -> tuple[DayEvent, ...]:
        """List the events of a command, none where it has left none before the cut."""
        wanted, found = _key(key), []
        for place in range(bisect_left(self._commands, wanted << _PLACE_BITS), len(self._commands)):
            entry = self._commands[place]
            if entry >> _PLACE_BITS != wanted:
                break
            event = self.event(entry & _MASK)
            if event.command.partition("#")[0] == key:
                found.append(event)
        return tuple(found)

    def _block(self, number: int) -> list[Packed]:
        block = self._unpacked.get(number)
        if block is None:
            while len(self._unpacked) >= _UNPACKED:
                del self._unpacked[next(iter(self._unpacked))]
            block = self._unpacked[number] = _DECODER.decode(zlib.decompress(self._packed[number]))
        return block


class PastEvents(Sequence[DayEvent]):
    """The events of a visit before the cut, oldest first: each is unpacked when it is asked for."""

    __slots__ = ("_past", "_seqs", "starts")

    def __init__(self, past: Past, seqs: tuple[int, ...], starts: tuple[ServiceStart, ...]) -> None:
        self._past = past
        # Numbers as objects of a tuple take eight times as much.
        self._seqs = array("I", seqs)
        self.starts: Final = starts

    def __len__(self) -> int:
        return len(self._seqs)

    @property
    def seqs(self) -> tuple[int, ...]:
        return tuple(self._seqs)

    def __iter__(self) -> Iterator[DayEvent]:
        return map(self._past.event, self._seqs)

    @overload
    def __getitem__(self, index: int) -> DayEvent: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[DayEvent, ...]: ...
    def __getitem__(self, index: int | slice) -> DayEvent | tuple[DayEvent, ...]:
        if isinstance(index, slice):
            return tuple(map(self._past.event, self._seqs[index]))
        return self._past.event(self._seqs[index])


def seqs_of(history: Sequence[DayEvent]) -> tuple[int, ...]:
    """Say where the events of a visit stand, without a look at those that are packed."""
    return history.seqs if isinstance(history, PastEvents) else tuple(event.seq for event in history)


def starts_of(history: Sequence[DayEvent]) -> tuple[ServiceStart, ...]:
    """List who began with a visit, without a look at events that are packed."""
    if isinstance(history, PastEvents):
        return history.starts
    return tuple(
        ServiceStart(event.at, event.body.counter, event.actor, event.body.visit)
        for event in history
        if isinstance(event.body, VisitStarted)
    )
