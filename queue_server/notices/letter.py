"""A letter and a short message of something that is ready, in the language of whoever reads it. Pure.

Nothing in them leads anywhere, so that nobody learns to touch links in such messages.
"""

import msgspec

from queue_server.framework.words import PageTranslations
from queue_server.notices import words
from queue_server.notices.plain_page import PlainPage, plain
from queue_server.notices.values import NotificationKind


class CollectionFacts(msgspec.Struct, frozen=True):
    """What is said of something that is ready, each text in the language of whoever reads it.

    ``days`` are the days on which the centre is open, with the hours of each. ``code`` stands for their document once,
    and until ``code_day``.
    """

    kind: NotificationKind
    centre: str
    address: str
    days: tuple[tuple[str, str], ...]
    closed_on_holidays: bool
    label: str
    last_day: str
    code: str
    code_day: str


class LetterText(msgspec.Struct, frozen=True):
    """The words. Never printed."""

    subject: str
    text: str
    short: str

    def __repr__(self) -> str:
        return "LetterText(...)"


def write_letter(facts: CollectionFacts, translations: PageTranslations, language: str) -> LetterText:
    """Write it."""
    _, page = translations, PlainPage(language)
    label, last_day = page.figures(facts.label), page.name(facts.last_day)
    digits = page.figures(facts.code)
    lines = [
        words.lead(_, facts.kind),
        "",
        words.number(_, label),
        words.until(_, last_day),
        "",
        words.where(_, page.name(facts.centre)),
        *([page.name(facts.address)] if facts.address else []),
        *_hours(facts, _, page),
        "",
        words.how(_),
        words.code(_, digits),
        words.code_rule(_, page.name(facts.code_day)),
        "",
        words.automatic(_),
        words.never_asked(_),
    ]
    short = [words.short(_, facts.kind, page.name(facts.centre), label, last_day), words.short_code(_, digits)]
    return LetterText(
        page.line(words.subject(_, facts.kind, label)), page.lines(lines), page.line(" ".join(map(plain, short)))
    )


def _hours(facts: CollectionFacts, _: PageTranslations, page: PlainPage) -> list[str]:
    if not facts.days:
        return []
    days = [f"{page.name(days)}: {page.figures(times)}" if times else days for days, times in facts.days]
    holidays = [words.closed_on_holidays(_)] if facts.closed_on_holidays else []
    return [words.opening(_), *days, *holidays]
