"""Identify: put the document on the reader, or go on without."""

from msgspec.structs import replace

from kiosk.journey import document
from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Action, DocumentRead, DocumentReading, DocumentUnread, Event
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import IdentifyPage, Page


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    return IdentifyPage(step=1, reader=context.reader if around.reader else "missing", no_paper=not around.paper)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("no-document"):
            return Continue(replace(context, document="", reader="ready"))
        case DocumentRead():
            return Continue(document.laid(context, around, event))
        case DocumentReading() | DocumentUnread():
            return Stay(document.laid(context, around, event))
    return Stay(context)
