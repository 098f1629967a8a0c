"""What every pure module may import: ids, instants, and the root of the server's errors.

Instants are whole microseconds since 1970-01-01T00:00:00Z (``Micros``): exact to compare, exact to hash,
without a time zone to get wrong. The centre's zone appears only at the edge.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final, NewType

CentreId = NewType("CentreId", str)
GovernmentId = NewType("GovernmentId", str)
ServiceId = NewType("ServiceId", str)
BandId = NewType("BandId", str)
StepId = NewType("StepId", str)
CounterId = NewType("CounterId", str)
DeviceId = NewType("DeviceId", str)
StaffId = NewType("StaffId", str)
VisitId = NewType("VisitId", str)
HelpId = NewType("HelpId", str)
CommandId = NewType("CommandId", str)
NoticeId = NewType("NoticeId", str)
ApplicationId = NewType("ApplicationId", str)
#: The public name of an application (``UTO-7K3M-9QXD``): random, it says nothing of anybody.
Reference = NewType("Reference", str)
#: One attempt to pay, as the device that made it names it (a UUID), or one waiver of a fee.
PaymentId = NewType("PaymentId", str)
#: Something that was paid for a visit, or waived: as the queue speaks of it.
SettlementId = PaymentId
#: Money given back, or to be given back, of one payment.
RefundId = NewType("RefundId", str)
#: A terminal's end of day.
ReconciliationId = NewType("ReconciliationId", str)
#: A receipt in the vault, as events name it.
ReceiptId = NewType("ReceiptId", str)
#: A payment terminal, as it calls itself.
TerminalId = NewType("TerminalId", str)
#: The scheme of a driver's address (``zvt+tcp``).
DriverScheme = NewType("DriverScheme", str)
#: How a terminal names a transaction: its reference, its running number.
TerminalReference = NewType("TerminalReference", str)
TerminalTrace = NewType("TerminalTrace", str)
#: A stable code of a driver's table; "" where there is none.
ReasonCode = NewType("ReasonCode", str)
#: Alphabetic code of a currency (ISO 4217).
CurrencyCode = NewType("CurrencyCode", str)
#: A note in the vault, as events name it.
NoteId = NewType("NoteId", str)
#: Somebody of whom the vault holds something; random for each visit.
PersonId = NewType("PersonId", str)
#: The public name of a visit without its space: one letter, three or four digits (``B042``).
TicketCode = NewType("TicketCode", str)
#: Who acted: ``staff/<id>``, ``device/<id>`` or ``system``.
Actor = NewType("Actor", str)
#: A service day as ``YYYY-MM-DD``, in the centre's zone.
Day = NewType("Day", str)
Language = NewType("Language", str)
#: The name of a stream of the log (``queue/<centre>/<day>``).
StreamName = NewType("StreamName", str)
#: Bytes as lower-case hexadecimal: a SHA-256 digest, an Ed25519 signature.
Hex = NewType("Hex", str)
KeyId = NewType("KeyId", str)

Micros = NewType("Micros", int)
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: Letters of ticket codes: no look-alikes (I O Q S Z G), none too wide for a board (M W N H).
CODE_LETTERS = "ABCDEKLPRTX"


class Category(StrEnum):
    """Why a visit stands where it stands in the queue."""

    APPOINTMENT = "appointment"
    WALK_IN = "walk-in"
    PRIORITY = "priority"
    URGENT = "urgent"


class VisitState(StrEnum):
    """What is happening to a visit."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    DONE = "done"
    CANCELLED = "cancelled"
    NOT_SERVED = "not_served"


class CounterState(StrEnum):
    """Whether a counter takes people."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class PauseReason(StrEnum):
    """Why a counter pauses."""

    BREAK = "break"
    PAPERWORK = "paperwork"
    TRAINING = "training"
    FAULT = "fault"


class ParkReason(StrEnum):
    """Why a visit is put aside: what the person is away for."""

    DOCUMENT = "document"
    FORM = "form"
    PHOTO = "photo"
    PAYMENT = "payment"
    OTHER = "other"


class TransferReason(StrEnum):
    """Why a visit is handed on to another step or counter."""

    NEXT_STEP = "next-step"
    LANGUAGE = "language"
    WRONG_STEP = "wrong-step"
    SPECIALIST = "specialist"
    CONFLICT = "conflict"
    COMPLAINT = "complaint"
    OTHER = "other"


class CallReason(StrEnum):
    """Why a counter calls this visit and not the next."""

    RETURNING = "returning"
    LANGUAGE = "language"
    AGREED = "agreed"
    MISTAKE = "mistake"
    OTHER = "other"


class Where(StrEnum):
    """Where a transferred visit comes in: its own due time, counted from now, or due now at the latest."""

    ORDER = "order"
    END = "end"
    FRONT = "front"


class Intake(StrEnum):
    """Whether kiosks issue tickets for the rest of the day; managers say so."""

    OPEN = "open"
    FULL = "full"


class NoticeKind(StrEnum):
    """Whether a notice announces something, or is about an emergency."""

    ANNOUNCEMENT = "announcement"
    EMERGENCY = "emergency"


class NoticeText(StrEnum):
    """A prepared sentence, which every screen has in its languages; ``OWN`` is typed and lies in the vault."""

    DELAY = "delay"
    CLOSING_SOON = "closing-soon"
    SYSTEM_FAULT = "system-fault"
    DOCUMENTS_READY = "documents-ready"
    OWN = "own"
    LEAVE_BUILDING = "leave-building"
    STAY_INSIDE = "stay-inside"


class NoticePlace(StrEnum):
    """Which screens show a notice."""

    BOARDS = "boards"
    KIOSKS = "kiosks"
    EVERYWHERE = "everywhere"


class ApplicationState(StrEnum):
    """Where an application is, from intake to hand-over."""

    DRAFT = "draft"
    RECEIVED = "received"
    AT_AUTHORITY = "at-authority"
    RETURNED = "returned"
    READY = "ready"
    HANDED_OVER = "handed-over"
    WITHDRAWN = "withdrawn"


class CorrectionReason(StrEnum):
    """Why staff say where an application is, where nothing that happened to its items does."""

    #: Nothing was handed in for it: it goes by wire.
    WITHOUT_ITEMS = "without-items"
    AUTHORITY = "authority"
    APPLICANT = "applicant"
    #: Something was scanned, or said, by mistake, or not at all.
    MISTAKE = "mistake"


class JournalState(StrEnum):
    """What a row of a payment journal says has been reached, or is about to be tried (docs/payments.md)."""

    CREATED = "created"
    PREFLIGHT_OK = "preflight-ok"
    SENT = "sent"
    IN_DOUBT = "in-doubt"
    APPROVED = "approved"
    GOODS_ISSUED = "goods-issued"
    COMMITTED = "committed"
    RECEIPT_DONE = "receipt-done"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    #: The terminal could not even begin, or a part that is needed was not well: nothing was charged.
    FAILED = "failed"
    #: All of it is asked back, by an order of its own or by what the terminal does itself.
    REVERSAL_SENT = "reversal-sent"
    REVERSAL_IN_DOUBT = "reversal-in-doubt"
    REVERSED = "reversed"
    REFUND_REQUESTED = "refund-requested"
    REFUNDED = "refunded"
    NEEDS_STAFF = "needs-staff"


class PaymentStanding(StrEnum):
    """What is certain of the money of a payment."""

    #: Nothing has begun that could charge a card.
    OPEN = "open"
    UNDECIDED = "undecided"
    CHARGED = "charged"
    #: Charged, and whoever runs the terminal has taken the order to give all of it back.
    RETURNING = "returning"
    NOT_CHARGED = "not-charged"
    #: All of it went back.
    RETURNED = "returned"
    WAIVED = "waived"


class PaymentDiscrepancy(StrEnum):
    """In what a payment differs from what was owed: it settles nothing until staff have looked into it."""

    #: Another amount than that costs.
    AMOUNT = "amount"
    #: The visit is not for it, or it was settled before.
    NOT_OWED = "not-owed"
    #: The visit was cancelled before.
    CANCELLED = "cancelled"


class ReceiptKind(StrEnum):
    """For whom a receipt is printed: who paid, the centre, or staff."""

    CUSTOMER = "customer"
    MERCHANT = "merchant"
    ADMIN = "admin"


class RefundState(StrEnum):
    """A refund is asked for, confirmed by somebody else, then given back; or it ends before."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    DONE = "done"
    REJECTED = "rejected"
    FAILED = "failed"


class RefundReason(StrEnum):
    """Why money goes back."""

    NOT_SERVED = "not-served"
    WITHDRAWN = "withdrawn"
    WRONG_FEE = "wrong-fee"
    PAID_TWICE = "paid-twice"
    WAIVED_LATER = "waived-later"
    OTHER = "other"


class WaiverReason(StrEnum):
    """Why a fee is waived."""

    HARDSHIP = "hardship"
    EMERGENCY = "emergency"
    MINOR = "minor"
    OFFICIAL = "official"
    OUR_MISTAKE = "our-mistake"
    OTHER = "other"


class HelpKind(StrEnum):
    """What a person at a kiosk asks staff for."""

    HELP = "help"
    PRIVATE = "private"
    PAPER = "paper"
    FAULT = "fault"


class HelpSubject(StrEnum):
    """What a help call is about: at which page of a kiosk a person stands, or which part of the kiosk does not work."""

    START = "start"
    DOCUMENT = "document"
    CHOICE = "choice"
    CONFIRM = "confirm"
    PAYMENT = "payment"
    TICKET = "ticket"
    PLACE = "place"
    PRINTER = "printer"
    READER = "reader"
    TERMINAL = "terminal"


def to_micros(moment: datetime) -> Micros:
    """Turn an aware datetime into microseconds since the epoch.

    Raises:
        ValueError: ``moment`` carries no time zone.
    """
    if moment.tzinfo is None:
        msg = "a moment needs a time zone"
        raise ValueError(msg)
    return Micros((moment - _EPOCH) // timedelta(microseconds=1))


def to_datetime(instant: Micros) -> datetime:
    """Turn microseconds since the epoch into an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=instant)


def now_micros() -> Micros:
    """Read the clock of this machine."""
    return Micros(time.time_ns() // 1000)


#: Random bytes of an id: the nibble of its version is put before them, and one of theirs is left over.
_RANDOM_BYTES: Final = 10
#: Ids for which random bytes are drawn at once: asking the kernel for those of each took half of what an id costs.
_DRAWN: Final = 256
_MILLIS: Final = (1 << 48) - 1
#: The nibble that begins with the variant, by the random one in whose place it stands.
_VARIANT: Final = {f"{value:x}": f"{value & 0x3 | 0x8:x}" for value in range(16)}
_RANDOM: Final[list[bytes]] = []
# Another process must not make the same ids.
os.register_at_fork(after_in_child=_RANDOM.clear)


def new_id() -> str:
    """Make a UUID version 7 (RFC 9562, section 5.7): ordered by time, random in the rest."""
    try:
        drawn = _RANDOM.pop()
    except IndexError:
        block = os.urandom(_DRAWN * _RANDOM_BYTES)
        _RANDOM.extend(block[at : at + _RANDOM_BYTES] for at in range(_RANDOM_BYTES, len(block), _RANDOM_BYTES))
        drawn = block[:_RANDOM_BYTES]
    text = f"{time.time_ns() // 1_000_000 & _MILLIS:012x}7{drawn.hex()}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{_VARIANT[text[16]]}{text[17:20]}-{text[20:32]}"


class ConsularError(Exception):
    """Root of the errors of the server.

    ``code`` is stable: the API answers it, ``docs/failure-codes.md`` explains it, and translations are keyed
    by it. ``placeholders`` hold ids, numbers and enumerations, never anything typed by a person.
    """

    code: ClassVar[str] = "internal"

    def __init__(self, **placeholders: str | int) -> None:
        super().__init__(self.code, placeholders)
        self.placeholders = placeholders
