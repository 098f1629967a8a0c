"""Language: each by its own name. A document put down here begins the visit: while it is read, its holder chooses."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import chip_reading, document, language_hint, notice
from kiosk.journey.context import Context
from kiosk.journey.events import Action, DocumentRead, DocumentUnread, Event, ReadingStarted
from kiosk.journey.notice import ShownNotice
from kiosk.journey.page import JourneyPage, Language
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class LanguagePage(JourneyPage, frozen=True):
    """``scanner``: a ticket can be shown again here, as the server is there. ``notice`` is said in all languages.

    ``reader``: ``ready`` | ``reading`` | ``again`` (put it down again) | ``read`` | ``missing`` (say nothing of it).
    ``suggested`` is the language that a document speaks for, or empty.
    """

    languages: tuple[Language, ...] = ()
    reader: Literal["ready", "reading", "again", "read", "missing"] = "missing"
    suggested: str = ""
    no_paper: bool = False
    scanner: bool = False
    notice: ShownNotice | None = None


def page(context: Context, around: Surroundings) -> JourneyPage:
    """Show the languages, always in the same order: none moves while somebody reaches for it."""
    languages = around.offer.languages
    return LanguagePage(
        languages=languages,
        reader=_reader(context, around),
        suggested=language_hint.language(context.document, around.offer) if not context.language_chosen else "",
        no_paper=not around.paper,
        scanner=around.scanner and around.health.connected,
        notice=notice.notice(around.availability.announcement, [one.code for one in languages], everybody=True),
    )


def _reader(context: Context, around: Surroundings) -> Literal["ready", "reading", "again", "read", "missing"]:
    if not around.reader or context.language_chosen:
        return "missing"
    if context.reader != "ready":
        return context.reader
    if chip_reading.running(context):
        return "reading"
    return "read" if context.document else "ready"


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("language", code) if around.offer.speaks(code):
            return Continue(replace(context, language=code, language_chosen=True))
        case ReadingStarted() | DocumentUnread() | DocumentRead():
            noted = document.note_document(context, around, event)
            return Stay(noted, document.effects(noted, event, number))
    return Stay(context)


LANGUAGE = JourneyStep(
    name="language",
    page=page,
    handle=handle,
    gives=frozenset({"language"}),
    takes={
        ReadingStarted: PersonPresence.HERE,
        DocumentUnread: PersonPresence.HERE,
        DocumentRead: PersonPresence.HERE,
    },
    subject=HelpSubject.START,
    light=True,
)
