"""Bring: what people have with them of what they are asked to bring. Whatever they say, they go on."""

from msgspec.structs import replace

from kiosk.journey import bringing, order
from kiosk.journey.bringing import BringChoice, Brought
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class BringPage(JourneyPage, frozen=True):
    """All ``lines`` of the list of ``service``; those from the ``first`` on are shown, as many as there is room for.

    ``missing`` of them were not touched, without those that may not be theirs.
    """

    service: str = ""
    icon: str = ""
    lines: tuple[BringChoice, ...] = ()
    first: int = 0
    missing: int = 0


def page(context: Context, around: Surroundings) -> JourneyPage:
    chosen = order.chosen(context, around)
    return BringPage(
        service=" + ".join(one.service for one in chosen),
        icon=chosen[0].icon if len(chosen) == 1 else "",
        lines=bringing.lines(context, around),
        first=bringing.begins(context, around),
        missing=bringing.missing(context, around),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("toggle", ident) if any(one.id == ident for one in bringing.lines(context, around)):
            return Stay(bringing.touched(context, ident))
        case Action("turn", first):
            return Stay(bringing.turn(context, around, first))
        case Action("go-on"):
            return Continue(context.keeping(replace(context.of(Brought), asked=True)))
    return Stay(context)


def turned_back(context: Context) -> Context | None:
    """Turn the list back, where it was turned."""
    known = context.of(Brought)
    return context.keeping(replace(known, turned=known.turned[:-1])) if known.turned else None


BRING = JourneyStep(
    name="bring",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    turned_back=turned_back,
    subject=HelpSubject.CHOICE,
)
