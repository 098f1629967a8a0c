"""What the page of who waits shows, as one frozen value: built by ``presenter``, drawn by the templates."""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Language, Micros, ServiceId, StepId, VisitId
from queue_server.web.help_calls import HelpCallView
from queue_server.web.history import HistoryEntry
from queue_server.web.view_context import Tag
from queue_server.web.visit_rows import WaitingRow


class WaitingFilter(msgspec.Struct, frozen=True):
    """What is asked for, as it stands in the address: filters (none: any), words that are looked for, a visit."""

    steps: tuple[StepId, ...] = ()
    services: tuple[ServiceId, ...] = ()
    languages: tuple[Language, ...] = ()
    text: str = ""
    visit: VisitId | None = None


class FilterOption(msgspec.Struct, frozen=True):
    """One value of a filter: how many wait with it, and the address at which it is the other way round."""

    name: Markup
    count: int
    chosen: bool
    address: str


class Facet(msgspec.Struct, frozen=True):
    id: str
    head: Markup
    choices: tuple[FilterOption, ...]


class Listed(msgspec.Struct, frozen=True):
    """A waiting visit in the list."""

    id: VisitId
    row: WaitingRow
    service: str
    kind: Markup
    step: str
    people: int
    language: str
    asks_priority: bool
    chosen: bool
    address: str


class ServingCounter(msgspec.Struct, frozen=True):
    """A counter that can serve the visit now, and what it does."""

    plate: str
    doing: Markup


class VisitAction(msgspec.Struct, frozen=True):
    """Something that can be done with the visit: pressed at once (``url``), or asked about first (``dialog``)."""

    id: str
    icon: str
    label: Markup
    cap: str = ""
    code: str = ""
    url: str = ""
    dialog: str = ""


class Detail(msgspec.Struct, frozen=True):
    """One visit: who, what for, how it stands, what has happened to it, what can be done."""

    id: VisitId
    code: str
    service: str
    government: Markup
    tags: tuple[Tag, ...]
    icon: str
    standing: Markup
    sentence: Markup
    notes: int
    history: tuple[HistoryEntry, ...]
    counters: tuple[ServingCounter, ...]
    acts: tuple[VisitAction, ...]


class WaitingPage(msgspec.Struct, frozen=True):
    """``total`` wait in all, ``found`` of them as asked for; ``more`` says how many are not shown."""

    now: Micros
    refresh_at: Micros
    news: str
    text: str
    query: str
    total: int
    found: int
    facets: tuple[Facet, ...]
    rows: tuple[Listed, ...]
    more: Markup
    detail: Detail | None
    helps: tuple[HelpCallView, ...]
    back: str
