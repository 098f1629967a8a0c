"""Collect: the document on the reader, or a code. What was read says what is here for them."""

from typing import Literal

from kiosk.journey import collecting, document
from kiosk.journey.collecting import Collecting
from kiosk.journey.context import Context
from kiosk.journey.events import Action, DocumentRead, DocumentUnread, Event, ReadingStarted
from kiosk.journey.page import JourneyPage, Side
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class CollectPage(JourneyPage, frozen=True):
    """``reader``: ``ready`` | ``reading`` | ``again`` (could not be read, put it down again)."""

    reader: Literal["ready", "reading", "again"] = "ready"
    side: Side = "below"


def page(context: Context, around: Surroundings) -> JourneyPage:
    return CollectPage(reader=context.reader, side=around.sides.reader)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("code"):
            return Continue(collecting.begun_anew(context, by_code=True))
        case DocumentRead():
            noted = document.note_document(collecting.begun_anew(context), around, event)
            return Continue(noted, document.effects(noted, event, number))
        case ReadingStarted() | DocumentUnread():
            return Stay(document.note_document(context, around, event))
    return Stay(context)


def answer(context: Context, around: Surroundings) -> Context | None:
    """Where no chip can be read only a code proves anything. A document that was read before need not be laid again."""
    if not collecting.can_read(around):
        return collecting.begun_anew(context, by_code=True)
    known, chip = context.of(Collecting), context.chip
    is_read = chip is not None and chip.laid != context.unread and not chip.seal
    is_new = not known.looks and not known.by_code
    return context if is_read and is_new else None


COLLECT = JourneyStep(
    name="collect",
    page=page,
    handle=handle,
    answer=answer,
    takes={
        ReadingStarted: PersonPresence.HERE,
        DocumentUnread: PersonPresence.HERE,
        DocumentRead: PersonPresence.HERE,
    },
    left=collecting.begun_anew,
    subject=HelpSubject.DOCUMENT,
)
