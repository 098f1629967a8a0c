"""Finds frames in the bytes of a reader. Pure: time is handed in, bytes are kept in one buffer and overwritten.

What comes in is hostile: a frame is at most ``LIMIT`` bytes and a few seconds long, and what follows a refused
one is passed over until the line pauses.
"""

from dataclasses import dataclass
from functools import reduce
from operator import xor

from peripherals.documents.mrz import LENGTHS, LINES, Mrz, parse
from peripherals.documents.port import DocumentRead, ReadFailure, ReadFault
from peripherals.documents.serial_reader.envelope import SerialEnvelope
from peripherals.errors import MrzError

#: The longest frame taken, in bytes.
LIMIT = 200
_LENGTH_END = 3
_MRZ_CHARACTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The reader answered a command."""


type Event = Mrz | ReadFailure | Acknowledged


class SerialFramer:
    """Takes bytes as they come, and pauses; gives events."""

    def __init__(self, envelope: SerialEnvelope, frame_s: float) -> None:
        self._envelope = envelope
        self._frame_s = frame_s
        self._buffer = bytearray(LIMIT)
        self._size = 0
        self._began = 0.0
        #: Bytes outside of any frame since the line last paused.
        self._outside = 0
        #: The rest of what is coming belongs to a refused frame.
        self._passing = False

    def feed(self, data: bytes | memoryview, now: float) -> list[Event]:
        """Take bytes that arrived at ``now``, in seconds of any steady clock."""
        events: list[Event] = []
        for byte in data:
            if self._passing:
                continue
            if self._size == 0:
                self._began = now
            if now - self._began > self._frame_s:
                self._refuse(ReadFault.TOO_SLOW, events)
            elif self._size == LIMIT:
                self._refuse(ReadFault.TOO_LONG, events)
            else:
                self._buffer[self._size] = byte
                self._size += 1
                self._step(events)
        return events

    def pause(self) -> list[Event]:
        """Take note that nothing came for as long as the envelope's gap."""
        events: list[Event] = []
        envelope = self._envelope
        if not self._passing:
            if self._size and not envelope.prefix:
                self._end(0, self._size, events)
            elif self._size >= len(envelope.prefix) > 0:
                events.append(ReadFailure(ReadFault.TRUNCATED))
            elif self._outside + self._size > envelope.around:
                events.append(ReadFailure(ReadFault.GARBAGE))
        self._passing = False
        self._outside = 0
        self.wipe()
        return events

    def wipe(self) -> None:
        """Overwrite what is held and begin anew."""
        self._buffer[: self._size] = bytes(self._size)
        self._size = 0

    def _refuse(self, fault: ReadFault, events: list[Event]) -> None:
        events.append(ReadFailure(fault))
        self._passing = True
        self.wipe()

    def _step(self, events: list[Event]) -> None:
        """See what the byte just added makes of the buffer."""
        envelope = self._envelope
        if envelope.counted is not None:
            self._step_counted(events)
        elif envelope.prefix:
            if self._size <= len(envelope.prefix):
                self._step_prefix()
            else:
                self._step_text(events)
        elif envelope.suffix and self._ends_with(envelope.suffix):
            self._end(0, self._size - len(envelope.suffix), events)

    def _step_prefix(self) -> None:
        """Drop bytes from the front until the rest is how the prefix begins."""
        while not self._envelope.prefix.startswith(self._buffer[: self._size]):
            self._drop_first()
            self._outside += 1

    def _step_text(self, events: list[Event]) -> None:
        envelope = self._envelope
        start = len(envelope.prefix) + envelope.header
        if self._size <= start:
            return
        if self._ends_with(envelope.prefix) and not envelope.header:
            # The text holds no control characters: the reader was cut off and begins anew.
            events.append(ReadFailure(ReadFault.TRUNCATED))
            self.wipe()
            self._buffer[: len(envelope.prefix)] = envelope.prefix
            self._size = len(envelope.prefix)
        elif not envelope.check_byte:
            if self._ends_with(envelope.suffix):
                self._end(start, self._size - len(envelope.suffix), events)
        elif self._buffer.endswith(envelope.suffix, start, self._size - 1):
            if self._sound():
                self._end(start, self._size - 1 - len(envelope.suffix), events)
            else:
                events.append(ReadFailure(ReadFault.CHECKSUM))
                self.wipe()

    def _step_counted(self, events: list[Event]) -> None:
        envelope = self._envelope
        wake = envelope.wake
        while self._size and self._buffer[0] not in (envelope.prefix[0], wake[0] if wake else -1):
            self._drop_first()
            self._outside += 1
        if self._size < _LENGTH_END:
            return
        length = int.from_bytes(self._buffer[1:_LENGTH_END], "big")
        if _LENGTH_END + length > LIMIT:
            self._refuse(ReadFault.TOO_LONG, events)
        elif self._size == _LENGTH_END + length:
            if self._buffer[0] == envelope.prefix[0] and length:
                self._end(_LENGTH_END, self._size, events)
            else:
                events.append(Acknowledged())
                self.wipe()

    def _end(self, start: int, end: int, events: list[Event]) -> None:
        events.append(_read(self._buffer, start, end, self._envelope.padding))
        self._outside = 0
        self.wipe()

    def _sound(self) -> bool:
        """Compare length and check byte of an RTE6701 frame."""
        check = self._buffer[self._size - 1]
        length = int.from_bytes(self._buffer[1:3], "little")
        expected = reduce(xor, memoryview(self._buffer)[1 : self._size - 1])
        return check == expected and length in {self._size - 3, self._size}

    def _ends_with(self, end: bytes) -> bool:
        return self._buffer.endswith(end, 0, self._size)

    def _drop_first(self) -> None:
        self._buffer[: self._size - 1] = self._buffer[1 : self._size]
        self._size -= 1
        self._buffer[self._size] = 0


def _read(buffer: bytearray, start: int, end: int, padding: bytes) -> DocumentRead:
    """Make a zone of the text of a frame: two or three lines, or all in one run."""
    joined = bytearray(LIMIT)
    size = 0
    lengths: list[int] = []
    line_start = start
    for at in range(start, end + 1):
        if at < end and buffer[at] not in b"\r\n":
            continue
        line_end = at
        while line_end > line_start and buffer[line_end - 1] in padding + b" ":
            line_end -= 1
        if line_end > line_start:
            lengths.append(line_end - line_start)
            joined[size : size + lengths[-1]] = memoryview(buffer)[line_start:line_end]
            size += lengths[-1]
        line_start = at + 1
    regular = len(set(lengths)) == 1 and LINES.get(lengths[0]) == len(lengths)
    if not (regular or (len(lengths) == 1 and lengths[0] in LENGTHS)):
        joined[:] = bytes(LIMIT)
        return ReadFailure(ReadFault.NOT_MRZ)
    zone = bytearray(memoryview(joined)[:size])
    joined[:] = bytes(LIMIT)
    try:
        return parse(zone)
    except MrzError:
        zone[:] = bytes(len(zone))
        return ReadFailure(ReadFault.NOT_MRZ)
