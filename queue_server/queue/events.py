"""Every event of a day's stream: ids, enumerations, numbers and times, and nothing else.

An event that touches a visit has a field ``visit``, one that touches a counter ``counter``, a help call ``help``.
Whatever decides a place (steps, promises,
due times) is copied in, so that a changed setting never changes the past. A changed payload gets a new ``v`` and a
step in ``upcast``.
"""

from enum import StrEnum
from typing import Final

import msgspec

from queue_server.domain.tariff import FeeItem, Headcount
from queue_server.domain.values import (
    Actor,
    ApplicationId,
    CallReason,
    Category,
    CounterId,
    Day,
    DeviceId,
    HelpId,
    HelpKind,
    HelpSubject,
    Hex,
    Intake,
    KeyId,
    Language,
    Micros,
    NoteId,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ParkReason,
    PauseReason,
    PaymentId,
    ServiceId,
    StaffId,
    StepId,
    StreamName,
    TicketCode,
    TransferReason,
    VisitId,
    Where,
)
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload
from queue_server.queue.settings import Skills
from queue_server.queue.state import StepPlan, Visit
from queue_server.queue.upcast import STEPS


class CallRule(StrEnum):
    """Why a visit was the next of its counter."""

    URGENT = "urgent"
    DUE_EARLIEST = "due-earliest"
    #: Its language is spoken at the counter, and everybody due before it has time.
    LANGUAGE = "language"
    #: Staff chose this one; the event says why.
    PARTICULAR = "particular"


class StreamEnd(msgspec.Struct, frozen=True):
    """The last event of a stream, as the closing event of a day names it."""

    stream: StreamName
    seq: int
    hash: Hex


class DayOpened(Payload, frozen=True):
    """First event of a day; it chains to the head of the day before, where there was one (else seq 0)."""

    type = "day-opened"
    day: Day
    starts_at: Micros
    configuration: int
    previous_day: Day | None
    previous_seq: int
    previous_hash: Hex


class DayClosed(Payload, frozen=True):
    """Last event that anybody waits for; ``signature`` is over ``heads`` with the key ``key_id``."""

    type = "day-closed"
    day: Day
    heads: tuple[StreamEnd, ...]
    key_id: KeyId
    signature: Hex


class DayReopened(Payload, frozen=True):
    """The day had been ended by mistake and goes on; two people have said so. Its time may lie before the event before.

    The visits and counters that it takes back follow it.
    """

    type = "day-reopened"
    day: Day
    asked_by: StaffId
    confirmed_by: StaffId


class DayAbandoned(Payload, frozen=True):
    """The day had been opened by mistake, before it came: what was in it goes on in the day before."""

    type = "day-abandoned"
    day: Day
    asked_by: StaffId
    confirmed_by: StaffId


class VisitIssued(Payload, frozen=True):
    """A ticket was issued. ``day`` is the service day printed on it; ``promise`` minutes of its first step.

    ``items`` are what it is for: its people by age band, times its services.
    """

    type = "visit-issued"
    v = 3
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


class VisitApplied(Payload, frozen=True):
    """The visit serves an application."""

    type = "visit-applied"
    visit: VisitId
    application: ApplicationId


class VisitPaid(Payload, frozen=True):
    """Something was paid for the visit, or waived: the stream of the payment says how much.

    ``settles`` is what of the visit's fees is settled by it.
    """

    type = "visit-paid"
    v = 3
    visit: VisitId
    payment: PaymentId
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
    v = 5
    visit: VisitId
    counter: CounterId | None
    carried: Visit


class Undone(Payload, frozen=True):
    """The event ``undoes`` of this visit is taken back by the counter that caused it."""

    type = "undone"
    visit: VisitId
    counter: CounterId
    undoes: int


class CounterOpened(Payload, frozen=True):
    """A counter opened, or ended its pause."""

    type = "counter-opened"
    counter: CounterId
    staff: StaffId | None
    skills: Skills


class CounterClosed(Payload, frozen=True):
    """A counter closed."""

    type = "counter-closed"
    counter: CounterId


class CounterPaused(Payload, frozen=True):
    """A counter pauses."""

    type = "counter-paused"
    counter: CounterId
    reason: PauseReason


class HelpCalled(Payload, frozen=True):
    """``called_at`` is earlier than the event's time only where a call is carried over to a new day.

    ``counter`` is where staff called for assistance, ``device`` where a person did, or needs somebody itself.
    ``language`` is the person's, as far as it is known.
    """

    type = "help-called"
    v = 3
    help: HelpId
    kind: HelpKind
    device: DeviceId | None
    called_at: Micros
    counter: CounterId | None
    language: Language | None
    about: HelpSubject | None


class HelpWithdrawn(Payload, frozen=True):
    """Nobody needs to come any more: the person left, or the device is well again."""

    type = "help-withdrawn"
    help: HelpId


class HelpTaken(Payload, frozen=True):
    """Somebody of staff goes to help."""

    type = "help-taken"
    help: HelpId
    counter: CounterId | None
    staff: StaffId | None


class NoticeShown(Payload, frozen=True):
    """Staff showed a notice."""

    type = "notice-shown"
    v = 2
    notice: NoticeId
    kind: NoticeKind
    text: NoticeText
    where: NoticePlace
    """Which screens show it."""
    until: Micros | None
    """When screens stop showing it by themselves; null: when it is ended."""


class NoticeEnded(Payload, frozen=True):
    """A notice was taken down."""

    type = "notice-ended"
    notice: NoticeId


class IntakeChanged(Payload, frozen=True):
    """Kiosks issue tickets for the rest of this day, or do not any more."""

    type = "intake-changed"
    intake: Intake


class ConfigurationChanged(Payload, frozen=True):
    """The centre's set-up has another version from now on."""

    type = "configuration-changed"
    version: int


class DayEvent(msgspec.Struct, frozen=True):
    """An event of a day's stream with its payload decoded: what ``evolve``, answers and feeds work on."""

    seq: int
    at: Micros
    type: str
    v: int
    command: str
    actor: Actor
    body: Payload


CODEC: Final = Codec(
    (
        DayOpened,
        DayClosed,
        DayReopened,
        DayAbandoned,
        VisitIssued,
        VisitCalled,
        VisitRecalled,
        VisitStarted,
        StepFinished,
        VisitDone,
        VisitMissed,
        VisitCancelled,
        VisitNotServed,
        VisitTransferred,
        VisitParked,
        VisitResumed,
        VisitReinstated,
        VisitReclassified,
        VisitChanged,
        VisitMerged,
        VisitNoted,
        VisitApplied,
        VisitPaid,
        StopsSkipped,
        VisitHandedBack,
        VisitCarriedOver,
        VisitTakenOver,
        Undone,
        CounterOpened,
        CounterClosed,
        CounterPaused,
        HelpCalled,
        HelpTaken,
        HelpWithdrawn,
        NoticeShown,
        NoticeEnded,
        IntakeChanged,
        ConfigurationChanged,
    ),
    STEPS,
)
EVENTS: Final = CODEC.kinds
decode: Final = CODEC.decode
