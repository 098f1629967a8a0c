"""Government: on whose behalf. The one that issued the document comes first, and the person decides."""

from msgspec.structs import replace

from kiosk.journey import document
from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Action, DocumentRead, DocumentReading, DocumentUnread, Event
from kiosk.journey.offer import text
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Choice, GovernmentPage, Page


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    served = sorted(around.offer.served(), key=lambda one: one.id != context.document)
    return GovernmentPage(
        step=2,
        choices=tuple(
            Choice(
                one.id,
                text(one.name, context.language),
                badge=one.id,
                suggested=one.id == context.document,
            )
            for one in served
        ),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("choose", ident) if around.offer.government(ident) is not None:
            return Continue(replace(context, government=ident, kind="", service=""))
        case DocumentReading() | DocumentUnread() | DocumentRead():
            noted = document.laid(context, around, event)
            return Stay(noted, document.effects(noted, event, number))
    return Stay(context)
