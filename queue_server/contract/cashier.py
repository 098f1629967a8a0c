"""Payments as staff see them, and what staff do about them. Amounts are whole minor units of a currency of ISO 4217."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from queue_server.contract.base import Message, Name
from queue_server.contract.feeds import EntityFrame
from queue_server.contract.payments import Currency, DifferenceView, ManualConfirmation, TerminalTotal
from queue_server.domain.values import (
    CurrencyCode,
    DeviceId,
    JournalState,
    PaymentDiscrepancy,
    PaymentId,
    PaymentStanding,
    ReceiptKind,
    ReconciliationId,
    RefundId,
    RefundReason,
    RefundState,
    ServiceId,
    StaffId,
    VisitId,
    WaiverReason,
)

#: The number of a slip as terminals and tills print it: one has a digit, and a name has none.
Slip = Annotated[str, Meta(pattern=r"^(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9./-]{0,23}$(?!\n)")]
#: The same, or nothing. One pattern: msgspec checks a union of ``Slip`` and "" against the pattern of ``Slip`` alone.
OptionalSlip = Annotated[str, Meta(pattern=r"^((?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9./-]{0,23})?$(?!\n)")]


class RefundView(Message, frozen=True):
    """Money that goes back, or is asked to: by one member of staff asked for, by another decided."""

    id: RefundId
    """The id of the refund (a UUID), made by the server."""
    amount: int
    """What goes back, in whole minor units of the payment's currency."""
    reason: RefundReason
    """Why money goes back."""
    state: RefundState
    """How far the refund is."""
    requested_by: StaffId
    """Id of the member of staff who asked for it."""
    requested_at: datetime
    """When it was asked for (UTC)."""
    changed_at: datetime
    """When its state last changed (UTC)."""
    decided_by: StaffId | None = None
    """Id of the member of staff who confirmed or rejected it, never the one who asked; null before."""
    settled_by: StaffId | None = None
    """Id of the member of staff who said that the money went back, or could not; null before."""
    reference: str = ""
    """The number on the slip of the money given back; empty where there is none."""


class PendingConfirmationView(Message, frozen=True):
    """A kiosk waits until staff say what became of the whole amount."""

    row: int
    """The row of the kiosk's journal that asks; staff repeat it in their answer."""
    task: Literal["take", "give-back"]
    """Whether staff are to take the money or to give it back."""


class PaymentView(Message, frozen=True):
    """A payment at a device, money that staff took by hand, or a fee that was waived (then there is no journal)."""

    id: PaymentId
    """The id of the payment (a UUID), made by the device that took it, or by the server."""
    visit: VisitId
    """Id of the visit that it was for."""
    services: tuple[ServiceId, ...]
    """Ids of the services that it pays, all of them by one amount."""
    amount: int
    """The amount, in whole minor units of ``currency``."""
    currency: CurrencyCode
    """The currency of all amounts here (ISO 4217, three letters)."""
    standing: PaymentStanding
    """What is certain of the money."""
    remaining: int
    """How much of it may still be asked back, in whole minor units."""
    opened_at: datetime
    """When the server first heard of it (UTC)."""
    changed_at: datetime
    """When something last happened to it (UTC)."""
    device: DeviceId | None = None
    """Id of the device that took it; null where staff did, or waived it."""
    driver: str = ""
    """Scheme of the terminal's driver, such as ``zvt+tcp``; empty without a terminal."""
    terminal: str = ""
    """What the terminal calls itself; empty without one."""
    reference: str = ""
    """How the terminal names the transaction, or the number on the slip; empty where neither was told."""
    state: JournalState | None = None
    """The last row of the device's journal; null where there is no journal."""
    contradicted: bool = False
    """What staff said and what the device told disagree; somebody has to look into it."""
    charged_at: datetime | None = None
    """When the card was charged, by the clock of the device; null where it was not."""
    receipts: tuple[int, ...] = ()
    """Numbers of the receipts that were kept, from 1."""
    refunds: tuple[RefundView, ...] = ()
    """All refunds of this payment, in the order in which they were asked for."""
    waiver: WaiverReason | None = None
    """Why the fee was waived; null where it was paid."""
    pending_confirmation: PendingConfirmationView | None = None
    """What a kiosk asks of staff now; null while none does."""
    discrepancy: PaymentDiscrepancy | None = None
    """In what it differs from what was owed; it settles nothing until a manager accepts it. Null where it agrees."""
    accepted_by: StaffId | None = None
    """Id of the manager who accepted the difference; null before."""
    confirmations: tuple[ManualConfirmation, ...] = ()
    """What staff said to kiosks about this payment, in their order."""


class PaymentFrame(EntityFrame, frozen=True):
    """A frame of the feed of payments that need somebody of staff: something is asked, uncertain, or waits for them."""

    entities: dict[PaymentId, PaymentView | None]
    """Payments by id, as they are now; null for one that needs nobody any more."""


class PaymentAnswer(Message, frozen=True):
    """One payment as it is now."""

    payment: PaymentView
    """The payment."""


class PaymentsAnswer(Message, frozen=True):
    """Payments, each as it is now."""

    payments: tuple[PaymentView, ...]
    """The payments."""


class PaymentListAnswer(Message, frozen=True):
    """A piece of the payments of a centre."""

    payments: tuple[PaymentView, ...]
    """The payments, those of which the server heard first at the beginning."""
    next: str | None = None
    """Where to go on (``after``), opaque; null where the list ends here."""


class ReceiptView(Message, frozen=True):
    """A receipt that was printed before: whoever prints it again marks it COPY."""

    number: int
    """Its number in the payment, from 1."""
    kind: ReceiptKind
    """For whom it was printed."""
    at: datetime
    """When the server received it (UTC)."""
    lines: tuple[str, ...]
    """Its lines as the terminal composed them, with the card number masked."""


class ReceiptsAnswer(Message, frozen=True):
    """Those that the vault still holds. Reading them is recorded."""

    receipts: tuple[ReceiptView, ...]
    """The receipts, by number; empty where the vault holds none any more."""


class WaiveRequest(Message, frozen=True):
    """Let the fee of one service be."""

    service: Name
    """Id of the service of the visit whose fee is waived."""
    reason: WaiverReason
    """Why the fee is waived."""
    currency: Currency | None = None
    """The currency in which that is written down (ISO 4217); the first of the service's fees where it is null."""


class ManualPaymentRequest(Message, frozen=True):
    """Say that staff took what services of a visit cost, at a terminal or a till that the server does not know."""

    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=20)]
    """Ids of the services of the visit that were paid."""
    amount: Annotated[int, Meta(ge=1, le=99_999_999_999)]
    """What staff saw and took, in whole minor units; it must be what the services cost."""
    currency: Currency
    """The currency that was taken (ISO 4217)."""
    slip: Slip
    """The number on the slip that the payer has."""


class ManualConfirmationRequest(Message, frozen=True):
    """Say to a kiosk that waits for it whether its amount was taken, or given back, or was not."""

    row: Annotated[int, Meta(ge=1, le=1_000)]
    """The row of the journal that asked, as ``asks`` of the payment says it."""
    amount: Annotated[int, Meta(ge=1, le=99_999_999_999)]
    """The amount that staff saw, in whole minor units."""
    done: bool
    """Whether the money was taken or given back; false where no money moved."""
    slip: Slip | None = None
    """The number on the slip where it was done; left out where it was not."""


class ResolveRequest(Message, frozen=True):
    """What staff found out at the terminal, or from the bank, of a payment of which nothing was certain."""

    standing: Literal["charged", "not-charged", "returned"]
    """What became of the money."""


class RefundRequest(Message, frozen=True):
    """Ask that money goes back; a second person has to confirm it."""

    reason: RefundReason
    """Why money goes back."""
    amount: Annotated[int, Meta(ge=1, le=99_999_999_999)] | None = None
    """How much goes back, in whole minor units; all that is left where it is null."""


class SettleRequest(Message, frozen=True):
    """Say that the money of a confirmed refund went back, or could not."""

    done: bool
    """Whether the money went back."""
    reference: OptionalSlip = ""
    """The number on the slip; empty where there is none."""


class ReconciliationView(Message, frozen=True):
    """The end of a terminal's day, as staff see it."""

    id: ReconciliationId
    """The id of the end of day (a UUID), made by the device."""
    driver: str
    """Scheme of the terminal's driver, such as ``zvt+tcp``."""
    terminal: str
    """What the terminal calls itself."""
    device: DeviceId
    """Id of the device that told it."""
    since: datetime | None
    """When the end of day before was (UTC); null where there is none before."""
    closed_at: datetime
    """When the terminal was asked for its totals (UTC)."""
    totals: tuple[TerminalTotal, ...]
    """What the terminal counted, one for each currency."""
    differences: tuple[DifferenceView, ...]
    """Where terminal and journal disagree, one for each currency; empty where all agrees."""
    alarms: bool
    """It has differences, and no manager has said that they looked into them."""
    acknowledged_by: StaffId | None = None
    """Id of the manager who looked into the differences; null before."""


class ReconciliationListAnswer(Message, frozen=True):
    """A piece of the ends of terminals' days."""

    reconciliations: tuple[ReconciliationView, ...]
    """The ends of day, the newest first."""
    next: str | None = None
    """Where to go on (``after``), opaque; null where the list ends here."""


class ReconciliationAnswer(Message, frozen=True):
    """The end of day whose differences were looked into."""

    reconciliation: ReconciliationView
    """The end of day as it is now."""
