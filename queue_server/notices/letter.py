"""A letter and a short message of something that is ready, in the language of whoever reads it. Pure.

Nothing in them leads anywhere, so that nobody learns to touch links in such messages.
"""

from collections.abc import Iterable
from typing import Final

import msgspec
from babel import Locale
from markupsafe import Markup

from queue_server.framework.words import PageTranslations
from queue_server.notices import words
from queue_server.notices.values import NotificationKind

#: Unicode Bidirectional Algorithm (UAX 9, 2.4 and 2.6): text of a direction of its own within a line, and the mark by
#: which a line that begins with Latin letters or digits still runs from right to left.
LRI: Final = "\N{LEFT-TO-RIGHT ISOLATE}"
FSI: Final = "\N{FIRST STRONG ISOLATE}"
PDI: Final = "\N{POP DIRECTIONAL ISOLATE}"
RLM: Final = "\N{RIGHT-TO-LEFT MARK}"


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
    _, page = translations, _Page(language)
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
        page.line(words.subject(_, facts.kind, label)), page.lines(lines), page.line(" ".join(map(_plain, short)))
    )


def _hours(facts: CollectionFacts, _: PageTranslations, page: "_Page") -> list[str]:
    if not facts.days:
        return []
    days = [f"{page.name(days)}: {page.figures(times)}" if times else days for days, times in facts.days]
    holidays = [words.closed_on_holidays(_)] if facts.closed_on_holidays else []
    return [words.opening(_), *days, *holidays]


class _Page:
    """Keeps directions apart in plain text of a language that runs from right to left."""

    def __init__(self, language: str) -> None:
        self._is_rtl = Locale.parse(language, sep="-").text_direction == "rtl"

    def name(self, text: str) -> str:
        """Isolate a name, which may be of any script."""
        return f"{FSI}{text}{PDI}" if self._is_rtl else text

    def figures(self, text: str) -> str:
        """Isolate numbers and times, which run from left to right everywhere."""
        return f"{LRI}{text}{PDI}" if self._is_rtl else text

    def line(self, text: str) -> str:
        return f"{RLM if self._is_rtl and text else ''}{_plain(text)}"

    def lines(self, lines: Iterable[str]) -> str:
        return "".join(f"{self.line(line)}\n" for line in lines)


def _plain(text: str) -> str:
    """Take a sentence of a page as plain text."""
    return str(text.unescape()) if isinstance(text, Markup) else text
