"""Events of visits. Pure.

Whatever decides a place (steps, promises, due times) is copied in, so that a changed setting never changes the past.
"""

from enum import StrEnum

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.tariff import FeeItem, Headcount
from queue_server.domain.values import (
    ApplicationId,
    CallReason,
    Category,
    CounterId,
    Day,
    DeviceId,
    Language,
    Micros,
    NoteId,
    ParkReason,
    ServiceId,
    SettlementId,
    StepId,
    TicketCode,
    TransferReason,
    VisitId,
    Where,
)
from queue_server.eventlog.payload import Payload
from queue_server.queue.state import StepPlan, Visit


class CallRule(StrEnum):
    """Why a visit was the next of its counter."""

    URGENT = "urgent"
    DUE_EARLIEST = "due-earliest"
    #: Its language is spoken at the counter, and everybody due before it has time.
    LANGUAGE = "language"
    #: Staff chose this one; the event says why.
    PARTICULAR = "particular"


class VisitIssued(Payload, frozen=True):
    """A ticket was issued. ``day`` is the service day printed on it; ``promise`` minutes of its first step.

    ``items`` are what it is for: its people by age band, times its services. ``counts_from`` of an appointment is its
    time, or when they came where that was later than it allows.
    """

    type = "visit-issued"
    v = 4
    visit: VisitId
    code: TicketCode
    day: Day
    category: Category
    services: tuple[ServiceId, ...]
    steps: tuple[StepPlan, ...]
    party_size: int
    language: Language
    device: DeviceId | None
    issued_at: Micros
    counts_from: Micros
    promise: int
    due: Micros
    asks_priority: bool
    people: tuple[Headcount, ...]
    items: tuple[FeeItem, ...]
    appointment: AppointmentId | None
    booked_at: Micros | None


class VisitCalled(Payload, frozen=True):
    """A counter called its next; ``considered`` is how many waiting visits it could have served.

    ``reason`` is set where staff called this one and not the next.
    """

    type = "visit-called"
    v = 2
    visit: VisitId
    counter: CounterId
    step: StepId
    rule: CallRule
    category: Category
    counts_from: Micros
    promise: int
    due: Micros
    considered: int
    reason: CallReason | None


class VisitRecalled(Payload, frozen=True):
    """The counter called the same visit again."""

    type = "visit-recalled"
    visit: VisitId
    counter: CounterId


class VisitStarted(Payload, frozen=True):
    """Somebody came, and serving began."""

    type = "visit-started"
    visit: VisitId
    counter: CounterId


class StepFinished(Payload, frozen=True):
    """A step is finished and the visit waits for ``next_step``, the stop after it in its plan."""

    type = "step-finished"
    visit: VisitId
    counter: CounterId
    step: StepId
    next_step: StepId
    counts_from: Micros
    promise: int
    late: int
    due: Micros


class VisitDone(Payload, frozen=True):
    """The last step is finished, and the visit is over."""

    type = "visit-done"
    visit: VisitId
    counter: CounterId | None
    step: StepId


class VisitMissed(Payload, frozen=True):
    """Nobody came, and the counter is free."""

    type = "visit-missed"
    visit: VisitId
    counter: CounterId


class VisitCancelled(Payload, frozen=True):
    """``counter`` is the one that had called the visit, which is free again."""

    type = "visit-cancelled"
    visit: VisitId
    counter: CounterId | None


class VisitNotServed(Payload, frozen=True):
    """The day ended before the visit did."""

    type = "visit-not-served"
    visit: VisitId
    counter: CounterId | None


class VisitTransferred(Payload, frozen=True):
    """The visit waits for another stop: ``steps`` and ``at_step`` are its new plan.

    ``for_counter`` alone may call it until ``for_until``.
    """

    type = "visit-transferred"
    v = 2
    visit: VisitId
    counter: CounterId | None
    steps: tuple[StepPlan, ...]
    at_step: int
    counts_from: Micros
    promise: int
    late: int
    due: Micros
    where: Where
    """Where it comes in there: in its order, at the end, or at the front."""
    reason: TransferReason
    for_counter: CounterId | None
    for_until: Micros | None


class VisitParked(Payload, frozen=True):
    """The visit is put aside and its counter is free; ``until`` is when the person means to be back."""

    type = "visit-parked"
    v = 2
    visit: VisitId
    counter: CounterId
    reason: ParkReason
    until: Micros | None
    """When the person means to be back; null where they did not say."""


class VisitResumed(Payload, frozen=True):
    """A parked visit waits again: ``due`` as before, ``place`` behind the next at its step."""

    type = "visit-resumed"
    v = 2
    visit: VisitId
    counter: CounterId | None
    due: Micros
    place: Micros


class VisitReinstated(Payload, frozen=True):
    """A missed or cancelled visit waits again: ``due`` as before, ``place`` behind the next at its step."""

    type = "visit-reinstated"
    v = 2
    visit: VisitId
    due: Micros
    place: Micros


class VisitSteppedBack(Payload, frozen=True):
    """Somebody asked for more time: as if their ticket had been taken ``minutes`` later.

    No counter calls the visit as its next before ``until``. ``counter`` is the one that had called it, which is free
    again.
    """

    type = "visit-stepped-back"
    visit: VisitId
    counter: CounterId | None
    minutes: int
    counts_from: Micros
    due: Micros
    place: Micros
    until: Micros
    """When they mean to be back: no counter calls the visit as its next before."""


class VisitOnTheWay(Payload, frozen=True):
    """Somebody said that they come; one who had stepped back may be called again."""

    type = "visit-on-the-way"
    visit: VisitId


class VisitReclassified(Payload, frozen=True):
    """``steps`` carry the promises of the new category."""

    type = "visit-reclassified"
    visit: VisitId
    category: Category
    steps: tuple[StepPlan, ...]
    counts_from: Micros
    promise: int
    due: Micros


class VisitChanged(Payload, frozen=True):
    """What a visit is for, how many people it is or its language changed: the plan and the place that follow."""

    type = "visit-changed"
    v = 2
    visit: VisitId
    services: tuple[ServiceId, ...]
    steps: tuple[StepPlan, ...]
    at_step: int
    party_size: int
    language: Language
    counts_from: Micros
    promise: int
    late: int
    due: Micros
    place: Micros
    people: tuple[Headcount, ...]
    items: tuple[FeeItem, ...]


class VisitMerged(Payload, frozen=True):
    """The visit ends as cancelled: its party goes on with the ticket of ``into``."""

    type = "visit-merged"
    visit: VisitId
    into: VisitId


class VisitNoted(Payload, frozen=True):
    """Staff wrote a note on the visit; its text lies in the vault."""

    type = "visit-noted"
    visit: VisitId
    note: NoteId


class TicketPrinted(Payload, frozen=True):
    """A paper of this ticket was printed, beyond the one that a kiosk printed as it issued it.

    Nothing of the visit changes by it, and nothing that was done to it is any less its newest act.
    """

    type = "ticket-printed"
    visit: VisitId


class VisitApplied(Payload, frozen=True):
    """The visit serves an application."""

    type = "visit-applied"
    visit: VisitId
    application: ApplicationId


class VisitPaid(Payload, frozen=True):
    """Something was paid for the visit, or waived: a stream of its own says how much.

    ``settles`` is what of the visit's fees is settled by it.
    """

    type = "visit-paid"
    v = 4
    visit: VisitId
    settlement: SettlementId
    settles: tuple[FeeItem, ...]


class StopsSkipped(Payload, frozen=True):
    """Fees are settled, and the visit need not go to the cash desk: ``steps`` and ``at_step`` are its new plan.

    ``left`` is the cash desk at which it waited, or would have waited when it came back, and from which it has gone on:
    its times are those of the stop where it goes on. None: the stop at hand and all its times stay.
    """

    type = "stops-skipped"
    visit: VisitId
    left: StepId | None
    steps: tuple[StepPlan, ...]
    at_step: int
    counts_from: Micros
    promise: int
    late: int
    due: Micros
    place: Micros


class VisitHandedBack(Payload, frozen=True):
    """A counter gave a called visit back to its place in the queue."""

    type = "visit-handed-back"
    visit: VisitId
    counter: CounterId


class VisitCarriedOver(Payload, frozen=True):
    """The day ended round the clock: the visit goes on in the stream of the next day."""

    type = "visit-carried-over"
    visit: VisitId
    counter: CounterId | None


class VisitTakenOver(Payload, frozen=True):
    """The other half of ``visit-carried-over``, in the new day: ``carried`` is the visit as the day before left it."""

    type = "visit-taken-over"
    v = 8
    visit: VisitId
    counter: CounterId | None
    carried: Visit


class Undone(Payload, frozen=True):
    """The event ``undoes`` of this visit is taken back by the counter that caused it."""

    type = "undone"
    visit: VisitId
    counter: CounterId
    undoes: int
