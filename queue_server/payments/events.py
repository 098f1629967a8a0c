"""The events of ``payment/<id>``: what a device told of its journal, and what staff did. Pure."""

from typing import Final

import msgspec

from queue_server.domain.tariff import FeeItem
from queue_server.domain.values import (
    CentreId,
    CurrencyCode,
    DeviceId,
    DriverScheme,
    GovernmentId,
    JournalState,
    Micros,
    PaymentDiscrepancy,
    PaymentId,
    PaymentStanding,
    ReasonCode,
    ReceiptId,
    ReceiptKind,
    RefundId,
    RefundReason,
    ServiceId,
    StaffId,
    TerminalId,
    TerminalReference,
    TerminalTrace,
    VisitId,
    WaiverReason,
)
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


class TicketFee(msgspec.Struct, frozen=True):
    """The fee of a service, for whoever came with a ticket."""

    visit: VisitId
    service: ServiceId


class PaymentInitiated(Payload, frozen=True, omit_defaults=True):
    """First event of an attempt to pay at a device; ``amount`` in minor units.

    ``items`` are what it is for, here and below; none: all of the services, for whoever comes with the ticket.
    ``governments`` are those of the services as they were then. ``attended`` and ``can_refund`` are what the
    terminal can do, as its driver said.
    """

    type = "payment-initiated"
    payment: PaymentId
    centre: CentreId
    device: DeviceId
    visit: VisitId
    services: tuple[ServiceId, ...]
    amount: int
    currency: CurrencyCode
    driver: DriverScheme
    terminal: TerminalId
    items: tuple[FeeItem, ...] = ()
    governments: tuple[GovernmentId, ...] = ()
    attended: bool = False
    can_refund: bool = True


class FeeWaived(Payload, frozen=True, omit_defaults=True):
    """The first event of a waiver: staff let a fee be; ``fees`` as in ``ManualPaymentRecorded``."""

    type = "fee-waived"
    payment: PaymentId
    centre: CentreId
    visit: VisitId
    service: ServiceId
    amount: int
    currency: CurrencyCode
    reason: WaiverReason
    staff: StaffId
    items: tuple[FeeItem, ...] = ()
    governments: tuple[GovernmentId, ...] = ()
    fees: tuple[TicketFee, ...] = ()


class ManualPaymentRecorded(Payload, frozen=True, omit_defaults=True):
    """The first event of a payment that staff took without a kiosk; ``slip`` is the number on the payer's slip.

    ``fees`` are those that were open, of the tickets that had joined when it was taken: it settles all of them.
    """

    type = "manual-payment-recorded"
    payment: PaymentId
    centre: CentreId
    visit: VisitId
    services: tuple[ServiceId, ...]
    amount: int
    currency: CurrencyCode
    slip: TerminalReference
    staff: StaffId
    items: tuple[FeeItem, ...] = ()
    governments: tuple[GovernmentId, ...] = ()
    fees: tuple[TicketFee, ...] = ()


class JournalRowReported(Payload, frozen=True):
    """A row of the device's journal; ``recorded_at`` is the device's own clock."""

    type = "journal-row-reported"
    payment: PaymentId
    row: int
    state: JournalState
    recorded_at: Micros
    reference: TerminalReference
    trace: TerminalTrace
    reason: ReasonCode


class ReceiptStored(Payload, frozen=True):
    """The vault holds the lines of a receipt."""

    type = "receipt-stored"
    payment: PaymentId
    number: int
    kind: ReceiptKind
    receipt: ReceiptId


class ManualConfirmationRecorded(Payload, frozen=True):
    """Staff said what became of money that they move themselves: row ``row`` of the journal waits for that word.

    ``done``: it was taken, or given back, with a slip of this number. Else none moved, and ``slip`` is "".
    """

    type = "manual-confirmation-recorded"
    payment: PaymentId
    row: int
    done: bool
    amount: int
    slip: TerminalReference
    staff: StaffId


class PaymentResolved(Payload, frozen=True):
    """Staff found out what became of a payment of which nothing was certain."""

    type = "payment-resolved"
    payment: PaymentId
    standing: PaymentStanding
    staff: StaffId


class DiscrepancyFound(Payload, frozen=True):
    """What was paid is not what was owed (``discrepancy``): it settles nothing until staff accept it."""

    type = "payment-discrepancy-found"
    payment: PaymentId
    discrepancy: PaymentDiscrepancy


class PaymentAccepted(Payload, frozen=True):
    """A manager has looked into a payment that differs, and lets it settle what it was for."""

    type = "payment-accepted"
    payment: PaymentId
    staff: StaffId


class RefundRequested(Payload, frozen=True, omit_defaults=True):
    """Somebody of staff asked that money goes back; ``items`` change what is settled once it did."""

    type = "refund-requested"
    payment: PaymentId
    refund: RefundId
    amount: int
    reason: RefundReason
    staff: StaffId
    items: tuple[FeeItem, ...] = ()


class RefundConfirmed(Payload, frozen=True):
    """Somebody else agreed: the money may go back."""

    type = "refund-confirmed"
    payment: PaymentId
    refund: RefundId
    staff: StaffId


class RefundRejected(Payload, frozen=True):
    """Somebody else rejected it, and no money goes back."""

    type = "refund-rejected"
    payment: PaymentId
    refund: RefundId
    staff: StaffId


class RefundSettled(Payload, frozen=True):
    """The money went back, or could not (``done``); ``reference`` is the terminal's, "" where it has none."""

    type = "refund-settled"
    payment: PaymentId
    refund: RefundId
    done: bool
    reference: TerminalReference
    staff: StaffId


CODEC: Final = Codec(
    (
        PaymentInitiated,
        FeeWaived,
        ManualPaymentRecorded,
        JournalRowReported,
        ReceiptStored,
        ManualConfirmationRecorded,
        PaymentResolved,
        DiscrepancyFound,
        PaymentAccepted,
        RefundRequested,
        RefundConfirmed,
        RefundRejected,
        RefundSettled,
    )
)
EVENTS: Final = CODEC.kinds
decode: Final = CODEC.decode

#: What the fields mean: a name means the same in each event.
MEANINGS: Final = {
    "attended": "Whether staff move the money and say so; else the terminal does.",
    "amount": "How much, in whole minor units of `currency`.",
    "band": "The age band of the catalogue; `anyone` where nobody is counted by age, `party` for a whole party.",
    "centre": "The centre at which it was.",
    "count": "How many people, or parties.",
    "currency": "The currency (ISO 4217, three letters).",
    "device": "The device that took the payment.",
    "done": "Whether the money moved.",
    "driver": "The scheme of the terminal's driver, such as `zvt+tcp`.",
    "fees": "The fees that were open, and are settled by it.",
    "can_refund": "Whether the terminal gives money back, too, and counts that at its end of day.",
    "governments": "Governments of the services as they were then (ISO 3166-1 alpha-3).",
    "items": "What it is for: people by age band, times services; none: all of the services, for whoever comes.",
    "kind": "For whom the receipt was printed.",
    "number": "The number of the receipt in its payment, from 1.",
    "payment": "The payment or waiver, as whoever began it named it (a UUID).",
    "reason": "Why, as a code; empty where a device said none.",
    "receipt": "The receipt, whose lines lie in the vault.",
    "reference": "How the terminal names the transaction; empty where it said nothing.",
    "refund": "The refund.",
    "row": "The number of the row in the journal of the device, from 1.",
    "service": "The service.",
    "services": "The services that it pays.",
    "slip": "The number on the payer's slip; empty where no money moved.",
    "staff": "The member of staff who did it.",
    "standing": "What became of the money.",
    "state": "What the row says has been reached, or is about to be tried.",
    "terminal": "What the terminal calls itself.",
    "recorded_at": "When the row was written, by the clock of the device.",
    "trace": "The running number that the terminal gave it; empty where it said none.",
    "visit": "The visit for which it was.",
    "discrepancy": "In what it differs from what was owed.",
}
