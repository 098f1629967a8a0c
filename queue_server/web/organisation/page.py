"""What the page of all centres shows, as one frozen value: built by ``presenter``, drawn by the templates."""

from typing import Literal

import msgspec
from markupsafe import Markup

#: How a centre stands: in order, in need of somebody, or closed and in order. Each has an icon and a word.
Standing = Literal["good", "bad", "open"]


class CentreNumber(msgspec.Struct, frozen=True):
    """A number of a centre, with what stands beside it; ``bad`` where it is a reason to go there."""

    number: str
    beside: Markup = Markup()
    bad: bool = False


class CentreRow(msgspec.Struct, frozen=True):
    """One centre: ``facts`` is its own time and whether it is open, ``cells`` are in the order of the heads."""

    id: str
    name: str
    facts: Markup
    standing: Standing
    word: Markup
    cells: tuple[CentreNumber, ...]


class OrganisationPage(msgspec.Struct, frozen=True):
    """``lead`` says how many need somebody; ``news`` is read out when it changes; ``barred`` why some are missing."""

    lead: Markup
    figures: tuple[tuple[str, Markup, bool], ...]
    heads: tuple[Markup, ...]
    rows: tuple[CentreRow, ...]
    barred: Markup
    news: str
