"""What the pages of figures show, as frozen values: built by the presenters, drawn by the templates.

Positions of drawings are units of their own ``viewBox``; what a drawing shows stands as a table beside it.
"""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Micros


class PeriodLink(msgspec.Struct, frozen=True):
    """A length of time that can be chosen; ``key`` is the letter that does it."""

    url: str
    label: Markup
    key: str
    here: bool


class FigureBox(msgspec.Struct, frozen=True):
    """One number, with what it is of, and beside what it can be held; ``url`` are the visits behind it."""

    number: str
    unit: Markup
    label: Markup
    second: Markup
    url: str = ""


class AxisMark(msgspec.Struct, frozen=True):
    """A mark at the edge of a drawing: its place along that edge, and its text."""

    at: float
    text: str


class CurveRow(msgspec.Struct, frozen=True):
    """An instant of a day: visits here, and between which numbers that usually lies. "" where it is not known."""

    time: str
    here: str
    usual: str
    middle: str


class DayCurve(msgspec.Struct, frozen=True):
    """People here through a day. ``area`` is what is usual, ``line`` the day itself (points of SVG)."""

    summary: str
    area: str
    low: str
    high: str
    line: str
    end: tuple[float, float] | None
    end_text: str
    band_at: tuple[float, float]
    across: tuple[AxisMark, ...]
    up: tuple[AxisMark, ...]
    rows: tuple[CurveRow, ...]
    note: Markup


class HourColumn(msgspec.Struct, frozen=True):
    """An hour of a day: who came, how many usually do, and how many minutes half of them waited.

    ``usual`` is "" where it is not known yet of any hour.
    """

    head: str
    came: str
    usual: str
    wait: str
    url: str


class MapCell(msgspec.Struct, frozen=True):
    """An hour of a weekday; ``shade`` from 0, the lightest. Without ``text`` nobody came."""

    text: str = ""
    label: str = ""
    shade: int = 0
    url: str = ""


class MapRow(msgspec.Struct, frozen=True):
    name: str
    cells: tuple[MapCell, ...]


class HourMapTable(msgspec.Struct, frozen=True):
    """``legend`` has a text for each shade that is used. ``other`` shows the other measure."""

    head: Markup
    hours: tuple[str, ...]
    rows: tuple[MapRow, ...]
    legend: tuple[tuple[int, Markup], ...]
    other: PeriodLink


class StepRow(msgspec.Struct, frozen=True):
    """A step. The line of its drawing goes from half of the waits to nine of ten of them."""

    name: str
    icon: str
    calls: str
    wait: str
    wait_most: str
    service: str
    service_most: str
    in_time: Markup
    is_short: bool
    line: tuple[float, float] | None
    url: str
    late_url: str


class StepTable(msgspec.Struct, frozen=True):
    rows: tuple[StepRow, ...]
    across: tuple[AxisMark, ...]


class StandardText(msgspec.Struct, frozen=True):
    """What is meant to be kept, and how much of it was; ``is_kept`` None of too few calls."""

    goal: Markup
    share: Markup
    is_kept: bool | None


class GroupLink(msgspec.Struct, frozen=True):
    """Something by which visits can be counted."""

    url: str
    label: Markup
    here: bool


class GroupRow(msgspec.Struct, frozen=True):
    """Visits of one service, one language and so on; ``url`` are those behind the number, "" where none are listed."""

    name: str
    visits: str
    served: str
    left: str
    wait: str
    wait_most: str
    in_time: Markup
    is_short: bool
    standard: StandardText | None
    url: str
    left_url: str


class GroupTable(msgspec.Struct, frozen=True):
    """``anchor`` is its place in the page."""

    head: Markup
    anchor: str
    links: tuple[GroupLink, ...]
    rows: tuple[GroupRow, ...]
    has_standards: bool


class PeriodBar(msgspec.Struct, frozen=True):
    """A day or a month: its visits, and those of the one it is held beside."""

    name: str
    visits: str
    before: str
    x: float
    width: float
    y: float
    height: float
    before_y: float | None
    url: str


class PeriodBars(msgspec.Struct, frozen=True):
    head: Markup
    unit: Markup
    before_head: Markup
    bars: tuple[PeriodBar, ...]
    across: tuple[AxisMark, ...]
    up: tuple[AxisMark, ...]
    summary: str


class FlowNode(msgspec.Struct, frozen=True):
    name: str
    count: Markup
    x: float
    y: float
    width: float
    height: float
    text_x: float
    text_y: float
    anchor: str


class FlowBand(msgspec.Struct, frozen=True):
    """``path`` is its outline; ``end`` is at which end it ends, "" where it goes on. ``text`` where it fits."""

    path: str
    end: str
    title: str
    text: str
    text_x: float
    text_y: float
    anchor: str


class FlowRow(msgspec.Struct, frozen=True):
    start: str
    end: str
    visits: str
    share: Markup
    drawn: bool
    url: str


class FlowPicture(msgspec.Struct, frozen=True):
    nodes: tuple[FlowNode, ...]
    bands: tuple[FlowBand, ...]
    rows: tuple[FlowRow, ...]
    summary: str


class FiguresPage(msgspec.Struct, frozen=True):
    """One page; what does not belong to what was asked for is empty. ``empty``: nobody came, as far as is known.

    ``categories`` are on paper alone: on the page ``groups`` are by whatever is chosen.
    """

    now: Micros
    refresh_at: Micros
    query: str
    head: Markup
    lead: Markup
    links: tuple[PeriodLink, ...]
    before: str
    after: str
    day: str
    today: str
    empty: bool
    boxes: tuple[FigureBox, ...]
    curve: DayCurve | None
    hours: tuple[HourColumn, ...]
    map: HourMapTable | None
    steps: StepTable | None
    groups: GroupTable | None
    categories: GroupTable | None
    bars: PeriodBars | None
    flow: FlowPicture | None
    exports: tuple[tuple[str, Markup], ...]


class StopText(msgspec.Struct, frozen=True):
    name: str
    text: Markup


class VisitRow(msgspec.Struct, frozen=True):
    """A visit of a list. ``code`` is its ticket, "" where that is not known any more.

    ``paper`` says how often that was printed again.
    """

    code: str
    paper: Markup
    day: str
    service: str
    category: Markup
    source: Markup
    came: str
    called: str
    wait: str
    ended: str
    outcome: Markup
    stops: tuple[StopText, ...]


class VisitsPage(msgspec.Struct, frozen=True):
    """The visits behind a number: ``lead`` says which."""

    now: Micros
    refresh_at: Micros
    query: str
    head: Markup
    lead: Markup
    rows: tuple[VisitRow, ...]
    back: str
    csv: str
    older: str
    newer: str
