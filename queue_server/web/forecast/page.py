"""What the page of the hours ahead shows, as one frozen value: built by ``presenter``, drawn by the templates.

Positions along the day are percent of the drawing; the drawing of who waits is ``WIDTH`` by ``HEIGHT``.
"""

from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.web.manager.page import ActionButton

WIDTH: Final = 1000
HEIGHT: Final = 320


class PageChoice(msgspec.Struct, frozen=True):
    """Something to choose: a link, or a line of a list, where ``value`` is what the form sends."""

    value: str
    text: Markup
    chosen: bool = False


class BarHandle(msgspec.Struct, frozen=True):
    """An edge that can be moved: ``counter`` and ``edge`` as the address names them; minutes since 1970.

    ``side`` says of which bar of the row it is, and whether of its start or its end: ``s0``, ``e0``.
    """

    id: str
    side: str
    counter: str
    edge: str
    x: float
    least: str
    most: str
    label: str
    text: str


class CounterBar(msgspec.Struct, frozen=True):
    x: float
    width: float
    text: str
    changed: bool


class BarRow(msgspec.Struct, frozen=True):
    """A counter, what it serves, and when it is there; ``more``: it is only thought of."""

    name: str
    note: Markup
    bars: tuple[CounterBar, ...]
    handles: tuple[BarHandle, ...]
    more: bool


class TimeMark(msgspec.Struct, frozen=True):
    at: float
    text: str


class WaitingPicture(msgspec.Struct, frozen=True):
    """Bands and their middles as points of polygons and lines; ``summary`` says what they show."""

    band: str
    middle: str
    other_band: str
    other_middle: str
    beside_middle: str
    across: tuple[TimeMark, ...]
    up: tuple[TimeMark, ...]
    summary: str


class ComparedRow(msgspec.Struct, frozen=True):
    """A line of a table: as the plan is, with the changes, and by a plan laid ``beside``; empty where there is none.

    ``better`` is by how much the changes are.
    """

    head: Markup
    base: Markup
    other: Markup = Markup()
    beside: Markup = Markup()
    better: Markup = Markup()


class AdviceText(msgspec.Struct, frozen=True):
    """What to do, what else happens, and why; ``address`` shows what comes of it. ``id`` names it on the page."""

    id: str
    head: Markup
    other: Markup = Markup()
    why: Markup = Markup()
    address: str = ""


class ChangeLine(msgspec.Struct, frozen=True):
    """A change that is looked at, and the address without it."""

    text: Markup
    without: str


class MadeSo(msgspec.Struct, frozen=True):
    """How a change comes about: ``address`` of the page of staffing with it, ``close`` a counter now, who is asked."""

    id: str
    head: Markup
    address: str
    note: Markup
    close: ActionButton | None


class SavedPlanLine(msgspec.Struct, frozen=True):
    """A plan that was kept: ``address`` tries it, ``beside`` lays it beside what is looked at, or away again."""

    id: str
    name: str
    kept: str
    address: str
    beside: str
    chosen: bool


class WeekCell(msgspec.Struct, frozen=True):
    """An hour of a coming day at a step: counters needed of those planned."""

    needed: int
    planned: int
    short: int


class WeekRow(msgspec.Struct, frozen=True):
    step: str
    cells: tuple[WeekCell, ...]


class WeekDay(msgspec.Struct, frozen=True):
    """A coming day; ``note`` says what it was made of, ``worst`` where most are missing."""

    id: str
    head: str
    note: Markup
    worst: Markup
    hours: tuple[str, ...]
    rows: tuple[WeekRow, ...]


class TicketList(msgspec.Struct, frozen=True):
    """Tickets that are named, and how many ``more`` there are."""

    codes: tuple[str, ...] = ()
    more: int = 0


class ForecastPage(msgspec.Struct, frozen=True):
    """``note`` says why nothing is shown, where nothing is. ``begins`` and ``closes`` are minutes since 1970."""

    part: str
    query: str
    head: Markup
    lead: Markup
    note: Markup
    step: str
    address: str
    begins: str = ""
    closes: str = ""
    changes: tuple[ChangeLine, ...] = ()
    written: tuple[str, ...] = ()
    rows: tuple[BarRow, ...] = ()
    hours: tuple[TimeMark, ...] = ()
    picture: WaitingPicture | None = None
    steps: tuple[PageChoice, ...] = ()
    figures: tuple[ComparedRow, ...] = ()
    waiting: tuple[ComparedRow, ...] = ()
    advice: tuple[AdviceText, ...] = ()
    asks: tuple[PageChoice, ...] = ()
    kinds: tuple[PageChoice, ...] = ()
    starts: tuple[PageChoice, ...] = ()
    ends: tuple[PageChoice, ...] = ()
    unreached: TicketList = TicketList()
    unreached_note: Markup = Markup()
    unreached_tried: TicketList | None = None
    unreached_beside: TicketList | None = None
    beside: str = ""
    beside_name: str = ""
    kept: tuple[SavedPlanLine, ...] = ()
    made: tuple[MadeSo, ...] = ()
    week: tuple[WeekDay, ...] = ()
