"""CAN: a card whose chip does not open with its printed lines may open with the number on its front (9303-11, 4.4.1).

The card stays on the reader meanwhile. Who does not find the number, or does not want to type it, goes on without.
"""

from typing import NamedTuple

from msgspec.structs import replace

from kiosk.journey.context import ChipReadingState
from kiosk.journey.events import Action, Event, GiveCan
from kiosk.journey.page import JourneyPage


class CanPage(JourneyPage, frozen=True):
    """The number on the card, typed so far. ``again``: the one before did not open the chip."""

    entered: str = ""
    again: bool = False


_DIGITS = frozenset("0123456789")
LENGTH = 6


class Typed(NamedTuple):
    chip: ChipReadingState
    effects: tuple[GiveCan, ...] = ()


def page(chip: ChipReadingState) -> CanPage | None:
    """Show what was typed, where the number is asked for."""
    return CanPage(entered=chip.typed, again=chip.again) if chip.state == "can" else None


def handle(chip: ChipReadingState, event: Event, number: int) -> Typed | None:
    """Take a key; None where it is none of this page."""
    if chip.state != "can":
        return None
    match event:
        case Action("digit", key) if key in _DIGITS:
            return Typed(replace(chip, typed=(chip.typed + key)[:LENGTH]))
        case Action("erase"):
            return Typed(replace(chip, typed=chip.typed[:-1]))
        case Action("submit") if len(chip.typed) == LENGTH:
            return _supplied(chip, number, chip.typed)
        case Action("no-can"):
            return _supplied(chip, number, "")
    return None


def _supplied(chip: ChipReadingState, number: int, can: str) -> Typed:
    return Typed(replace(chip, state="reading", typed="", again=False), (GiveCan(number, chip.laid, can),))
