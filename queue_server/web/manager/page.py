"""What the manager page shows, as one frozen value: built by ``presenter``, drawn by the templates.

Texts that may hold a ticket code are ``Markup`` in the reader's language; times are written out. Positions and sizes
are percent of the drawing they belong to.
"""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Micros
from queue_server.web.help_calls import HelpCallView

#: How a thing stands: in order, in need of somebody, or not there to be judged. Each has an icon and a word.
Standing = Literal["good", "bad", "open"]


class ActionButton(msgspec.Struct, frozen=True):
    """A button that posts ``body`` to ``url``; one that is not ``ready`` says why in ``note``.

    ``slot`` changes when its subject has moved on, so that a request is repeated for the same moment only.
    """

    act: str
    label: Markup
    url: str
    slot: str
    body: str = "{}"
    ready: bool = True
    note: Markup = Markup()


class HeadlineFigure(msgspec.Struct, frozen=True):
    number: str
    label: Markup
    unit: Markup = Markup()
    bad: bool = False


class DueTick(msgspec.Struct, frozen=True):
    """When one waiting visit is due, on the clock that all columns share."""

    x: float
    late: bool


class CounterLine(msgspec.Struct, frozen=True):
    """A counter in the column of a step. ``doing`` is who is there and for how long, ``standing`` in one sentence."""

    id: str
    plate: str
    state: Literal["open", "paused", "closed", "silent"]
    who: str
    doing: Markup


class CounterPanel(msgspec.Struct, frozen=True):
    """What managers may do at one counter."""

    id: str
    plate: str
    steps: Markup
    sentence: Markup
    acts: tuple[ActionButton, ...]


class Column(msgspec.Struct, frozen=True):
    """A step. ``now`` is where the clock of its ticks is; ``label`` stands beside or under the number.

    One that is not ``counted`` holds the counters that take every step. ``without`` is said where there is no counter.
    """

    id: str
    name: str
    icon: str
    waiting: int
    label: Markup
    ticks: tuple[DueTick, ...]
    now: float
    oldest: Markup
    soon: int
    overdue: int
    counters: tuple[CounterLine, ...]
    without: Markup = Markup()
    counted: bool = True


class HourCell(msgspec.Struct, frozen=True):
    """A column of the table under the chart; numbers are "" in an hour to come.

    ``usual`` is how many arrive on the middle one of such days: known of hours to come too. Where too
    few days are known it is "".
    """

    head: str
    current: bool
    arrived: str
    usual: str
    finished: str
    present: str


class Bar(msgspec.Struct, frozen=True):
    """A bar of the chart, of ``arrived`` or ``finished``, whose number is ``count``."""

    series: Literal["arrived", "finished"]
    x: float
    width: float
    y: float
    height: float


class Grid(msgspec.Struct, frozen=True):
    """A line of the chart's axis."""

    y: float
    text: str


class Chart(msgspec.Struct, frozen=True):
    """Throughput by hour; ``summary`` says it in one sentence."""

    hours: tuple[HourCell, ...]
    bars: tuple[Bar, ...]
    grid: tuple[Grid, ...]
    summary: str
    empty: bool


class AlarmRow(msgspec.Struct, frozen=True):
    """``todo`` says what to do; ``announcement`` is what a person who does not see the page must hear of it.

    ``help`` is the id of a help call, which is heard too; the first of them has the key. ``taken`` says who sees to it.
    """

    id: str
    icon: str
    head: Markup
    since: Markup
    todo: Markup
    announcement: str
    bad: bool
    acts: tuple[ActionButton, ...] = ()
    help: str = ""
    first_help: bool = False
    taken: Markup = Markup()


class NoticeRow(msgspec.Struct, frozen=True):
    id: str
    emergency: bool
    text: Markup
    facts: Markup
    end: ActionButton


class IntakePart(msgspec.Struct, frozen=True):
    """Whether kiosks issue tickets; ``reopen`` is there where they do not."""

    full: bool
    sentence: Markup
    reopen: ActionButton | None = None


class ServiceToday(msgspec.Struct, frozen=True):
    """One service, and the act that closes it today or gives it again; ``question`` is asked before."""

    id: str
    name: str
    is_closed: bool
    question: Markup
    act: ActionButton


class ServicesOfGovernment(msgspec.Struct, frozen=True):
    """The services of a government, in their order."""

    name: str
    services: tuple[ServiceToday, ...]


class ClosedService(msgspec.Struct, frozen=True):
    """A service that is closed for today."""

    name: Markup
    reopen: ActionButton


class DeviceGroup(msgspec.Struct, frozen=True):
    """All devices of one kind, in the strip at the foot."""

    icon: str
    label: Markup
    standing: Standing
    text: Markup


class CommandRow(msgspec.Struct, frozen=True):
    """Something that was asked of a device; ``log`` is the address of what it sent."""

    what: Markup
    standing: Standing
    became: Markup
    asked: Markup
    log: str = ""


class DevicePanel(msgspec.Struct, frozen=True):
    """What can be asked of a device from afar, and ``rows`` of what was; those that are ``waiting`` are in its line."""

    id: str
    name: str
    acts: tuple[ActionButton, ...]
    rows: tuple[CommandRow, ...]
    waiting: tuple[CommandRow, ...]


class DeviceRow(msgspec.Struct, frozen=True):
    """``word`` is the state of the whole; ``parts`` say what is wrong with which, or nothing.

    ``release`` is that of its program, ``settings`` which of the centre's it works by.
    """

    icon: str
    name: str
    kind: Markup
    standing: Standing
    word: Markup
    seen: Markup
    parts: tuple[tuple[Standing, Markup], ...]
    tickets: Markup
    release: Markup = Markup()
    settings: tuple[Standing, Markup] | None = None
    panel: DevicePanel | None = None


class OpeningCheck(msgspec.Struct, frozen=True):
    """Something that should be so before the doors open."""

    standing: Standing
    head: Markup
    detail: Markup


class ManagerPage(msgspec.Struct, frozen=True):
    """``stage`` is ``before`` until the first ticket of the day; ``refresh_at`` when time alone changes the page."""

    stage: Literal["before", "live"]
    head: Markup
    lead: Markup
    now: Micros
    refresh_at: Micros
    news: str
    figures: tuple[HeadlineFigure, ...]
    columns: tuple[Column, ...]
    panels: tuple[CounterPanel, ...]
    chart: Chart
    alarms: tuple[AlarmRow, ...]
    ended: tuple[HelpCallView, ...]
    notices: tuple[NoticeRow, ...]
    intake: IntakePart
    services: tuple[ServicesOfGovernment, ...]
    closed: tuple[ClosedService, ...]
    groups: tuple[DeviceGroup, ...]
    devices: tuple[DeviceRow, ...]
    checks: tuple[OpeningCheck, ...]
