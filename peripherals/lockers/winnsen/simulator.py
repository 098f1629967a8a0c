"""Winnsen's boards on the wire. Board 1 of the cabinet is station 1.

There are two kinds: those that say all doors at once, and those that are asked for one.
"""

import time
from collections.abc import Iterator

from peripherals.lockers.cabinet import Cabinet, Place
from peripherals.lockers.simulator import CabinetSimulator
from peripherals.lockers.winnsen import frames
from peripherals.lockers.winnsen.frames import DoorStatus, OpenAnswer, OpenResult, WinnsenStatus
from peripherals.lockers.wiring import BoardWiring
from peripherals.simulation import SimulatedLine, number

_SHORTEST, _LONGEST = 5, 16


class WinnsenSimulator(CabinetSimulator[bytes]):
    """``inverted``: firmware that sets the bit of a door while it is shut; ``by_lock``: one that says one door."""

    def __init__(self, line: SimulatedLine, cabinet: Cabinet, *, inverted: bool = False, by_lock: bool = False) -> None:
        super().__init__(line, cabinet)
        self._inverted = inverted
        self._by_lock = by_lock
        #: For how long a lock that was pulsed is not opened again, in seconds.
        self.cooldown_s = 0.0
        self._pulsed_at: dict[Place, float] = {}
        self._held = bytearray()

    @property
    def settings(self) -> BoardWiring:
        return BoardWiring(door_shut=1 if self._inverted else 0, status="lock" if self._by_lock else "board")

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
                return frames.encode(OpenAnswer(station, lock, self._open((station, lock))))
            case [frames.DOOR_STATUS, station, lock] if self._by_lock and (station, lock) in self.cabinet:
                return frames.encode(DoorStatus(station, lock, self._level((station, lock))))
            case [frames.STATUS, station, low, high] if not self._by_lock and 0 < station <= self.cabinet.boards:
                doors = 0
                for at in range(min(frames.LOCKS, self.cabinet.locks)):
                    doors |= self._level((station, at + 1)) << at
                return frames.encode(WinnsenStatus(station, doors & (high << 8 | low)))
            case _:
                return b""

    def _level(self, place: Place) -> bool:
        return self.cabinet[place].senses_open != self._inverted

    def _open(self, place: Place) -> OpenResult:
        now = time.monotonic()
        if now - self._pulsed_at.get(place, float("-inf")) < self.cooldown_s:
            return OpenResult.COOLDOWN
        opened = self._pulse(*place) and self.cabinet[place].senses_open
        self._pulsed_at[place] = now
        return OpenResult.OPENED if opened else OpenResult.FAILED

    async def command(self, words: list[str]) -> dict[str, object]:
        match words:
            case ["cooldown", seconds]:
                self.cooldown_s = number(seconds)
            case _:
                return await super().command(words)
        return {}
