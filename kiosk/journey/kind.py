"""Kind of service: what it is about."""

from msgspec.structs import replace

from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Action, Event
from kiosk.journey.offer import text
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Choice, KindPage, Page


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    government = around.offer.government(context.government)
    return KindPage(
        step=3,
        government=text(government.name, context.language) if government else "",
        choices=tuple(
            Choice(one.id, text(one.name, context.language), icon=one.icon)
            for one in around.offer.kinds_of(context.government)
        ),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("choose", ident) if around.offer.kind(context.government, ident) is not None:
            return Continue(replace(context, kind=ident, service=""))
    return Stay(context)
