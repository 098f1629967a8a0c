"""Frames of KERONG's KR-CU16 boards (KR-CU protocol, RS-485, 19200 8N1). Pure.

A question is ``02 A CMD 03 SUM``, where A is the board's address in the high half and the lock in the low one, and
SUM the low byte of the sum of all before it. A board answers ``30`` with ``02 A 35 L0 L1 I0 I1 03 SUM``: a bit of L is
set while the latch of that lock is closed, one of I while something lies before that sensor, the first lock in bit 0.
``31`` opens a lock by the board's own pulse, most often without an answer. Boards have addresses 0 to 9. To address 15
all of a line listen: they open every lock, so it is never sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

START, END = 0x02, 0x03
STATUS, OPEN, STATUS_ANSWER = 0x30, 0x31, 0x35
LOCKS, BOARDS = 16, 10
ANSWER_LENGTH = 9


@dataclass(frozen=True, slots=True)
class KerongStatus:
    """The inputs of one board, a bit a lock."""

    board: int
    latches: int
    items: int


def question(command: int, board: int, lock: int = 0) -> bytes:
    """Make a question.

    ``board`` is 0 to 9, ``lock`` 0 to 15.

    Raises:
        ValueError: another board, or another lock.
    """
    if board not in range(BOARDS) or lock not in range(LOCKS):
        raise ValueError("no such board or lock")
    frame = bytes((START, board << 4 | lock, command, END))
    return frame + checksum(frame)


def status_answer(answer: KerongStatus) -> bytes:
    latches, items = answer.latches.to_bytes(2, "little"), answer.items.to_bytes(2, "little")
    frame = bytes((START, answer.board << 4, STATUS_ANSWER)) + latches + items + bytes((END,))
    return frame + checksum(frame)


def checksum(frame: bytes) -> bytes:
    return bytes((sum(frame) & 0xFF,))


class KerongFramer:
    """Finds answers in what comes; what is none is passed over byte by byte."""

    def __init__(self) -> None:
        self._held = bytearray()

    def reset(self) -> None:
        self._held.clear()

    def feed(self, data: bytes) -> Iterator[KerongStatus]:
        self._held += data
        while len(self._held) >= ANSWER_LENGTH:
            frame = bytes(self._held[:ANSWER_LENGTH])
            if _is_status(frame):
                del self._held[:ANSWER_LENGTH]
                latches, items = int.from_bytes(frame[3:5], "little"), int.from_bytes(frame[5:7], "little")
                yield KerongStatus(frame[1] >> 4, latches, items)
            else:
                del self._held[0]


def _is_status(frame: bytes) -> bool:
    shape = frame[0] == START and frame[1] & 0x0F == 0 and frame[2] == STATUS_ANSWER and frame[7] == END
    return shape and frame[8:] == checksum(frame[:8])
