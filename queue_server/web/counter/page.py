"""What the counter page shows, as one frozen value: built by ``presenter``, drawn by the templates.

Texts that may hold a ticket code are ``Markup`` already in the reader's language; times are written out.
"""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.domain.values import CounterId, Micros, TransferReason, VisitId
from queue_server.web.help_calls import HelpCallView
from queue_server.web.history import HistoryEntry
from queue_server.web.view_context import Tag
from queue_server.web.visit_rows import ScaleTick, WaitingRow

Stage = Literal["closed", "paused", "idle", "called", "serving"]


class ActionKey(msgspec.Struct, frozen=True, cache_hash=True):
    """An action key. ``cap`` is what the key cap says, ``code`` the ``KeyboardEvent.code`` behind it.

    ``url`` is where a press is posted with ``body``; without it the press opens the dialog ``dialog``. ``slot`` changes
    whenever the counter has moved on, so that a request is repeated for the same moment only.
    """

    act: str
    icon: str
    label: Markup
    note: Markup
    cap: str
    code: str
    shift: bool = False
    ready: bool = True
    primary: bool = False
    url: str = ""
    body: str = "{}"
    slot: str = ""
    dialog: str = ""


class VisitPanel(msgspec.Struct, frozen=True, cache_hash=True):
    """The ticket in the hand: who it is, what for, where it stands, and how many notes and applications it has."""

    id: VisitId
    code: str
    head: Markup
    foot: Markup
    service: str
    government: Markup
    tags: tuple[Tag, ...]
    sentence: Markup
    notes: int
    applications: int
    party: int


class Timer(msgspec.Struct, frozen=True):
    """A running time since ``since``.

    ``limit`` (microseconds) is the whole length of its bar, 0 for none; ``gone`` and ``mark`` are percent of it.
    """

    label: Markup
    since: Micros
    text: str
    limit: int = 0
    gone: float = 0.0
    mark: int = 0
    note: Markup = Markup()

    def still(self) -> "Timer":
        """Give it without what the page itself keeps running."""
        return msgspec.structs.replace(self, text="", gone=0.0)


class ItineraryStop(msgspec.Struct, frozen=True, cache_hash=True):
    """A stop of the itinerary; ``more`` stands for several that there is no room for."""

    name: str
    icon: str
    state: Literal["done", "now", "next", "skipped", "more"]
    note: Markup


class After(msgspec.Struct, frozen=True, cache_hash=True):
    """Where the party goes when this step is finished, and the counters open for it; no ``head`` at the last step."""

    head: Markup
    sentence: Markup
    plates: tuple[str, ...] = ()


class Rail(msgspec.Struct, frozen=True, cache_hash=True):
    """The counter's own queue: how many wait, and the first rows."""

    total: int
    rows: tuple[WaitingRow, ...]
    now: float
    ticks: tuple[ScaleTick, ...]


class NextUp(msgspec.Struct, frozen=True, cache_hash=True):
    """Who comes next: large while nobody is at the counter, small in the rail otherwise. ``why`` is its reason."""

    code: str
    head: Markup
    due_in: Markup
    due: str
    late: bool
    service: str
    government: Markup
    facts: Markup
    tags: tuple[Tag, ...]
    why: Markup


class HandBackButton(msgspec.Struct, frozen=True):
    """Where a press gives the visit of a silent counter back to the queue."""

    url: str
    body: str
    slot: str


class Colleague(msgspec.Struct, frozen=True, cache_hash=True):
    """Another counter for the same steps; ``hand_back`` where nobody is there any more but somebody was called."""

    id: CounterId
    plate: str
    steps: Markup
    doing: Markup
    hand_back: HandBackButton | None = None


class Parked(msgspec.Struct, frozen=True, cache_hash=True):
    """A visit that is put aside; ``until`` is when the person means to be back, ``late`` once that has passed."""

    id: VisitId
    code: str
    what: Markup
    reason: Markup
    until: Markup
    late: bool


class Option(msgspec.Struct, frozen=True, cache_hash=True):
    """One of a list: what is sent, and what is read."""

    value: str
    text: Markup
    chosen: bool = False


class Target(msgspec.Struct, frozen=True, cache_hash=True):
    """Where a visit can be handed on to: a step or a counter. ``reason`` is the usual one for it."""

    field: Literal["step", "counter"]
    value: str
    icon: str
    name: Markup
    note: Markup
    waiting: Markup
    reason: TransferReason


class Forms(msgspec.Struct, frozen=True, cache_hash=True):
    """What the dialogs about the visit at the counter offer."""

    visit: VisitId
    code: str
    line: Markup
    targets: tuple[Target, ...]
    reasons: tuple[Option, ...]
    places: tuple[Option, ...]
    park_reasons: tuple[Option, ...]
    minutes: tuple[Option, ...]
    categories: tuple[Option, ...]
    asks_priority: bool
    party: int
    most: int
    languages: tuple[Option, ...]
    services: tuple[Option, ...]
    others: tuple[Option, ...]


class CounterFigure(msgspec.Struct, frozen=True, cache_hash=True):
    head: Markup
    first: Markup
    second: Markup = Markup()


class CounterDeskPage(msgspec.Struct, frozen=True):
    """``refresh_at`` is the next instant at which time alone changes the page; ``news`` is read out when it changes.

    ``empty_head`` and ``empty_text`` stand where the next ticket would, while there is none to call. ``assisted``: this
    counter has called for assistance, and nobody has taken it yet.
    """

    stage: Stage
    plate: str
    steps: Markup
    head: Markup
    lead: Markup
    empty_head: Markup
    empty_text: Markup
    now: Micros
    refresh_at: Micros
    news: str
    keys: tuple[ActionKey, ...]
    big_key: ActionKey | None
    visit: VisitPanel | None
    timer: Timer | None
    itinerary: tuple[ItineraryStop, ...]
    history: tuple[HistoryEntry, ...]
    hint: Markup
    after: After | None
    next_up: NextUp | None
    order: tuple[WaitingRow, ...]
    rail: Rail
    figures: tuple[CounterFigure, ...]
    forms: Forms | None
    parked: tuple[Parked, ...]
    assisted: bool
    day: Markup
    colleagues: tuple[Colleague, ...]
    more_colleagues: int
    helps: tuple[HelpCallView, ...]
