"""What happened on a day, visit by visit, stop by stop and counter by counter: what every figure is counted from. Pure.

It says nothing of who somebody is: ids, enumerations and times alone.
"""

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from queue_server.domain.values import (
    SECOND,
    Category,
    CounterId,
    CounterState,
    GovernmentId,
    Language,
    Micros,
    PauseReason,
    ServiceId,
    StepId,
    VisitId,
)
from queue_server.queue.state import StepPlan

#: A call that comes in the minute of its due time is in time, as on every page.
_GRACE = 60 * SECOND


class VisitSource(StrEnum):
    """How a visit came to its ticket."""

    BOOKING = "booking"
    #: From a kiosk, or another device.
    KIOSK = "kiosk"
    #: By staff.
    RECEPTION = "reception"


class StopStanding(StrEnum):
    """Where a visit stands at a stop, or how it went on from there."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    SERVED = "served"
    TRANSFERRED = "transferred"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    NOT_SERVED = "not-served"
    CARRIED_OVER = "carried-over"


class VisitOutcome(StrEnum):
    """Whether a visit goes on, or how it ended."""

    PRESENT = "present"
    SERVED = "served"
    MISSED = "missed"
    CANCELLED = "cancelled"
    MERGED = "merged"
    NOT_SERVED = "not-served"
    #: It goes on in the next day.
    CARRIED_OVER = "carried-over"


class CallFact(msgspec.Struct, frozen=True):
    """A call that is over: a counter had the visit for ``busy`` microseconds, and served it for ``served`` of them."""

    counter: CounterId
    busy: int
    served: int


class StopFact(msgspec.Struct):
    """One stop of a visit. ``ready_at`` is when it began to wait there; a time is None until it has happened.

    ``called_at`` and ``started_at`` are of the last call, ``due`` when it should have come, ``calls`` how many there
    were. ``left_at`` is when the visit ended without a call here. ``parked`` is for how long it was put aside before it
    was called (microseconds), ``parked_at`` since when it is. ``ended`` are the calls that are over.
    """

    step: StepId
    service: ServiceId
    government: GovernmentId
    ready_at: Micros
    outcome: StopStanding = StopStanding.WAITING
    counter: CounterId | None = None
    called_at: Micros | None = None
    started_at: Micros | None = None
    finished_at: Micros | None = None
    due: Micros | None = None
    left_at: Micros | None = None
    calls: int = 0
    parked: int = 0
    parked_at: Micros | None = None
    recalls: int = 0
    ended: tuple[CallFact, ...] = ()

    @property
    def waited(self) -> int | None:
        """How long it waited for its call, or until it left; without the time for which it was put aside."""
        until = self.left_at if self.called_at is None else self.called_at
        return None if until is None else max(0, until - self.ready_at - self.parked)

    @property
    def waited_in_vain(self) -> int | None:
        """How long it waited where it left without a call."""
        return self.waited if self.called_at is None else None

    @property
    def walked(self) -> int | None:
        """How long it took from the call until serving began."""
        return None if self.called_at is None or self.started_at is None else self.started_at - self.called_at

    @property
    def served(self) -> int | None:
        """How long it was served, in all calls together."""
        if self.started_at is None or self.finished_at is None:
            return None
        return sum(one.served for one in self.ended)

    @property
    def kept(self) -> bool | None:
        """Whether it was called in time; None before, and no where it left without a call."""
        if self.called_at is None:
            return None if self.left_at is None else False
        return None if self.due is None else self.called_at - self.due < _GRACE

    def end_call(self, at: Micros) -> None:
        """Note for how long a counter had it, and served it, in the call that ends now."""
        if self.counter is None or self.called_at is None:
            return
        served = 0 if self.started_at is None else at - self.started_at
        self.ended = (*self.ended, CallFact(self.counter, max(0, at - self.called_at), max(0, served)))


class VisitFact(msgspec.Struct):
    """One visit; ``DayFacts`` says when it may be changed.

    ``arrived`` is False where it came over from the day before, and counts there. ``stops`` has one entry for each time
    that it came to a stop. ``plan`` and ``at_step`` are what it still has to go.
    ``unprinted``: its ticket came without paper, so the first one that is printed is none of its ``reprints``.
    """

    id: VisitId
    category: Category
    language: Language
    source: VisitSource
    services: tuple[ServiceId, ...]
    party_size: int
    issued_at: Micros
    booked_at: Micros | None
    arrived: bool
    stops: tuple[StopFact, ...]
    plan: tuple[StepPlan, ...]
    at_step: int
    outcome: VisitOutcome = VisitOutcome.PRESENT
    ended_at: Micros | None = None
    unprinted: bool = False
    recalls: int = 0
    reprints: int = 0
    transfers: int = 0
    settlements: int = 0

    def copy(self) -> "VisitFact":
        """Copy what events change: the visit itself, and the stop at which it is."""
        return replace(self, stops=(*self.stops[:-1], replace(self.stops[-1])))

    @property
    def stop(self) -> StopFact:
        """Where it is, or was last."""
        return self.stops[-1]

    @property
    def first_called_at(self) -> Micros | None:
        """When it was first called, as far as that call stands."""
        for one in self.stops:
            if one.called_at is not None:
                return one.called_at
        return None


class CounterSpan(msgspec.Struct, frozen=True):
    """A counter was open, or paused, from ``start`` to ``end``; None while it still is."""

    counter: CounterId
    state: CounterState
    reason: PauseReason | None
    start: Micros
    end: Micros | None = None
