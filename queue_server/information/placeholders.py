"""Placeholders: what a text takes from the catalogue when it is read, ``{{fees}}`` or ``{{fee:passport}}``. Pure.

Those of a whole list stand alone in their paragraph; those of a few words stand anywhere in the text.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from queue_server.catalogue.model import Setup
from queue_server.information import markdown
from queue_server.information.errors import InformationPlaceholderError

if TYPE_CHECKING:
    from markdown_it.token import Token

#: Whatever stands in two braces: what it may not be is found afterwards, and refused.
PATTERN: Final = re.compile(r"\{\{([^{}]*)\}\}")
#: A few words: of the centre itself, or of one service.
_WORDS: Final = {"centre": "", "address": "", "fee": "service"}
#: Whole lists; what is named behind the colon may be left out of the first.
_LISTS: Final = {"fees": "government?", "hours": "", "requirements": "checklist", "steps": "service"}


class Placeholder(msgspec.Struct, frozen=True):
    """``name`` is what is shown, ``of`` of which service or government, empty where it is of the centre."""

    name: str
    of: str = ""

    @property
    def is_list(self) -> bool:
        return self.name in _LISTS


def read(inside: str, setup: Setup) -> Placeholder | None:
    """Read what stands between the braces; None where that says nothing at this centre."""
    name, colon, of = (part.strip() for part in inside.partition(":"))
    wants = _WORDS.get(name) if name in _WORDS else _LISTS.get(name)
    if wants is None or (bool(colon) and not of):
        return None
    known: dict[str, set[str]] = {
        "": {""},
        "service": {one.id for one in setup.services},
        "checklist": {service for one in setup.checklists for service in one.services},
        "government?": {"", *(one.id for one in setup.governments)},
    }
    return Placeholder(name, of) if of in known[wants] else None


def alone(line: "Token") -> str | None:
    """Give what stands between the braces where nothing else is in a paragraph."""
    found = PATTERN.fullmatch(line.content.strip())
    return None if found is None else found[1]


def check(text: str, language: str, setup: Setup) -> None:
    """Check that everything in braces can be filled in at this centre.

    Raises:
        InformationPlaceholderError: it cannot, or it is a list in the middle of a sentence, or it stands where nothing
            is filled in (the address of a link).
    """
    tokens, seen = markdown.read(text), 0
    for place, token in enumerate(tokens):
        if token.type != "inline":
            continue
        of_paragraph = tokens[place - 1].type == "paragraph_open" and alone(token) is not None
        there = list(_inside(token))
        for inside in there:
            found = read(inside, setup)
            if found is None or (found.is_list and not of_paragraph):
                raise InformationPlaceholderError(language=language, placeholder=f"{{{{{inside.strip()[:80]}}}}}")
        # What is left may begin in one style and end in another one, or have no end.
        shown = "".join(one.content for one in token.children or () if one.type == "text")
        if shown.count("{{") != len(there):
            raise InformationPlaceholderError(language=language, placeholder=_first_open(shown))
        seen += len(there)
    if text.count("{{") > seen:
        # It stands in an address.
        raise InformationPlaceholderError(language=language, placeholder=_first_open(text))


def _first_open(text: str) -> str:
    return text[text.index("{{") :].partition("\n")[0][:40]


def _inside(line: "Token") -> Iterator[str]:
    for token in line.children or ():
        if token.type == "text":
            yield from (found[1] for found in PATTERN.finditer(token.content))
