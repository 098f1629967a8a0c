"""What somebody collects: what they have shown or typed, what is here for them, and the door that is open."""

from typing import Literal

import msgspec

from kiosk.journey.context import Context
from kiosk.journey.events import CollectedItem, DoorState, WallDoor
from kiosk.journey.surroundings import Surroundings

#: Doors that are at no end: nobody else is served meanwhile.
UNDER_WAY: frozenset[DoorState] = frozenset({"opening", "open", "reminded", "overdue"})


class Collecting(msgspec.Struct, frozen=True):
    """``by_code``: they type a code, ``typed`` so far; ``is_slip``: what was typed is none, a digit must be wrong.

    ``looks`` counts what was asked of the server, ``outcome`` is its answer, "" until it came; ``is_asked``: it was
    asked. ``again``: what they have proved already is looked at once more. ``opens`` counts the doors that were
    asked for, ``item`` is what lies behind the last one, and ``label`` the number on it. ``receipt``: how far that is
    which they have asked for.
    """

    by_code: bool = False
    typed: str = ""
    is_slip: bool = False
    looks: int = 0
    is_asked: bool = False
    again: bool = False
    outcome: Literal["", "found", "slowed", "away"] = ""
    items: tuple[CollectedItem, ...] = ()
    wait_min: int = 0
    opens: int = 0
    item: CollectedItem | None = None
    state: DoorState = "opening"
    door: str = ""
    wall: tuple[WallDoor, ...] = ()
    label: str = ""
    receipt: Literal["", "printing", "taken", "none"] = ""

    @property
    def here(self) -> tuple[CollectedItem, ...]:
        """Give what lies behind doors, in the order in which it is taken."""
        return tuple(one for one in self.items if one.where == "here")


def begun_anew(context: Context, *, by_code: bool = False) -> Context:
    """Forget what was shown, typed and found; counters go on, so that an answer that is late is none."""
    before = context.of(Collecting)
    return context.keeping(Collecting(by_code=by_code, looks=before.looks, opens=before.opens))


def can_read(around: Surroundings) -> bool:
    """Tell whether a document proves anything here: a printed page alone does not, so its chip has to be read."""
    return around.reader and around.chip


def by_code(context: Context, around: Surroundings) -> bool:
    del around
    return context.of(Collecting).by_code


def is_offered(context: Context, around: Surroundings) -> bool:
    del context
    return around.collects
