"""A centre's service day as it stands: what ``evolve`` builds from events alone.

Visits, counters and help calls are frozen, and what holds many of them shares its parts with what it came from: so a
batch of commands is decided on a ``DayState.copy`` that costs nothing, however many came today, and is thrown away
whole if another process appended first.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec
from immutables import Map

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.tariff import FeeItem, Headcount
from queue_server.domain.values import (
    ApplicationId,
    Category,
    CentreId,
    CounterId,
    CounterState,
    Day,
    DeviceId,
    GovernmentId,
    HelpId,
    HelpKind,
    HelpSubject,
    Intake,
    Language,
    Micros,
    NoteId,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ParkReason,
    PauseReason,
    ServiceId,
    SettlementId,
    StaffId,
    StepId,
    TicketCode,
    VisitId,
    VisitState,
)
from queue_server.queue.acts import Act
from queue_server.queue.arrivals import Arrivals
from queue_server.queue.calling_order import CallingOrder, Key
from queue_server.queue.settings import Skills

if TYPE_CHECKING:
    # Events hold parts of the state; only the names are needed here.
    from queue_server.queue.events import DayEvent


class StepPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """One stop of a visit as promised when it was issued; ``promise`` in minutes.

    ``done``: the visit was served there and needs not come back. A stop before ``Visit.at_step`` that is not done was
    skipped.
    """

    step: StepId
    service: ServiceId
    government: GovernmentId
    promise: int
    done: bool = False


class StepRecord(msgspec.Struct, frozen=True):
    """What happened at one stop; a time is None until it has happened.

    ``called_at`` and ``started_at`` are of the last call here; ``finished_at`` is when the visit went on from here,
    served (``started_at``) or not. ``due`` is when the visit should have been called here, as it stood at that call.
    ``more_min`` are the minutes by which it stepped back here. ``served_before`` is for how long it was served here
    (microseconds) before it was put aside, not written where there is none: earlier events had no such field.
    """

    step: StepId
    ready_at: Micros
    counter: CounterId | None = None
    called_at: Micros | None = None
    started_at: Micros | None = None
    finished_at: Micros | None = None
    due: Micros | None = None
    more_min: int = 0
    served_before: int | msgspec.UnsetType = msgspec.UNSET

    @property
    def served(self) -> int | None:
        """For how long it was served here in all (microseconds); None until it went on."""
        if self.started_at is None or self.finished_at is None:
            return None
        return (self.served_before or 0) + self.finished_at - self.started_at


class SettledFees(msgspec.Struct, frozen=True):
    """What of a visit's fees was settled at once, paid or waived."""

    id: SettlementId
    items: tuple[FeeItem, ...]


class Visit(msgspec.Struct, frozen=True):
    """One party at the centre today.

    ``seq`` is the seq of its issue, ``last_seq`` of its newest event. ``day`` is the service day of its ticket, an
    earlier one where it was carried over. ``due`` = ``counts_from`` + ``promise`` (minutes) - ``late``: what it has
    already waited beyond its promises at earlier steps, or was given by a transfer to the front (microseconds).
    ``calls`` counts the calls at this step; ``records`` has one entry for each time that it came to a stop.

    ``place`` is what the order is made by: ``due``, but for a visit that came back (docs/decisions/0007).
    ``for_counter`` alone may call it until ``for_until``. ``asks_priority``: asked for at a kiosk, not yet answered by
    staff. ``merged_into`` is the visit that it goes on with.

    ``people`` are its party by age band, ``items`` what it is for: the people and parties of each service, also of the
    tickets that go on with it. ``settlement_ids`` name what was paid or waived; ``settlements`` say of which items.

    ``appointment`` is the one for which they came and ``booked_at`` its time, also of whoever came too late for it and
    is a walk-in.

    It stepped back ``step_backs`` times today; no counter calls it as its next before ``away_until``. ``on_the_way_at``
    is when its party said that they come, where they are not here yet.
    """

    id: VisitId
    code: TicketCode
    day: Day
    seq: int
    last_seq: int
    state: VisitState
    category: Category
    services: tuple[ServiceId, ...]
    steps: tuple[StepPlan, ...]
    at_step: int
    party_size: int
    language: Language
    issued_at: Micros
    counts_from: Micros
    promise: int
    late: int
    due: Micros
    place: Micros
    records: tuple[StepRecord, ...]
    device: DeviceId | None = None
    counter: CounterId | None = None
    called_at: Micros | None = None
    last_call_at: Micros | None = None
    started_at: Micros | None = None
    ended_at: Micros | None = None
    calls: int = 0
    asks_priority: bool = False
    for_counter: CounterId | None = None
    for_until: Micros | None = None
    park_reason: ParkReason | None = None
    park_until: Micros | None = None
    notes: tuple[NoteId, ...] = ()
    applications: tuple[ApplicationId, ...] = ()
    settlement_ids: tuple[SettlementId, ...] = ()
    merged_into: VisitId | None = None
    people: tuple[Headcount, ...] = ()
    items: tuple[FeeItem, ...] = ()
    settlements: tuple[SettledFees, ...] = ()
    appointment: AppointmentId | None = None
    booked_at: Micros | None = None
    step_backs: int = 0
    away_until: Micros | None = None
    on_the_way_at: Micros | None = None

    @property
    def urgent(self) -> bool:
        return self.category is Category.URGENT

    @property
    def key(self) -> Key:
        """Who is next: urgent first, then the one due earliest, then the one issued first."""
        return (not self.urgent, self.place, self.seq)

    @property
    def step(self) -> StepPlan:
        return self.steps[self.at_step]

    @property
    def line(self) -> "Line":
        """Say in which line it stands while it waits."""
        stop = self.steps[self.at_step]
        return Line(stop.step, stop.service, stop.government, self.language)

    @property
    def next_stop(self) -> int | None:
        """Where to go when this stop is finished: the nearest after it that is not done, None if it is the last."""
        ahead = range(self.at_step + 1, len(self.steps))
        return next((index for index in ahead if not self.steps[index].done), None)


class Counter(msgspec.Struct, frozen=True):
    """``visit`` is whom it has called or serves; ``since`` when ``state`` or ``visit`` last changed."""

    id: CounterId
    state: CounterState
    since: Micros
    staff: StaffId | None = None
    skills: Skills = Skills()
    visit: VisitId | None = None
    pause: PauseReason | None = None


class HelpCall(msgspec.Struct, frozen=True):
    """``ended_at``: it was withdrawn, whether somebody had taken it or not."""

    id: HelpId
    kind: HelpKind
    device: DeviceId | None
    at: Micros
    counter: CounterId | None = None
    taken_at: Micros | None = None
    taken_by: StaffId | None = None
    taken_at_counter: CounterId | None = None
    language: Language | None = None
    about: HelpSubject | None = None
    ended_at: Micros | None = None

    @property
    def waits(self) -> bool:
        """Nobody has taken it, and somebody is still needed."""
        return self.taken_at is None and self.ended_at is None


class NoticeState(msgspec.Struct, frozen=True):
    """An announcement or emergency that screens show; ``until`` is when they stop by themselves."""

    id: NoticeId
    kind: NoticeKind
    text: NoticeText
    where: NoticePlace
    at: Micros
    until: Micros | None = None


class BoardCall(msgspec.Struct, frozen=True):
    """A call as boards show it, the newest last, a few hundred of them; ``repeats`` counts recalls.

    An undone call is taken out.
    """

    seq: int
    visit: VisitId
    code: TicketCode
    counter: CounterId
    at: Micros
    repeats: int = 0


class Undoable(msgspec.Struct, frozen=True):
    """The newest event of a visit where a counter caused it: what ``undo`` takes back.

    ``before`` is the visit, ``counter_since`` the counter's ``since``, as they were before it. ``earlier`` are those
    that come next once this one is taken back, oldest first, each without its own: nothing else has happened to the
    visit between them.
    """

    seq: int
    at: Micros
    type: str
    counter: CounterId
    before: Visit
    counter_since: Micros
    earlier: tuple["Undoable", ...] = ()


class Line(NamedTuple):
    """What a counter's skills are held against: who waits for the same in the same language stands in one line."""

    step: StepId
    service: ServiceId
    government: GovernmentId
    language: Language


_NOBODY = CallingOrder()


class DayState:
    """Everything of one ``queue/<centre>/<day>`` stream up to ``seq``, the last of which was at ``at``.

    Mutable, changed by ``evolve`` only; ``starts_at`` is the instant of the day's start, ``configuration`` the version
    of the set-up that screens have been told of. ``carried`` names the visits that went on in the next day.
    ``last_tickets`` says of devices when the last ticket was made that came from there.
    """

    __slots__ = (
        "acts",
        "at",
        "calls",
        "carried",
        "centre",
        "closed",
        "closed_services",
        "codes",
        "configuration",
        "counters",
        "day",
        "helps",
        "hidden",
        "highest",
        "history",
        "intake",
        "last_tickets",
        "lines",
        "merged",
        "notices",
        "opened",
        "seq",
        "starts_at",
        "undoable",
        "visits",
        "waiting",
    )

    def __init__(self, centre: CentreId, day: Day) -> None:
        self.centre = centre
        self.day = day
        self.clear()

    def clear(self) -> None:
        """Become a day in which nothing has happened."""
        self.seq = 0
        self.at = Micros(0)
        self.starts_at = Micros(0)
        self.configuration = 0
        self.opened = False
        self.closed = False
        self.visits = Arrivals()
        # Codes issued today. A visit of an earlier day keeps its code without taking it from today's tickets, which may
        # be printed already; only ``highest`` knows it, so that new numbers start above it.
        self.codes: Map[TicketCode, VisitId] = Map()
        # The highest number in use in a hundred: (letter, digits, number // 100) -> number.
        self.highest: dict[tuple[str, int, int], int] = {}
        self.counters: dict[CounterId, Counter] = {}
        self.helps: dict[HelpId, HelpCall] = {}
        self.notices: dict[NoticeId, NoticeState] = {}
        self.intake = Intake.OPEN
        self.closed_services: frozenset[ServiceId] = frozenset()
        self.undoable: Map[VisitId, Undoable] = Map()
        # The newest act of each counter, with those before it (``acts``).
        self.acts: Map[CounterId, Act] = Map()
        # The events of each visit of today, oldest first; one that joined another stands in the history of both.
        self.history: Map[VisitId, Sequence[DayEvent]] = Map()
        self.last_tickets: Map[DeviceId, Micros] = Map()
        # The few that go on with another ticket: who asks whom a party is made of looks at them alone.
        self.merged: frozenset[VisitId] = frozenset()
        self.calls: tuple[BoardCall, ...] = ()
        self.carried: tuple[VisitId, ...] = ()
        # The first that a counter can serve is the next it calls.
        self.waiting = CallingOrder()
        # The same visits, each line by itself: a counter looks only at the lines that it serves.
        self.lines: Map[Line, CallingOrder] = Map()
        # Those of them that were transferred to a counter, or are away: while there are none, nobody looks for them.
        self.hidden: frozenset[VisitId] = frozenset()

    def copy(self) -> Self:
        """Give what a batch is decided on: what is small is copied, the rest shared until it changes."""
        other = type(self)(self.centre, self.day)
        other.seq, other.at, other.starts_at = self.seq, self.at, self.starts_at
        other.configuration, other.opened, other.closed = self.configuration, self.opened, self.closed
        other.visits, other.codes, other.highest = self.visits, self.codes, self.highest.copy()
        other.counters, other.helps, other.notices = self.counters.copy(), self.helps.copy(), self.notices.copy()
        other.undoable, other.acts, other.history = self.undoable, self.acts, self.history
        other.waiting, other.lines, other.hidden = self.waiting, self.lines, self.hidden
        other.calls, other.carried, other.intake = self.calls, self.carried, self.intake
        other.last_tickets, other.merged, other.closed_services = self.last_tickets, self.merged, self.closed_services
        return other

    def put(self, visit: Visit) -> None:
        """Store a visit as it now is, and keep ``waiting`` true to it."""
        before = self.visits.get(visit.id)
        if before is not None and before.state is VisitState.WAITING:
            self.withdraw(before)
        self.visits = self.visits.put(visit)
        if (visit.merged_into is None) is (visit.id in self.merged):
            self.merged ^= {visit.id}
        if visit.state is VisitState.WAITING:
            self.line_up(visit)

    def line_up(self, visit: Visit) -> None:
        """Let a visit that waits stand in the queue."""
        entry, line = (visit.key, visit.id), visit.line
        self.waiting = self.waiting.add(entry)
        self.lines = self.lines.set(line, self.lines.get(line, _NOBODY).add(entry))
        if visit.for_counter is not None or visit.away_until is not None:
            self.hidden |= {visit.id}

    def withdraw(self, visit: Visit) -> None:
        """Take a waiting visit off the queue."""
        entry, line = (visit.key, visit.id), visit.line
        self.waiting = self.waiting.remove(entry)
        left = self.lines[line].remove(entry)
        self.lines = self.lines.set(line, left) if left else self.lines.delete(line)
        if visit.id in self.hidden:
            self.hidden -= {visit.id}
