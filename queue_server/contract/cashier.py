"""Payments as staff see them, and what staff do about them. Amounts are whole minor units of a currency of ISO 4217."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from queue_server.contract.base import Message, Name
from queue_server.contract.payments import Currency, DifferenceView, StaffWord, TerminalTotal
from queue_server.domain.values import (
    ClosingId,
    CurrencyCode,
    DeviceId,
    JournalState,
    PaymentId,
    PaymentQuestion,
    ReceiptKind,
    RefundId,
    RefundReason,
    RefundState,
    ServiceId,
    StaffId,
    Standing,
    VisitId,
    WaiverReason,
)

#: The number of a slip as terminals and tills print it: one has a digit, and a name has none.
Slip = Annotated[str, Meta(pattern=r"^(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9./-]{0,23}$(?!\n)")]


class RefundView(Message, frozen=True):
    """``decided_by`` confirmed or rejected it, never ``asked_by``; ``reference`` names it where a terminal gave one."""

    id: RefundId
    amount: int
    reason: RefundReason
    state: RefundState
    asked_by: StaffId
    asked_at: datetime
    changed_at: datetime
    decided_by: StaffId | None = None
    settled_by: StaffId | None = None
    reference: str = ""


class AskingView(Message, frozen=True):
    """A kiosk waits until staff say what became of the whole amount; ``row`` is what they answer (``SayRequest``)."""

    row: int
    task: Literal["take", "give-back"]


class PaymentView(Message, frozen=True):
    """A payment at a device, or a fee that was waived (``waiver``; then there is no journal).

    ``state`` is the last row of the device's journal, ``standing`` what is certain of the money, ``left`` what may
    still be asked back. ``charged_at`` is the device's clock. ``receipts`` are the numbers of those that were kept.
    ``question`` says in what it differs from what was owed: it settles nothing until a manager accepts it
    (``accepted_by``). ``asks`` is there while a kiosk waits for staff, ``words`` is what they said to kiosks.
    """

    id: PaymentId
    visit: VisitId
    services: tuple[ServiceId, ...]
    amount: int
    currency: CurrencyCode
    standing: Standing
    left: int
    opened_at: datetime
    changed_at: datetime
    device: DeviceId | None = None
    driver: str = ""
    terminal: str = ""
    reference: str = ""
    state: JournalState | None = None
    contradicted: bool = False
    charged_at: datetime | None = None
    receipts: tuple[int, ...] = ()
    refunds: tuple[RefundView, ...] = ()
    waiver: WaiverReason | None = None
    asks: AskingView | None = None
    question: PaymentQuestion | None = None
    accepted_by: StaffId | None = None
    words: tuple[StaffWord, ...] = ()


class PaymentAnswer(Message, frozen=True):
    payment: PaymentView


class PaymentsAnswer(Message, frozen=True):
    payments: tuple[PaymentView, ...]


class ReceiptView(Message, frozen=True):
    """Lines of a receipt that was printed before: whoever prints it again marks it COPY."""

    number: int
    kind: ReceiptKind
    at: datetime
    lines: tuple[str, ...]


class ReceiptsAnswer(Message, frozen=True):
    """Those that the vault still holds. Reading them is recorded."""

    receipts: tuple[ReceiptView, ...]


class WaiveRequest(Message, frozen=True):
    """Let the fee of one service be; ``currency`` says in which one that is written down, else it is the first."""

    service: Name
    reason: WaiverReason
    currency: Currency | None = None


class TakeRequest(Message, frozen=True):
    """Say that staff took what services of a visit cost, at a terminal or a till that the server does not know.

    ``amount`` is what staff saw and took, in minor units; ``slip`` is the number on the slip that the payer has.
    """

    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=20)]
    amount: Annotated[int, Meta(ge=1, le=99_999_999_999)]
    currency: Currency
    slip: Slip


class SayRequest(Message, frozen=True):
    """Say to a kiosk that waits for it whether its amount was taken, or given back (``done``), or was not.

    ``row`` is that of ``AskingView``, ``amount`` what staff saw, in minor units; ``slip`` is the number on the slip
    where it was done, and is left out where it was not.
    """

    row: Annotated[int, Meta(ge=1, le=1_000)]
    amount: Annotated[int, Meta(ge=1, le=99_999_999_999)]
    done: bool
    slip: Slip | None = None


class ResolveRequest(Message, frozen=True):
    """What staff found out at the terminal, or from the bank, of a payment of which nothing was certain."""

    standing: Literal["charged", "not-charged", "returned"]


class RefundRequest(Message, frozen=True):
    """Ask that money goes back; ``amount`` is all that is left, where it is not said."""

    reason: RefundReason
    amount: Annotated[int, Meta(ge=1, le=99_999_999_999)] | None = None


class SettleRequest(Message, frozen=True):
    """Say that the money of a confirmed refund went back, or could not; ``reference`` is the slip's number, if any."""

    done: bool
    reference: Slip | Literal[""] = ""


class ClosingView(Message, frozen=True):
    """The end of a terminal's day; ``since`` is the one before, None where there is none.

    ``alarms``: it has differences, and no manager has said that they looked into them (``seen_by``).
    """

    id: ClosingId
    driver: str
    terminal: str
    device: DeviceId
    since: datetime | None
    closed_at: datetime
    totals: tuple[TerminalTotal, ...]
    differences: tuple[DifferenceView, ...]
    alarms: bool
    seen_by: StaffId | None = None


class ClosingsAnswer(Message, frozen=True):
    closings: tuple[ClosingView, ...]


class ClosingSeenAnswer(Message, frozen=True):
    closing: ClosingView
