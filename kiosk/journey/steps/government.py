"""Government: which country's papers it is about. A document says it; else, or for another country, the person does."""

from msgspec.structs import replace

from kiosk.journey import choose, document
from kiosk.journey.context import Context
from kiosk.journey.events import Action, DocumentRead, DocumentReading, DocumentUnread, Event
from kiosk.journey.offer import text
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Choice, Page
from kiosk.journey.surroundings import Surroundings


class GovernmentPage(Page, frozen=True):
    """Six ``choices`` at most, ``more`` among them: "Another country" leads on."""

    choices: tuple[Choice, ...] = ()
    more: bool = False


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    cut = choose.cut(around.offer.served(), context)
    return GovernmentPage(
        step=2,
        choices=tuple(Choice(one.id, text(one.name, context.language), badge=one.id) for one in cut.shown),
        more=cut.more,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("choose", ident) if around.offer.government(ident) is not None:
            return Continue(replace(context, government=ident, kind="", service=""))
        case Action("more") if choose.cut(around.offer.served(), context).more:
            return Stay(choose.further(context))
        case DocumentReading() | DocumentUnread() | DocumentRead():
            noted = document.laid(context, around, event)
            return Stay(noted, document.effects(noted, event, number))
    return Stay(context)
