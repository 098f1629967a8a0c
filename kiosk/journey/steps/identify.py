"""Identify: put the document on the reader, or go on without."""

from msgspec.structs import replace

from kiosk.journey import document, notice
from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Action, DocumentRead, DocumentReading, DocumentUnread, Event
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import IdentifyPage, Page


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    return IdentifyPage(
        step=1,
        reader=context.reader if around.reader else "missing",
        chip=around.chip,
        side=around.sides.reader,
        no_paper=not around.paper,
        notice=notice.notice(around.hall.announcement, (context.language,)),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("no-document"):
            return Continue(replace(context, document="", reader="ready", chip=None, initial=""))
        case DocumentRead():
            noted = document.laid(context, around, event)
            return Continue(noted, document.effects(noted, event, number))
        case DocumentReading() | DocumentUnread():
            return Stay(document.laid(context, around, event))
    return Stay(context)
