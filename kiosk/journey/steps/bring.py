"""Bring: what people have with them of what they are asked to bring. Whatever they say, they go on."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import bringing, order
from kiosk.journey.bringing import BringChoice, Brought
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, TopicPrinted
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class BringPage(JourneyPage, frozen=True):
    """All ``lines`` of the list of ``service``; those from the ``first`` on are shown, as many as there is room for.

    ``missing`` of them were not touched, without those that may not be theirs. ``paper``: the list can be printed
    (``offered``), or what became of that; empty where there is no paper.
    """

    service: str = ""
    icon: str = ""
    lines: tuple[BringChoice, ...] = ()
    first: int = 0
    missing: int = 0
    paper: Literal["", "offered", "printing", "taken", "none"] = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    chosen = order.chosen(context, around)
    return BringPage(
        service=" + ".join(one.service for one in chosen),
        icon=chosen[0].icon if len(chosen) == 1 else "",
        lines=bringing.lines(context, around),
        first=bringing.begins(context, around),
        missing=bringing.missing(context, around),
        paper=context.of(Brought).paper or ("offered" if around.paper else ""),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    known = context.of(Brought)
    match event:
        case Action("print-list") if around.paper and known.paper in {"", "none"}:
            return _printing(context, around, number)
        case TopicPrinted(_, prints, is_printed) if prints == known.prints and known.paper == "printing":
            return Stay(context.keeping(replace(known, paper="taken" if is_printed else "none")))
        case Action("toggle", ident) if any(one.id == ident for one in bringing.lines(context, around)):
            return Stay(bringing.touched(context, ident))
        case Action("turn", first):
            return Stay(bringing.turn(context, around, first))
        case Action("go-on"):
            return Continue(context.keeping(replace(known, asked=True)))
    return Stay(context)


def _printing(context: Context, around: Surroundings, number: int) -> Stay:
    asked = bringing.printed(context, around, number)
    if asked is None:
        return Stay(context)
    known = replace(context.of(Brought), prints=asked.prints, paper="printing")
    return Stay(context.keeping(known), (asked,))


def turned_back(context: Context) -> Context | None:
    """Turn the list back, where it was turned."""
    known = context.of(Brought)
    return context.keeping(replace(known, turned=known.turned[:-1])) if known.turned else None


BRING = JourneyStep(
    name="bring",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    takes={TopicPrinted: PersonPresence.RENEWED},
    turned_back=turned_back,
    subject=HelpSubject.CHOICE,
)
