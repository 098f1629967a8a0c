"""Markdown (CommonMark) of managers: what of it pages have, and how it is read. Pure.

Paragraphs, headings, lists, emphasis and links to ``https:``, ``tel:`` and ``mailto:``. Anything else is refused when a
page is stored, and shown as it was typed where a page has it all the same.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from queue_server.information.errors import InformationMarkdownError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

#: What pages have, by the names of the rules of CommonMark.
_RULES: Final = (
    *("normalize", "block", "inline", "text_join"),
    *("heading", "lheading", "list", "paragraph"),
    *("text", "newline", "escape", "entity", "emphasis", "link", "autolink", "balance_pairs", "fragments_join"),
)
_LINKS: Final = re.compile(r"(?:https://[^/?#\s]|tel:\+[0-9]|mailto:[^\s@]+@[^\s@]+)", re.IGNORECASE)
#: What is refused, by the type of the token that it is read as.
_REFUSED: Final = {
    "html_block": "html",
    "html_inline": "html",
    "image": "picture",
    "fence": "code",
    "code_block": "code",
    "code_inline": "code",
    "blockquote_open": "quotation",
    "hr": "line",
}


def may_link(address: str) -> bool:
    """Tell whether pages may lead to an address."""
    return _LINKS.match(address) is not None


@cache
def _reader() -> "MarkdownIt":
    # It takes 15 ms to load, and a server that shows no page of a manager does without.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    class MarkdownReader(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - as the library names it
            return may_link(url)

    # A line break is one, as whoever types expects it.
    return MarkdownReader("zero", {"breaks": True}).enable(list(_RULES))


@cache
def _checker() -> "MarkdownIt":
    # As above.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    class MarkdownChecker(MarkdownIt):
        """Reads all that CommonMark has, so that what pages do not have can be named."""

        def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - as the library names it
            return True

    return MarkdownChecker("commonmark")


def options() -> "OptionsDict":
    """Say how pages are read, for what draws them."""
    return _reader().options


def read(text: str) -> "list[Token]":
    """Read what pages have; the rest stands there as text."""
    return _reader().parse(text)


def check(text: str, language: str) -> None:
    """Check that a text is made of what pages have.

    Raises:
        InformationMarkdownError: it is not; ``what`` says why, ``line`` where it stands (from 1).
    """
    line = 1
    for token in walk(_checker().parse(text)):
        if token.map is not None:
            line = token.map[0] + 1
        what = _REFUSED.get(token.type)
        if token.type == "link_open" and not may_link(str(token.attrGet("href") or "")):
            what = "link"
        if what is not None:
            raise InformationMarkdownError(language=language, line=line, what=what)


def walk(tokens: "list[Token]") -> "Iterator[Token]":
    """Give every token, those inside of a line after the line itself."""
    for token in tokens:
        yield token
        yield from token.children or ()
