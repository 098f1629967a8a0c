"""What can be asked of a centre's queue. Imperative, checked for shape before they come here, decided in ``decide``."""

import msgspec

from queue_server.queue.events import StreamEnd
from queue_server.queue.settings import Skills
from queue_server.queue.state import Counter, HelpCall, Visit
from queue_server.values import (
    Category,
    CounterId,
    Day,
    DeviceId,
    HelpId,
    HelpKind,
    Hex,
    KeyId,
    Language,
    Micros,
    PauseReason,
    ServiceId,
    StaffId,
    TicketCode,
    VisitId,
)


class Series(msgspec.Struct, frozen=True):
    """The numbers from which a device makes its codes: a letter and an inclusive range within 1..999."""

    letter: str
    first: int
    last: int


class Issue(msgspec.Struct, frozen=True, tag="issue"):
    """Issue a ticket.

    A kiosk brings ``visit`` and ``code``, which it made itself and may have printed already: they are not refused for
    anything but a code that is taken, malformed or not its own. Without ``code`` the server takes the next of
    ``series``. ``issued_at`` is what the device's clock said. ``last_contact`` is when the server last heard of that
    device *with nothing left to deliver*: the time counted from lies between it and now, so tickets sent one after
    another after hours without a line each keep their own time. ``day`` is the service day printed on the ticket; the
    writer fills it in where it is not today.
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
    day: Day | None = None


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


class ChangeConfiguration(msgspec.Struct, frozen=True, tag="change-configuration"):
    """Tell every screen that the set-up in use is now this version."""

    version: int


class OpenDay(msgspec.Struct, frozen=True, tag="open-day"):
    """First command of a service day.

    ``previous_*`` are the day before with its head, where there was one (else seq 0 and an empty hash). Round the
    clock, ``visits``, ``counters`` and ``helps`` are what the day before carried over.
    """

    day: Day
    starts_at: Micros
    previous_day: Day | None = None
    previous_seq: int = 0
    previous_hash: Hex = Hex("")
    visits: tuple[Visit, ...] = ()
    counters: tuple[Counter, ...] = ()
    helps: tuple[HelpCall, ...] = ()


class SettleDay(msgspec.Struct, frozen=True, tag="settle-day"):
    """End everything that still goes on: not served, or carried over where the centre works round the clock."""

    day: Day


class CloseDay(msgspec.Struct, frozen=True, tag="close-day"):
    """Close a settled day; ``heads`` name the ends of all streams touched, ``signature`` is over them."""

    day: Day
    heads: tuple[StreamEnd, ...]
    key_id: KeyId
    signature: Hex


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
    | ChangeConfiguration
    | OpenDay
    | SettleDay
    | CloseDay
)
