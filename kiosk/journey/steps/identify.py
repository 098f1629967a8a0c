"""Identify: put the document on the reader, or go on without."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import checking_in, document, notice
from kiosk.journey.context import ChipReadingState, Context
from kiosk.journey.events import Action, DocumentRead, DocumentUnread, Event, ReadChip, ReadingStarted
from kiosk.journey.notice import ShownNotice
from kiosk.journey.page import JourneyPage, Side
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class IdentifyPage(JourneyPage, frozen=True):
    """Put the document on the reader, or go on without.

    ``reader``: ``ready`` | ``reading`` | ``again`` (could not be read, put it down again) | ``missing`` (it fails), or
    ``none``: the kiosk has no reader, and says nothing of one.
    ``chip``: its chip is read too, and staff see what it came to. ``collects``: documents can be collected here.
    ``books``: the centre gives appointments. ``away``: the server cannot be asked for any of them now.
    """

    reader: Literal["ready", "reading", "again", "missing", "none"] = "ready"
    chip: bool = False
    collects: bool = False
    books: bool = False
    away: bool = False
    side: Side = "below"
    no_paper: bool = False
    notice: ShownNotice | None = None


def page(context: Context, around: Surroundings) -> JourneyPage:
    return IdentifyPage(
        reader=context.reader if around.reader else "none" if around.without_reader else "missing",
        chip=around.chip,
        collects=around.collects,
        books=around.offer.appointments,
        away=not around.health.connected,
        side=around.sides.reader,
        no_paper=not around.paper,
        notice=notice.notice(around.availability.announcement, (context.language,)),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one line an event
    match event:
        case Action("no-document") if around.chip and context.reader == "again" and context.unread:
            # They have a document, and staff are told that its page could not be read.
            laid = replace(context, document="", reader="ready", chip=ChipReadingState(context.unread), initial="")
            return Continue(replace(laid, papers=(), turn=None), (ReadChip(number, context.unread),))
        case Action("collect") if around.collects:
            return Continue(replace(context, reader="ready"), by="collect")
        case Action("check-in") if around.offer.appointments:
            return Continue(checking_in.begun_anew(replace(context, reader="ready")), by="check-in")
        case Action("no-document"):
            return Continue(replace(context, document="", reader="ready", chip=None, initial=""))
        case DocumentRead():
            noted = document.note_document(context, around, event)
            return Continue(noted, document.effects(noted, event, number))
        case ReadingStarted() | DocumentUnread():
            return Stay(document.note_document(context, around, event))
    return Stay(context)


IDENTIFY = JourneyStep(
    name="identify",
    page=page,
    handle=handle,
    gives=frozenset({"document"}),
    exits=frozenset({"collect", "check-in"}),
    takes={
        ReadingStarted: PersonPresence.HERE,
        DocumentUnread: PersonPresence.HERE,
        DocumentRead: PersonPresence.HERE,
    },
    subject=HelpSubject.DOCUMENT,
)
