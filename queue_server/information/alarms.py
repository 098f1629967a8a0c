"""What managers are told of pages: those that nobody has looked through for long, that are over, or that are behind.

An alarm is there while its cause is, and nothing is stored.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from markupsafe import Markup

from queue_server.catalogue.fields import FALLBACK
from queue_server.framework.parts import PartContext, RoomAlarm
from queue_server.framework.words import PageTranslations
from queue_server.information import placeholders, words
from queue_server.information.errors import InformationPlaceholderError
from queue_server.information.library import CentreInformation, InformationLibrary
from queue_server.information.model import InformationPage, stale_languages
from queue_server.information.settings import InformationRules

#: Titles that an alarm names; the list of pages has the others.
_NAMED: Final = 4


class PageTrouble(NamedTuple):
    """A page, and since when something ails it."""

    page: InformationPage
    since: date


def unreviewed(found: CentreInformation, review_days: int) -> Iterator[PageTrouble]:
    """Find pages that nobody has looked through for more than so many days."""
    for page in _pages(found):
        last = page.reviewed + timedelta(days=review_days)
        if last < found.day:
            yield PageTrouble(page, last + timedelta(days=1))


def over(found: CentreInformation) -> Iterator[PageTrouble]:
    """Find pages whose last day is over."""
    for page in _pages(found):
        if page.valid_until is not None and page.is_over(found.day):
            yield PageTrouble(page, page.valid_until + timedelta(days=1))


def behind(found: CentreInformation) -> Iterator[PageTrouble]:
    """Find pages of which one language is not what the others are, or is missing."""
    days = {one.topic: one.at for one in found.pages}
    for page in _pages(found):
        if any(stale_languages(page, found.setup.centre.languages)):
            yield PageTrouble(page, date.fromisoformat(found.day_at(days[page.topic])))


def broken(found: CentreInformation) -> Iterator[PageTrouble]:
    """Find pages that name what is no longer in the catalogue."""
    for page in _pages(found):
        try:
            for language, one in page.texts.items():
                placeholders.check(one.text, language, found.setup)
        except InformationPlaceholderError:
            yield PageTrouble(page, found.day)


def _pages(found: CentreInformation) -> Iterator[InformationPage]:
    return (one.page for one in found.pages if one.page is not None)


def troubles(found: CentreInformation, review_days: int) -> dict[str, list[PageTrouble]]:
    """Find everything that ails pages, by the name of its alarm."""
    return {
        "over": list(over(found)),
        "broken": list(broken(found)),
        "behind": list(behind(found)),
        "unreviewed": list(unreviewed(found, review_days)),
    }


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """List them."""
    found = await shown.server[InformationLibrary].get(shown.centre)
    known = troubles(found, shown.server.settings[InformationRules].review_days)
    told = (
        _alarm(shown, "over", known["over"], words.over, words.over_todo),
        _alarm(shown, "broken", known["broken"], words.broken, words.broken_todo),
        _alarm(shown, "behind", known["behind"], words.behind, words.behind_todo),
        _alarm(shown, "unreviewed", known["unreviewed"], words.unreviewed, words.unreviewed_todo),
    )
    return tuple(one for one in told if one is not None)


def _alarm(
    shown: PartContext,
    name: str,
    troubles: list[PageTrouble],
    head: Callable[[PageTranslations, int], Markup],
    todo: Callable[[PageTranslations, Markup], Markup],
) -> RoomAlarm | None:
    if not troubles:
        return None
    titles = [Markup("<bdi>{}</bdi>").format(one.page.texts[FALLBACK].title) for one in troubles[:_NAMED]]
    if len(troubles) > _NAMED:
        titles.append(Markup("…"))
    day = min(one.since for one in troubles)
    since = Markup('<bdi dir="ltr">{}</bdi>').format(day.strftime("%d.%m."))
    return RoomAlarm(
        id=f"information-{name}",
        icon="doc",
        head=head(shown.words, len(troubles)),
        since=words.since(shown.words, since),
        todo=todo(shown.words, Markup(", ").join(titles)),
    )
