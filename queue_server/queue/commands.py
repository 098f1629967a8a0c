"""What can be asked of a centre's queue. Imperative, checked for shape before they come here, decided in ``decide``."""

import msgspec

from queue_server.domain.tariff import FeeItem, Headcount
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import (
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
    ServiceId,
    SettlementId,
    StaffId,
    StepId,
    TicketCode,
    TransferReason,
    VisitId,
    Where,
)
from queue_server.queue.events import StreamEnd
from queue_server.queue.proved_booking import ProvedBooking
from queue_server.queue.settings import Skills
from queue_server.queue.state import Counter, HelpCall, NoticeState, Visit


class IssueTicket(msgspec.Struct, frozen=True, tag="issue"):
    """Issue a ticket.

    A kiosk brings ``visit`` and ``code``, which it made itself and may have printed already: they are not refused for
    anything but a code that is taken, malformed or not its own. Without ``code`` the server takes the next of
    ``series``. ``issued_at`` is what the device's clock said. ``last_contact`` is when the server last heard of that
    device *with nothing left to deliver*: the time counted from lies between it and now, so tickets sent one after
    another after hours without a line each keep their own time. ``day`` is the service day printed on the ticket; the
    writer fills it in where it is not today. ``people`` are the party by age band, where that was asked; their sum
    stands for ``party_size`` then. ``booking`` alone makes an appointment of it: without one that category is refused,
    and a ticket on paper is a walk-in.
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
    asks_priority: bool = False
    people: tuple[Headcount, ...] = ()
    booking: ProvedBooking | None = None


class CallNext(msgspec.Struct, frozen=True, tag="call-next"):
    counter: CounterId


class CallVisit(msgspec.Struct, frozen=True, tag="call"):
    """Call this visit and not the next: one that waits, is parked or was missed."""

    counter: CounterId
    visit: VisitId
    reason: CallReason


class Recall(msgspec.Struct, frozen=True, tag="recall"):
    counter: CounterId
    visit: VisitId | None = None


class StartServing(msgspec.Struct, frozen=True, tag="start"):
    counter: CounterId
    visit: VisitId | None = None


class Finish(msgspec.Struct, frozen=True, tag="finish"):
    """Finish the step: the visit goes on waiting for its next step, or is done."""

    counter: CounterId
    visit: VisitId | None = None


class Missed(msgspec.Struct, frozen=True, tag="missed"):
    counter: CounterId
    visit: VisitId | None = None


class Transfer(msgspec.Struct, frozen=True, tag="transfer"):
    """Hand on a visit that is called or served, to a step or to a counter: exactly one of the two."""

    counter: CounterId
    reason: TransferReason
    visit: VisitId | None = None
    to_step: StepId | None = None
    to_counter: CounterId | None = None
    where: Where = Where.ORDER


class Park(msgspec.Struct, frozen=True, tag="park"):
    """Put a visit aside that is called or served; ``until`` is when the person means to be back."""

    counter: CounterId
    reason: ParkReason
    visit: VisitId | None = None
    until: Micros | None = None


class StepBack(msgspec.Struct, frozen=True, tag="step-back"):
    """Let somebody who waits or is called have more time: as if their ticket had been taken ``minutes`` later."""

    visit: VisitId
    minutes: int


class SayOnTheWay(msgspec.Struct, frozen=True, tag="on-the-way"):
    """Say that somebody comes who was called, missed or put aside, or who is back sooner than they said."""

    visit: VisitId


class HandBack(msgspec.Struct, frozen=True, tag="hand-back"):
    """Give the visit that a silent counter holds back to its place in the queue."""

    counter: CounterId
    visit: VisitId | None = None


class Resume(msgspec.Struct, frozen=True, tag="resume"):
    """Let a parked visit wait again. ``counter`` is where somebody said so, if at one."""

    visit: VisitId
    counter: CounterId | None = None


class Reinstate(msgspec.Struct, frozen=True, tag="reinstate"):
    """Let a missed or cancelled visit wait again."""

    visit: VisitId


class Reclassify(msgspec.Struct, frozen=True, tag="reclassify"):
    """Set the category. The present one again answers a wish for priority with no."""

    visit: VisitId
    category: Category


class ChangeVisit(msgspec.Struct, frozen=True, tag="change-visit"):
    """Change what a visit is for, how many people it is, or its language; what is None stays.

    ``people`` are the party by age band; ``party_size`` alone says nothing of ages. Either is for every service of the
    visit, or for ``only`` one of them: then the party is as large as it was.
    """

    visit: VisitId
    services: tuple[ServiceId, ...] | None = None
    party_size: int | None = None
    people: tuple[Headcount, ...] | None = None
    only: ServiceId | None = None
    language: Language | None = None


class Merge(msgspec.Struct, frozen=True, tag="merge"):
    """Let the party of ``visit`` go on with the ticket of ``into``: its services and people are added there."""

    visit: VisitId
    into: VisitId


class AddNote(msgspec.Struct, frozen=True, tag="add-note"):
    visit: VisitId
    note: NoteId


class CountPaper(msgspec.Struct, frozen=True, tag="count-paper"):
    """Say that a paper of this ticket was printed, beyond the one that a kiosk printed as it issued it."""

    visit: VisitId


class NameApplication(msgspec.Struct, frozen=True, tag="name-application"):
    """Say that a visit serves an application."""

    visit: VisitId
    application: ApplicationId


class NameSettlement(msgspec.Struct, frozen=True, tag="name-settlement"):
    """Say that something was paid for a visit, or waived; ``settles`` is what of its fees is settled by it.

    ``asked``: money is taken for it here and now, which is refused where the visit has no such service, or is over
    because it was cancelled. Of what a device took that is no question any more.
    """

    visit: VisitId
    settlement: SettlementId
    settles: tuple[FeeItem, ...] = ()
    asked: bool = False


class Cancel(msgspec.Struct, frozen=True, tag="cancel"):
    visit: VisitId


class UndoCommand(msgspec.Struct, frozen=True, tag="undo"):
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
    """``once``: one person stands at the device, so a new call takes the place of what was called there before."""

    help: HelpId
    kind: HelpKind
    device: DeviceId | None
    counter: CounterId | None = None
    once: bool = False
    language: Language | None = None
    about: HelpSubject | None = None


class WithdrawHelp(msgspec.Struct, frozen=True, tag="withdraw-help"):
    """Nobody needs to come any more: said by the device that called."""

    help: HelpId
    device: DeviceId


class TakeHelp(msgspec.Struct, frozen=True, tag="take-help"):
    help: HelpId
    counter: CounterId | None
    staff: StaffId | None


class ShowNotice(msgspec.Struct, frozen=True, tag="show-notice"):
    notice: NoticeId
    kind: NoticeKind
    text: NoticeText
    where: NoticePlace
    until: Micros | None = None


class EndNotice(msgspec.Struct, frozen=True, tag="end-notice"):
    notice: NoticeId


class ChangeIntake(msgspec.Struct, frozen=True, tag="change-intake"):
    """Say whether kiosks issue tickets for the rest of the day."""

    intake: Intake


class CloseService(msgspec.Struct, frozen=True, tag="close-service"):
    """Close a service for the rest of the day: who has a ticket for it, or an appointment, is served all the same."""

    service: ServiceId


class ReopenService(msgspec.Struct, frozen=True, tag="reopen-service"):
    service: ServiceId


class ChangeConfiguration(msgspec.Struct, frozen=True, tag="change-configuration"):
    """Tell every screen that the set-up in use is now this version."""

    version: int


class OpenDay(msgspec.Struct, frozen=True, tag="open-day"):
    """First command of a service day.

    ``previous_*`` are the day before with its head, where there was one (else seq 0 and an empty hash). Round the
    clock, ``visits``, ``counters``, ``helps`` and ``notices`` are what the day before carried over.
    """

    day: Day
    starts_at: Micros
    previous_day: Day | None = None
    previous_seq: int = 0
    previous_hash: Hex = Hex("")
    visits: tuple[Visit, ...] = ()
    counters: tuple[Counter, ...] = ()
    helps: tuple[HelpCall, ...] = ()
    notices: tuple[NoticeState, ...] = ()


class SettleDay(msgspec.Struct, frozen=True, tag="settle-day"):
    """End everything that still goes on: not served, or carried over where the centre works round the clock."""

    day: Day


class CloseDay(msgspec.Struct, frozen=True, tag="close-day"):
    """Close a settled day; ``heads`` name the ends of all streams touched, ``signature`` is over them."""

    day: Day
    heads: tuple[StreamEnd, ...]
    key_id: KeyId
    signature: Hex


class ReopenDay(msgspec.Struct, frozen=True, tag="reopen-day"):
    """Go on with a day that was ended by mistake; ``visits`` and ``counters`` are taken back into it."""

    day: Day
    asked_by: StaffId
    confirmed_by: StaffId
    visits: tuple[Visit, ...]
    counters: tuple[Counter, ...]


class AbandonDay(msgspec.Struct, frozen=True, tag="abandon-day"):
    """Leave a day that was opened by mistake, before it has come."""

    day: Day
    asked_by: StaffId
    confirmed_by: StaffId


Command = (
    IssueTicket
    | CallNext
    | CallVisit
    | Recall
    | StartServing
    | Finish
    | Missed
    | Transfer
    | Park
    | StepBack
    | SayOnTheWay
    | HandBack
    | Resume
    | Reinstate
    | Reclassify
    | ChangeVisit
    | Merge
    | AddNote
    | CountPaper
    | NameApplication
    | NameSettlement
    | Cancel
    | UndoCommand
    | OpenCounter
    | CloseCounter
    | PauseCounter
    | CallHelp
    | TakeHelp
    | WithdrawHelp
    | ShowNotice
    | EndNotice
    | ChangeIntake
    | CloseService
    | ReopenService
    | ChangeConfiguration
    | OpenDay
    | SettleDay
    | CloseDay
    | ReopenDay
    | AbandonDay
)
