"""Language: each by its own name. A document put down here already suggests one, and is asked for no more."""

from msgspec.structs import replace

from kiosk.journey import document, notice
from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Action, DocumentRead, DocumentReading, DocumentUnread, Event
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import LanguagePage, Page


def page(context: Context, around: Surroundings, number: int) -> Page:
    """Show the languages, a suggested one first."""
    del number
    languages = around.offer.languages
    if context.document and not context.language_chosen:
        languages = tuple(sorted(languages, key=lambda one: one.code != context.language))
    codes = [one.code for one in languages[: notice.LANGUAGES]]
    return LanguagePage(
        languages=languages,
        no_paper=not around.paper,
        scanner=around.scanner,
        notice=notice.notice(around.hall.announcement, codes),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("language", code) if around.offer.speaks(code):
            return Continue(replace(context, language=code, language_chosen=True))
        case DocumentReading() | DocumentUnread() | DocumentRead():
            noted = document.laid(context, around, event)
            return Stay(noted, document.effects(noted, event, number))
    return Stay(context)
