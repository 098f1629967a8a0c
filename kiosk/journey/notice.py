"""What staff announce, in the languages of the page that shows it."""

from collections.abc import Iterable

import msgspec

from kiosk.journey.context import Context
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.hall import NoticeView
from queue_server.domain.values import NoticeText


class NoticeWords(msgspec.Struct, frozen=True):
    """A notice in one language; ``own`` is what staff typed, empty where the sentence is a prepared one."""

    language: str
    own: str = ""


class ShownNotice(msgspec.Struct, frozen=True):
    """What staff announce: ``text`` names the prepared sentence, or is ``own``."""

    text: str
    said: tuple[NoticeWords, ...]


class EmergencyNoticePage(JourneyPage, frozen=True, tag="emergency"):
    """An emergency, in every language at once. ``code`` is the ticket of who stands here and has one."""

    notice: ShownNotice = ShownNotice("leave-building", ())
    code: str = ""


def notice(view: NoticeView | None, languages: Iterable[str], *, everybody: bool = False) -> ShownNotice | None:
    """Give the notice as a page shows it, or None where there is none. A typed text is said in what it was typed in.

    ``everybody``: each of the languages stands there; one that was not typed has no ``own``, and says whom to ask.
    """
    if view is None:
        return None
    if view.text is not NoticeText.OWN:
        return ShownNotice(view.text, tuple(NoticeWords(language) for language in languages))
    wanted = tuple(languages)
    if everybody and any(view.own.get(language) for language in wanted):
        return ShownNotice(view.text, tuple(NoticeWords(language, view.own.get(language, "")) for language in wanted))
    said = tuple(NoticeWords(language, view.own[language]) for language in wanted if view.own.get(language))
    if not said and (fallback := text(view.own, "")):
        said = (NoticeWords(wanted[0], fallback),)
    return ShownNotice(view.text, said) if said else None


def unread(context: Context, around: Surroundings) -> tuple[str, ...]:
    """List all further languages of the centre, as long as nobody has chosen one: any may be the only one read."""
    codes = (one.code for one in around.offer.languages)
    return () if context.language_chosen else tuple(code for code in codes if code != context.language)


def emergency(context: Context, around: Surroundings) -> EmergencyNoticePage:
    """Give the page that takes the whole screen: every language at once, that of the person first."""
    codes = [one.code for one in around.offer.languages]
    codes.sort(key=lambda code: code != context.language)
    shown = notice(around.availability.emergency, codes)
    return EmergencyNoticePage(
        can_back=False,
        can_restart=False,
        can_language=False,
        centre=text(around.offer.centre, context.language),
        notice=shown or ShownNotice("", ()),
        code=context.ticket.code if context.ticket else "",
    )
