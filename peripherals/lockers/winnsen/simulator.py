"""Winnsen's boards on the wire. Board 1 of the cabinet is station 1."""

from collections.abc import Iterator

from peripherals.lockers.cabinet import Cabinet
from peripherals.lockers.simulator import CabinetSimulator
from peripherals.lockers.winnsen import frames
from peripherals.lockers.winnsen.frames import OpenAnswer, WinnsenStatus
from peripherals.lockers.wiring import BoardWiring
from peripherals.simulation import SimulatedLine

_SHORTEST, _LONGEST = 5, 16


class WinnsenSimulator(CabinetSimulator[bytes]):
    """``inverted``: firmware that sets the bit of a door while it is shut."""

    def __init__(self, line: SimulatedLine, cabinet: Cabinet, *, inverted: bool = False) -> None:
        super().__init__(line, cabinet)
        self._inverted = inverted
        self._held = bytearray()

    @property
    def settings(self) -> BoardWiring:
        return BoardWiring(door_shut=1 if self._inverted else 0)

    def _item_input(self, _: int) -> None:
        """Give none: these boards see no items."""

    def _reset(self) -> None:
        self._held.clear()

    def _questions(self, data: bytes) -> Iterator[bytes]:
        self._held += data
        while len(self._held) >= _SHORTEST:
            length = self._held[1]
            if self._held[0] != frames.START or not _SHORTEST <= length <= _LONGEST:
                del self._held[0]
            elif len(self._held) < length:
                return
            elif self._held[length - 1] != frames.END:
                del self._held[0]
            else:
                question = bytes(self._held[:length])
                del self._held[:length]
                yield question

    def _answer(self, question: bytes) -> bytes:
        match list(question[2:-1]):
            case [frames.OPEN, station, lock] if station <= self.cabinet.boards:
                known = (station, lock) in self.cabinet
                opened = known and self._pulse(station, lock) and self.cabinet[station, lock].senses_open
                return frames.encode(OpenAnswer(station, lock, opened))
            case [frames.STATUS, station, low, high] if 0 < station <= self.cabinet.boards:
                doors = 0
                for at in range(min(frames.LOCKS, self.cabinet.locks)):
                    doors |= (self.cabinet[station, at + 1].senses_open != self._inverted) << at
                return frames.encode(WinnsenStatus(station, doors & (high << 8 | low)))
            case _:
                return b""
