"""Service: what the person comes for."""

from msgspec.structs import replace

from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Action, Event
from kiosk.journey.offer import text
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Choice, Page, ServicePage


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    kind = around.offer.kind(context.government, context.kind)
    return ServicePage(
        step=3,
        kind=text(kind.name, context.language) if kind else "",
        choices=tuple(
            Choice(one.id, text(one.name, context.language), icon=kind.icon if kind else "")
            for one in around.offer.services_of(context.government, context.kind)
        ),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("choose", ident) if around.offer.service(context.government, context.kind, ident):
            return Continue(replace(context, service=ident))
    return Stay(context)
