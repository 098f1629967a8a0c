"""Ticket code: somebody without paper types their ticket's number. It proves nothing, and shows what boards show."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.ticket_lookup import Lookup
from queue_server.domain.values import CODE_LETTERS


class CodePage(JourneyPage, frozen=True):
    """The number of a ticket, typed so far. ``letters`` are those to choose from, empty once there is one.

    ``ready``: it can be looked up. ``forms``: the code of a form can be typed in place of it.
    """

    entered: str = ""
    letters: tuple[str, ...] = ()
    ready: bool = False
    forms: bool = False


_DIGITS = frozenset("0123456789")
#: A letter and three digits; four where a series is used up.
MIN_LENGTH, MAX_LENGTH = 4, 5


def page(context: Context, around: Surroundings) -> JourneyPage:
    typed = context.of(Lookup).typed
    letters = () if typed else tuple(CODE_LETTERS)
    forms = not typed and bool(around.offer.forms)
    return CodePage(entered=typed, letters=letters, ready=complete(context, around), forms=forms)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    lookup = context.of(Lookup)
    match event:
        case Action("digit", key) if key in _DIGITS and lookup.typed and len(lookup.typed) < MAX_LENGTH:
            return Stay(context.keeping(replace(lookup, typed=lookup.typed + key)))
        case Action("letter", key) if len(key) == 1 and key in CODE_LETTERS and not lookup.typed:
            return Stay(context.keeping(replace(lookup, typed=key)))
        case Action("erase"):
            return Stay(context.keeping(replace(lookup, typed=lookup.typed[:-1])))
    return Stay(context)


def complete(context: Context, around: Surroundings) -> bool:
    """Tell whether what was typed can be looked up."""
    del around
    return len(context.of(Lookup).typed) >= MIN_LENGTH


def left(context: Context) -> Context:
    return context.keeping(replace(context.of(Lookup), typed=""))


def opened(context: Context, around: Surroundings, event: Event, number: int) -> Stay | None:
    del around, event, number
    return Stay(left(context))


TICKET_CODE = JourneyStep(
    name="ticket-code", page=page, handle=handle, opened=opened, left=left, aside=True, light=True
)
