"""KERONG's boards on the wire. Board 1 of the cabinet has address 0.

All boards of a line take address 15 for theirs: each answers, and each opens all of its locks.
"""

from collections.abc import Iterator

from peripherals.lockers.cabinet import Cabinet
from peripherals.lockers.kerong import frames
from peripherals.lockers.kerong.frames import KerongStatus
from peripherals.lockers.simulator import CabinetSimulator
from peripherals.lockers.wiring import BoardWiring
from peripherals.simulation import SimulatedLine

_LENGTH = 5
_EVERY_BOARD = 15

#: Board, lock and command, as they are on the wire.
type Question = tuple[int, int, int]


class KerongSimulator(CabinetSimulator[Question]):
    """``inverted``: firmware that sets the bit of a latch while it is open, and that of a sensor that sees nothing."""

    def __init__(self, line: SimulatedLine, cabinet: Cabinet, *, inverted: bool = False) -> None:
        if cabinet.boards > frames.BOARDS:
            raise ValueError(f"more than {frames.BOARDS} boards on one line")
        super().__init__(line, cabinet)
        self._inverted = inverted
        self._held = bytearray()

    @property
    def settings(self) -> BoardWiring:
        level = 0 if self._inverted else 1
        return BoardWiring(door_shut=level, item_present=level)  # type: ignore[arg-type] # a level is 0 or 1

    def address_of(self, board: int) -> int:
        return board - 1

    def _reset(self) -> None:
        self._held.clear()

    def _questions(self, data: bytes) -> Iterator[Question]:
        self._held += data
        while len(self._held) >= _LENGTH:
            start, address, command, end, total = self._held[:_LENGTH]
            if (start, end) == (0x02, 0x03) and total == (start + address + command + end) & 0xFF:
                del self._held[:_LENGTH]
                yield address >> 4, address & 0x0F, command
            else:
                del self._held[0]

    def _answer(self, question: Question) -> bytes:
        address, lock, command = question
        if address == _EVERY_BOARD:
            return self._of_all(command)
        if not 0 <= address < self.cabinet.boards:
            return b""
        if command == frames.OPEN:
            self._pulse(address + 1, lock + 1)
        return self._inputs(address) if command == frames.STATUS else b""

    def _of_all(self, command: int) -> bytes:
        if command == frames.OPEN:
            for board, lock in self.cabinet.places():
                self._pulse(board, lock)
        if command != frames.STATUS:
            return b""
        return b"".join(self._inputs(address) for address in range(self.cabinet.boards))

    def _inputs(self, address: int) -> bytes:
        shut = items = 0
        for at in range(min(frames.LOCKS, self.cabinet.locks)):
            cell = self.cabinet[address + 1, at + 1]
            shut |= (cell.senses_open == self._inverted) << at
            items |= (cell.senses_item != self._inverted) << at
        return frames.status_answer(KerongStatus(address, shut, items))
