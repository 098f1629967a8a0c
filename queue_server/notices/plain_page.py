"""Plain text in the direction of its language: what letters and short messages are written on. Pure."""

from collections.abc import Iterable
from typing import Final

from babel import Locale
from markupsafe import Markup

#: Unicode Bidirectional Algorithm (UAX 9, 2.4 and 2.6): text of a direction of its own within a line, and the mark by
#: which a line that begins with Latin letters or digits still runs from right to left.
LRI: Final = "\N{LEFT-TO-RIGHT ISOLATE}"
FSI: Final = "\N{FIRST STRONG ISOLATE}"
PDI: Final = "\N{POP DIRECTIONAL ISOLATE}"
RLM: Final = "\N{RIGHT-TO-LEFT MARK}"


class PlainPage:
    """Keeps directions apart in plain text of a language that runs from right to left."""

    def __init__(self, language: str) -> None:
        self._is_rtl = Locale.parse(language, sep="-").text_direction == "rtl"

    @property
    def direction(self) -> str:
        return "rtl" if self._is_rtl else "ltr"

    def name(self, text: str) -> str:
        """Isolate a name, which may be of any script."""
        return f"{FSI}{text}{PDI}" if self._is_rtl else text

    def figures(self, text: str) -> str:
        """Isolate numbers and times, which run from left to right everywhere."""
        return f"{LRI}{text}{PDI}" if self._is_rtl else text

    def link(self, address: str) -> str:
        """Isolate an address of the web.

        It ends with a space: programs that make addresses in plain text something to press take the mark at the end of
        what is isolated for a letter of it.
        """
        return f"{LRI}{address} {PDI}" if self._is_rtl else address

    def line(self, text: str) -> str:
        return f"{RLM if self._is_rtl and text else ''}{plain(text)}"

    def lines(self, lines: Iterable[str]) -> str:
        return "".join(f"{self.line(line)}\n" for line in lines)


def plain(text: str) -> str:
    """Take a sentence of a page as plain text."""
    return str(text.unescape()) if isinstance(text, Markup) else text
