"""Check in: the code of an appointment under the scanner, typed, or the document for which it was booked."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import checking_in, document
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.collecting import can_read
from kiosk.journey.context import Context
from kiosk.journey.events import Action, DocumentRead, DocumentUnread, Event, ReadingStarted, Scanned
from kiosk.journey.page import JourneyPage, Side
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class AppointmentPage(JourneyPage, frozen=True):
    """``reader``: ``ready`` | ``reading`` | ``again`` (could not be read) | ``missing`` (no document proves anything).

    ``scanner``: the code can be shown. ``foreign``: what was shown is another code. ``shown``: a document lay there
    before, and proves it as well. ``confirms``: nothing but the document helps.
    """

    scanner: bool = False
    reader: Literal["ready", "reading", "again", "missing"] = "missing"
    side: Side = "below"
    foreign: bool = False
    shown: bool = False
    confirms: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = context.of(CheckingIn)
    return AppointmentPage(
        scanner=around.scanner and not known.confirms,
        reader=context.reader if can_read(around) else "missing",
        side=around.sides.reader,
        foreign=known.is_foreign,
        shown=checking_in.document_shown(context, around),
        confirms=known.confirms,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one line an event
    known = context.of(CheckingIn)
    match event:
        case Action("code") if not known.confirms:
            return Continue(context.keeping(CheckingIn(way="code", looks=known.looks)))
        case Action("document") if checking_in.document_shown(context, around):
            return Continue(context.keeping(_by_document(known)))
        case Scanned(text) if not known.confirms:
            shown = checking_in.scanned(context, around, text)
            if shown is None:
                return Stay(context.keeping(replace(known, is_foreign=True)))
            return Continue(shown)
        case DocumentRead() if can_read(around):
            noted = document.note_document(context, around, event)
            return Continue(noted.keeping(_by_document(known)), document.effects(noted, event, number))
        case ReadingStarted() | DocumentUnread() if can_read(around):
            return Stay(document.note_document(context, around, event))
    return Stay(context)


def _by_document(known: CheckingIn) -> CheckingIn:
    return known if known.confirms else CheckingIn(way="document", looks=known.looks)


def answer(context: Context, around: Surroundings) -> Context | None:
    """Whoever held their code under the scanner comes past this page."""
    del around
    known = context.of(CheckingIn)
    return context if known.token and not known.confirms and not known.is_asked else None


CHECK_IN_START = JourneyStep(
    name="check-in",
    page=page,
    handle=handle,
    answer=answer,
    takes={
        Scanned: PersonPresence.HERE,
        ReadingStarted: PersonPresence.HERE,
        DocumentUnread: PersonPresence.HERE,
        DocumentRead: PersonPresence.HERE,
    },
    left=checking_in.begun_anew,
    subject=HelpSubject.START,
)
