"""Frames of Winnsen's lock boards (RS-485, 9600 8N1). Pure.

Every frame is ``90 LEN FN STATION ... 03`` with its whole length in LEN, and no checksum. ``90 06 05 stn lock 03``
opens a lock and is answered by ``90 07 85 stn lock st 03`` (st 01: opened, 00: failed, 02: not yet, its coil has to
cool). Some boards are asked for one door, ``90 06 12 stn lock 03``, and answer ``90 07 92 stn st lock 03``, where st is
01 while that door is OPEN. Others are asked for the doors of a mask, ``90 07 02 stn lo hi 03``, and answer
``90 07 82 stn lo hi 03``: a bit is set while that door is OPEN, lock 1 in bit 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

START, END = 0x90, 0x03
OPEN, STATUS, DOOR_STATUS = 0x05, 0x02, 0x12
OPEN_ANSWER, STATUS_ANSWER, DOOR_ANSWER = 0x85, 0x82, 0x92
LOCKS = 16
ALL_LOCKS = 0xFFFF
ANSWER_LENGTH = 7


class OpenResult(IntEnum):
    """What a board says of a lock that it was told to open."""

    FAILED = 0
    OPENED = 1
    COOLDOWN = 2


_RESULTS = frozenset(OpenResult)


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    station: int
    lock: int
    result: OpenResult


@dataclass(frozen=True, slots=True)
class WinnsenStatus:
    """``doors``: a bit a lock."""

    station: int
    doors: int


@dataclass(frozen=True, slots=True)
class DoorStatus:
    """One door."""

    station: int
    lock: int
    is_open: bool


type Frame = OpenAnswer | WinnsenStatus | DoorStatus


def open_question(station: int, lock: int) -> bytes:
    """Make the question that opens a lock; locks count from 1."""
    return _frame(OPEN, station, lock)


def status_question(station: int, mask: int = ALL_LOCKS) -> bytes:
    return _frame(STATUS, station, *mask.to_bytes(2, "little"))


def door_question(station: int, lock: int) -> bytes:
    """Make the question for one door; locks count from 1."""
    return _frame(DOOR_STATUS, station, lock)


def encode(answer: Frame) -> bytes:
    match answer:
        case OpenAnswer(station, lock, result):
            return _frame(OPEN_ANSWER, station, lock, result)
        case DoorStatus(station, lock, is_open):
            return _frame(DOOR_ANSWER, station, is_open, lock)
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
    if function == OPEN_ANSWER and other in _RESULTS:
        return OpenAnswer(station, one, OpenResult(other))
    if function == DOOR_ANSWER and one in {0, 1}:
        return DoorStatus(station, other, bool(one))
    return None
