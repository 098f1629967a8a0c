"""Code: somebody who has no paper types the number of their ticket. It proves nothing, and shows what boards show."""

from typing import NamedTuple

from msgspec.structs import replace

from kiosk.journey.context import Context, Place
from kiosk.journey.events import Action, Event, LookUpCode
from kiosk.journey.outcome import Outcome, Stay
from kiosk.journey.page import Page
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import CODE_LETTERS


class CodePage(Page, frozen=True):
    """The number of a ticket, typed so far. ``letters`` are those to choose from, empty once there is one.

    ``ready``: it can be looked up.
    """

    entered: str = ""
    letters: tuple[str, ...] = ()
    ready: bool = False


_DIGITS = frozenset("0123456789")
#: A letter and three digits; four where a series is used up.
MIN_LENGTH, MAX_LENGTH = 4, 5


class Looked(NamedTuple):
    context: Context
    effects: tuple[LookUpCode, ...]


def page(context: Context, around: Surroundings, number: int) -> Page:
    del around, number
    letters = () if context.typed else tuple(CODE_LETTERS)
    return CodePage(entered=context.typed, letters=letters, ready=complete(context))


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    match event:
        case Action("digit", key) if key in _DIGITS and context.typed and len(context.typed) < MAX_LENGTH:
            return Stay(replace(context, typed=context.typed + key))
        case Action("letter", key) if len(key) == 1 and key in CODE_LETTERS and not context.typed:
            return Stay(replace(context, typed=key))
        case Action("erase"):
            return Stay(replace(context, typed=context.typed[:-1]))
    return Stay(context)


def complete(context: Context) -> bool:
    return len(context.typed) >= MIN_LENGTH


def look(context: Context, number: int) -> Looked:
    """Look up what was typed; what was shown of another ticket goes."""
    looks = context.looks + 1
    place = Place("", looks, code=context.typed, typed=True)
    return Looked(replace(context, place=place, looks=looks), (LookUpCode(number, looks, context.typed),))
