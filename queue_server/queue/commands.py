"""What can be asked of a centre's queue. Imperative, checked for shape before they come here, decided in ``decide``."""

import msgspec

from queue_server.queue.settings import Skills
from queue_server.values import (
    Category,
    CounterId,
    Day,
    DeviceId,
    HelpId,
    HelpKind,
    Language,
    Micros,
    PauseReason,
    ServiceId,
    StaffId,
    TicketCode,
    VisitId,
)


class Series(msgspec.Struct, frozen=True):
    """The numbers from which a device makes its codes: a letter and an inclusive range, 1..999 or a range of hundreds."""

    letter: str
    first: int
    last: int


class Issue(msgspec.Struct, frozen=True, tag="issue"):
    """Issue a ticket.

    A kiosk brings ``visit`` and ``code``, which it made itself and may have printed already: they are never refused or
    renamed. Without ``code`` the server takes the next of ``series``. ``issued_at`` is what the device's clock said,
    ``last_contact`` when the server last heard of that device: the time counted from lies between it and now.
    """

    visit: VisitId
    services: tuple[ServiceId, ...]
    category: Category
    party_size: int
    language: Language
    device: DeviceId | None
    series: Series | None
    code: TicketCode | None = None
    issued_at: Micros | None = None
    last_contact: Micros | None = None


class CallNext(msgspec.Struct, frozen=True, tag="call-next"):
    counter: CounterId


class Recall(msgspec.Struct, frozen=True, tag="recall"):
    counter: CounterId
    visit: VisitId | None = None


class Start(msgspec.Struct, frozen=True, tag="start"):
    counter: CounterId
    visit: VisitId | None = None


class Finish(msgspec.Struct, frozen=True, tag="finish"):
    """Finish the step: the visit goes on waiting for its next step, or is done."""

    counter: CounterId
    visit: VisitId | None = None


class Missed(msgspec.Struct, frozen=True, tag="missed"):
    counter: CounterId
    visit: VisitId | None = None


class Cancel(msgspec.Struct, frozen=True, tag="cancel"):
    visit: VisitId


class Undo(msgspec.Struct, frozen=True, tag="undo"):
    """Take back what the counter did with event ``seq`` (the last it did, where none is named)."""

    counter: CounterId
    seq: int | None = None


class OpenCounter(msgspec.Struct, frozen=True, tag="open"):
    counter: CounterId
    staff: StaffId | None
    skills: Skills


class CloseCounter(msgspec.Struct, frozen=True, tag="close"):
    counter: CounterId


class PauseCounter(msgspec.Struct, frozen=True, tag="pause"):
    counter: CounterId
    reason: PauseReason


class CallHelp(msgspec.Struct, frozen=True, tag="help"):
    help: HelpId
    kind: HelpKind
    device: DeviceId | None


class TakeHelp(msgspec.Struct, frozen=True, tag="take-help"):
    help: HelpId
    counter: CounterId | None
    staff: StaffId | None


class OpenDay(msgspec.Struct, frozen=True, tag="open-day"):
    """First command of a service day; ``previous`` is the day before with its head, where there was one."""

    day: Day
    previous_day: Day | None
    previous_seq: int
    previous_hash: str


class CloseDay(msgspec.Struct, frozen=True, tag="close-day"):
    day: Day


Command = (
    Issue
    | CallNext
    | Recall
    | Start
    | Finish
    | Missed
    | Cancel
    | Undo
    | OpenCounter
    | CloseCounter
    | PauseCounter
    | CallHelp
    | TakeHelp
    | OpenDay
    | CloseDay
)
