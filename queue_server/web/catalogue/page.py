"""What the page of the set-up shows, as frozen values: built by ``presenter``, drawn by the templates."""

import msgspec
from markupsafe import Markup

from queue_server.web.catalogue.comparing import DifferenceLine
from queue_server.web.catalogue.naming import PartFact


class SectionLink(msgspec.Struct, frozen=True):
    """A section in the list beside the page, with how many parts it has."""

    href: str
    name: Markup
    count: str
    here: bool


class ShownPart(msgspec.Struct, frozen=True):
    """One part of a section; ``ident`` is its short name, ``icon`` the picture that kiosks show of it."""

    number: int
    title: str
    ident: str
    icon: str
    facts: tuple[PartFact, ...]


class ShownSection(msgspec.Struct, frozen=True):
    """A section: its parts, or what it says itself."""

    name: str
    head: Markup
    parts: tuple[ShownPart, ...] = ()
    facts: tuple[PartFact, ...] = ()
    single: bool = False
    nested: bool = False


class VersionLine(msgspec.Struct, frozen=True):
    """A version of the history; ``more`` counts the differences that are not shown.

    ``first``: with it the centre began; ``unknown``: what was before was not recorded, or cannot be read any more.
    """

    number: int
    stored_at: Markup
    by: Markup
    href: str
    lines: tuple[DifferenceLine, ...]
    more: int
    first: bool
    unknown: bool
    in_force: bool


class PlanLine(msgspec.Struct, frozen=True):
    """What counts from a day on."""

    day: str
    by: Markup
    href: str


class ChangeSheet(msgspec.Struct, frozen=True):
    """What would differ if a version or a plan took the place of what is in force; ``uses``: who is there for it.

    ``unpaid`` warns of fees that no stop takes. ``refused`` says why it cannot.
    """

    head: Markup
    lead: Markup
    lines: tuple[DifferenceLine, ...] = ()
    uses: tuple[Markup, ...] = ()
    unpaid: tuple[Markup, ...] = ()
    refused: Markup = Markup()
