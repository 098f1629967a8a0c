"""What ties the days together: the event that opens a day, and the signed one that closes it.

The payloads are those of ``queue_server.queue.events``; here stands only what ``verify`` reads of them.
"""

from collections.abc import Sequence

import msgspec

from queue_server.eventlog.port import StreamHead

OPENED = "day-opened"
CLOSED = "day-closed"

_DOMAIN = b"consular-closing-1\0"


class ClosedStream(msgspec.Struct, frozen=True):
    """A named end of a stream; ``hash`` in hexadecimal."""

    stream: str
    seq: int
    hash: str


class DayOpening(msgspec.Struct, frozen=True):
    """The day before with its head, where there was one."""

    previous_day: str | None
    previous_seq: int
    previous_hash: str


class StreamClosed(msgspec.Struct, frozen=True):
    """The ends of all streams touched, signed with the key ``key_id``; ``signature`` in hexadecimal."""

    heads: tuple[ClosedStream, ...]
    key_id: str
    signature: str


def closing_message(stream: str, heads: Sequence[StreamHead]) -> bytes:
    """Make the bytes that the closing event of the day ``stream`` signs.

    The domain ``consular-closing-1`` and a zero byte, then JSON with sorted keys and without spaces:
    ``{"heads":[{"hash":hex,"seq":n,"stream":name},...],"stream":name}``, the heads in the order of the event.
    """
    named = [{"stream": head.stream, "seq": head.seq, "hash": head.hash.hex()} for head in heads]
    return _DOMAIN + msgspec.json.encode({"stream": stream, "heads": named}, order="sorted")


def previous_stream(stream: str, previous_day: str) -> str:
    """Name the stream of another day of the same centre."""
    return f"{stream.rpartition('/')[0]}/{previous_day}"
