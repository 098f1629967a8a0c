"""Frames of Winnsen's lock boards (RS-485, 9600 8N1). Pure.

Every frame is ``90 LEN FN STATION ... 03`` with its whole length in LEN, and no checksum. ``90 06 05 stn lock 03``
opens a lock and is answered by ``90 07 85 stn lock st 03`` (st 01: opened, 00: failed). ``90 07 02 stn lo hi 03`` asks
for the doors of that mask and is answered by ``90 07 82 stn lo hi 03``: a bit is set while that door is OPEN, lock 1 in
bit 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass

START, END = 0x90, 0x03
OPEN, STATUS, OPEN_ANSWER, STATUS_ANSWER = 0x05, 0x02, 0x85, 0x82
OPENED, FAILED = 0x01, 0x00
LOCKS = 16
ALL_LOCKS = 0xFFFF
ANSWER_LENGTH = 7


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    station: int
    lock: int
    opened: bool


@dataclass(frozen=True, slots=True)
class WinnsenStatus:
    """``doors``: a bit a lock."""

    station: int
    doors: int


type Frame = OpenAnswer | WinnsenStatus


def open_question(station: int, lock: int) -> bytes:
    """Make the question that opens a lock; locks count from 1."""
    return _frame(OPEN, station, lock)


def status_question(station: int, mask: int = ALL_LOCKS) -> bytes:
    return _frame(STATUS, station, *mask.to_bytes(2, "little"))


def encode(answer: Frame) -> bytes:
    match answer:
        case OpenAnswer(station, lock, opened):
            return _frame(OPEN_ANSWER, station, lock, OPENED if opened else FAILED)
        case WinnsenStatus(station, doors):
            return _frame(STATUS_ANSWER, station, *doors.to_bytes(2, "little"))


def _frame(function: int, *content: int) -> bytes:
    return bytes((START, len(content) + 4, function, *content, END))


class WinnsenFramer:
    """Finds answers in what comes; what is none is passed over byte by byte."""

    def __init__(self) -> None:
        self._held = bytearray()

    def reset(self) -> None:
        self._held.clear()

    def feed(self, data: bytes) -> Iterator[Frame]:
        self._held += data
        while len(self._held) >= ANSWER_LENGTH:
            found = _answer(bytes(self._held[:ANSWER_LENGTH]))
            if found is not None:
                del self._held[:ANSWER_LENGTH]
                yield found
            else:
                del self._held[0]


def _answer(frame: bytes) -> Frame | None:
    start, length, function, station, one, other, end = frame
    if (start, length, end) != (START, ANSWER_LENGTH, END):
        return None
    if function == STATUS_ANSWER:
        return WinnsenStatus(station, other << 8 | one)
    if function == OPEN_ANSWER and other in {OPENED, FAILED}:
        return OpenAnswer(station, one, other == OPENED)
    return None
