"""A simulated cabinet: locks, doors, items, and people who pull, pry and leave doors open. Knows no protocol."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

#: A board and a lock of it, counted from 1.
type Place = tuple[int, int]

#: How long a coil may be held before it burns, in seconds.
_BURNS_S: Final = 10.0


@dataclass(slots=True)
class CabinetCell:
    """One compartment as it really is, and what ails it. ``door_stuck``, ``item_stuck``: all that its sensor says."""

    is_open: bool = False
    has_item: bool = False
    jammed: bool = False
    burnt: bool = False
    door_stuck: bool | None = None
    item_stuck: bool | None = None
    #: The lock that moves instead, where it was wired wrongly.
    crossed: Place | None = None
    #: Until when the latch is drawn back, by the clock of the cabinet.
    free_until: float = 0.0
    held_since: float | None = None

    @property
    def senses_open(self) -> bool:
        return self.is_open if self.door_stuck is None else self.door_stuck

    @property
    def senses_item(self) -> bool:
        return self.has_item if self.item_stuck is None else self.item_stuck


class Cabinet:
    """Compartments of several boards. ``springs``: a door whose latch is drawn back comes open by itself."""

    def __init__(
        self, boards: int = 1, locks: int = 16, *, springs: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.boards = boards
        self.locks = locks
        self.springs = springs
        self.powered = True
        #: Every pulse that ever reached a lock, for those who judge afterwards.
        self.pulses: list[Place] = []
        self._clock = clock
        self._cells = {place: CabinetCell() for place in self.places()}

    def places(self) -> Iterator[Place]:
        return ((board, lock) for board in range(1, self.boards + 1) for lock in range(1, self.locks + 1))

    def __getitem__(self, place: Place) -> CabinetCell:
        return self._cells[place]

    def __contains__(self, place: object) -> bool:
        return place in self._cells

    # The boards.

    def pulse(self, place: Place, seconds: float) -> bool:
        """Give a lock current for a while; whether there is power for it."""
        if not self.powered or place not in self._cells:
            return False
        self.pulses.append(place)
        target = self._cells[self._cells[place].crossed or place]
        if not target.jammed and not target.burnt:
            target.free_until = self._clock() + seconds
            if self.springs:
                target.is_open = True
        return True

    def hold(self, place: Place, *, held: bool) -> None:
        """Give a lock current until it is taken away, which burns its coil."""
        cell = self._cells[place]
        self._age(cell)
        if held:
            self.pulse(place, 0.0)
        cell.held_since = self._clock() if held else None

    def is_held(self, place: Place) -> bool:
        self._age(self._cells[place])
        return self._cells[place].held_since is not None

    def _age(self, cell: CabinetCell) -> None:
        if cell.held_since is not None and self._clock() - cell.held_since > _BURNS_S:
            cell.burnt = True

    def power(self, *, on: bool) -> None:
        """Cut the power, or bring it back: locks stay as they are, and no coil is held any more."""
        self.powered = on
        if not on:
            for cell in self._cells.values():
                cell.free_until = 0.0
                cell.held_since = None

    # The people.

    def pull(self, place: Place) -> bool:
        """Pull at a door: it comes where its latch is drawn back; whether it is open then."""
        cell = self._cells[place]
        if self.powered and self._clock() < cell.free_until:
            cell.is_open = True
        return cell.is_open

    def pry(self, place: Place) -> None:
        """Force a door."""
        self._cells[place].is_open = True

    def close(self, place: Place) -> None:
        cell = self._cells[place]
        cell.is_open = False
        cell.free_until = 0.0

    def put(self, place: Place) -> None:
        self._cells[place].has_item = True

    def take(self, place: Place) -> None:
        self._cells[place].has_item = False
