"""Every event of a day's stream: ids, enumerations, numbers and times, and nothing else.

An event that touches a visit has a field ``visit``, one that touches a counter ``counter``, a help call ``help``.
``encode`` makes the exact bytes that the log hashes: JSON with sorted keys. Whatever decides a place (steps, promises,
due times) is copied in, so that a changed setting never changes the past. A changed payload gets a new ``v`` and an
entry in ``upcast``.
"""

from enum import StrEnum
from typing import ClassVar

import msgspec

from queue_server.queue.settings import Skills
from queue_server.queue.state import StepPlan, Visit
from queue_server.queue.upcast import upcast
from queue_server.values import (
    Actor,
    Category,
    ConsularError,
    CounterId,
    Day,
    DeviceId,
    HelpId,
    HelpKind,
    Hex,
    KeyId,
    Language,
    Micros,
    NoticeId,
    PauseReason,
    ServiceId,
    StaffId,
    StepId,
    StreamName,
    TicketCode,
    VisitId,
)


class UnknownEventError(ConsularError):
    """The log holds an event, or a version of one, that this release does not know: a newer one wrote it."""

    code = "event-unknown"


class CallRule(StrEnum):
    """Why a visit was the next of its counter."""

    URGENT = "urgent"
    DUE_EARLIEST = "due-earliest"


class Payload(msgspec.Struct, frozen=True):
    """Base of all payloads; ``type`` and ``v`` are columns of the log, not part of the bytes."""

    type: ClassVar[str]
    v: ClassVar[int] = 1


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


class VisitIssued(Payload, frozen=True):
    """A ticket was issued. ``day`` is the service day printed on it; ``promise`` minutes of its first step."""

    type = "visit-issued"
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


class VisitCalled(Payload, frozen=True):
    """A counter called its next; ``considered`` is how many waiting visits it could have served."""

    type = "visit-called"
    visit: VisitId
    counter: CounterId
    step: StepId
    rule: CallRule
    category: Category
    counts_from: Micros
    promise: int
    due: Micros
    considered: int


class VisitRecalled(Payload, frozen=True):
    type = "visit-recalled"
    visit: VisitId
    counter: CounterId


class VisitStarted(Payload, frozen=True):
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
    type = "visit-done"
    visit: VisitId
    counter: CounterId | None
    step: StepId


class VisitMissed(Payload, frozen=True):
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
    """The visit waits for another stop: ``steps`` and ``at_step`` are its new plan."""

    type = "visit-transferred"
    visit: VisitId
    counter: CounterId | None
    steps: tuple[StepPlan, ...]
    at_step: int
    counts_from: Micros
    promise: int
    late: int
    due: Micros


class VisitParked(Payload, frozen=True):
    type = "visit-parked"
    visit: VisitId
    counter: CounterId


class VisitResumed(Payload, frozen=True):
    """A parked visit waits again."""

    type = "visit-resumed"
    visit: VisitId
    counter: CounterId | None
    due: Micros


class VisitReinstated(Payload, frozen=True):
    """A missed or cancelled visit waits again."""

    type = "visit-reinstated"
    visit: VisitId
    due: Micros


class VisitReclassified(Payload, frozen=True):
    """``steps`` carry the promises of the new category."""

    type = "visit-reclassified"
    visit: VisitId
    category: Category
    steps: tuple[StepPlan, ...]
    counts_from: Micros
    promise: int
    due: Micros


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
    type = "counter-opened"
    counter: CounterId
    staff: StaffId | None
    skills: Skills


class CounterClosed(Payload, frozen=True):
    type = "counter-closed"
    counter: CounterId


class CounterPaused(Payload, frozen=True):
    type = "counter-paused"
    counter: CounterId
    reason: PauseReason


class HelpCalled(Payload, frozen=True):
    """``called_at`` is earlier than the event's time only where a call is carried over to a new day."""

    type = "help-called"
    help: HelpId
    kind: HelpKind
    device: DeviceId | None
    called_at: Micros


class HelpTaken(Payload, frozen=True):
    type = "help-taken"
    help: HelpId
    counter: CounterId | None
    staff: StaffId | None


class NoticeShown(Payload, frozen=True):
    type = "notice-shown"
    notice: NoticeId


class NoticeEnded(Payload, frozen=True):
    type = "notice-ended"
    notice: NoticeId


class ConfigurationChanged(Payload, frozen=True):
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


EVENTS: dict[str, type[Payload]] = {
    kind.type: kind
    for kind in (
        DayOpened,
        DayClosed,
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
        VisitHandedBack,
        VisitCarriedOver,
        VisitTakenOver,
        Undone,
        CounterOpened,
        CounterClosed,
        CounterPaused,
        HelpCalled,
        HelpTaken,
        NoticeShown,
        NoticeEnded,
        ConfigurationChanged,
    )
}

_encoder = msgspec.json.Encoder(order="sorted")
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in EVENTS.items()}


def encode(body: Payload) -> bytes:
    """Make the bytes that are stored and hashed."""
    return _encoder.encode(body)


def decode(name: str, v: int, payload: bytes) -> Payload:
    """Read stored bytes of any version ever released.

    Raises:
        UnknownEventError: the type or its version is not known to this release, or the bytes do not fit it.
    """
    kind = EVENTS.get(name)
    if kind is None or v > kind.v:
        raise UnknownEventError(type=name, v=v)
    try:
        if v == kind.v:
            return _decoders[name].decode(payload)
        return msgspec.convert(upcast(name, v, kind.v, msgspec.json.decode(payload)), kind)
    except (msgspec.DecodeError, KeyError) as error:
        raise UnknownEventError(type=name, v=v) from error
