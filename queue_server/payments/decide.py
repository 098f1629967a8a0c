"""What may happen to a payment. Pure: a state and a wish give events, or an error with its code."""

from collections.abc import Iterable

import msgspec

from queue_server.domain.values import (
    PaymentStanding,
    RefundId,
    RefundReason,
    RefundState,
    StaffId,
    TerminalReference,
)
from queue_server.eventlog.payload import Payload
from queue_server.payments.errors import (
    ConfirmationAmountError,
    ConfirmationDiffersError,
    ConfirmationNotPendingError,
    ConfirmationPendingError,
    NoDiscrepancyError,
    NotChargedError,
    NotUndecidedError,
    PaymentDiffersError,
    RefundAboveError,
    RefundNoAmountError,
    RefundStateError,
    RefundUnknownError,
    SamePersonError,
)
from queue_server.payments.events import (
    JournalRowReported,
    ManualConfirmationRecorded,
    PaymentAccepted,
    PaymentInitiated,
    PaymentResolved,
    ReceiptStored,
    RefundConfirmed,
    RefundRejected,
    RefundRequested,
    RefundSettled,
)
from queue_server.payments.fees_due import PaidTooMuch
from queue_server.payments.model import Payment, Refund


class ReportedAttempt(msgspec.Struct, frozen=True):
    """A report of a device: how the attempt began, rows of its journal, receipts with the ids they get if new."""

    began: PaymentInitiated
    rows: tuple[JournalRowReported, ...]
    receipts: tuple[ReceiptStored, ...] = ()


def report(before: Payment | None, told: ReportedAttempt) -> tuple[Payload, ...]:
    """Take what is new of a report: the rows that follow the last one without a gap, and receipts.

    A report that comes again, whole or in part, says nothing new. Nothing is taken before the first row.

    Raises:
        PaymentDiffersError: what was reported before was something else.
    """
    if before is not None:
        _check_same(before, told.began)
    known = {} if before is None else {row.row: row for row in before.rows}
    last = len(known)
    new: list[Payload] = []
    for row in sorted(told.rows, key=lambda one: one.row):
        if row.row in known:
            if known[row.row] != row:
                raise PaymentDiffersError(row=row.row)
        elif row.row == last + 1:
            known[row.row] = row
            last += 1
            new.append(row)
    if not known:
        return ()
    began = () if before is not None else (told.began,)
    return (*began, *new, *_new_receipts(before, told.receipts))


def _check_same(before: Payment, began: PaymentInitiated) -> None:
    """Compare all but the device: one that was enrolled anew goes on with the journal that it had."""
    same = (
        began.centre,
        began.visit,
        began.services,
        began.amount,
        began.currency,
        began.driver,
        began.terminal,
        began.attended,
        began.can_refund,
    )
    if same != (
        before.centre,
        before.visit,
        before.services,
        before.amount,
        before.currency,
        before.driver,
        before.terminal,
        before.attended,
        before.can_refund,
    ):
        raise PaymentDiffersError(row=0)


def _new_receipts(before: Payment | None, receipts: Iterable[ReceiptStored]) -> list[ReceiptStored]:
    numbers = set() if before is None else {receipt.number for receipt in before.receipts}
    new: list[ReceiptStored] = []
    for receipt in receipts:
        if receipt.number not in numbers:
            numbers.add(receipt.number)
            new.append(receipt)
    return new


def resolve(payment: Payment, standing: PaymentStanding, staff: StaffId) -> tuple[Payload, ...]:
    """Say what became of a payment of which nothing was certain: charged, not charged, or returned.

    Raises:
        NotUndecidedError: it is certain already.
        ConfirmationPendingError: a kiosk waits for a word about it, and would go on waiting.
    """
    if payment.resolved is standing:
        return ()
    if payment.pending_confirmation is not None:
        raise ConfirmationPendingError
    if payment.standing is not PaymentStanding.UNDECIDED:
        raise NotUndecidedError(standing=payment.standing)
    return (PaymentResolved(payment.id, standing, staff),)


def accept(payment: Payment, staff: StaffId) -> tuple[Payload, ...]:
    """Let a payment that differs from what was owed settle what it was for.

    Raises:
        NoDiscrepancyError: it does not differ, or went back.
    """
    if payment.accepted_by == staff:
        return ()
    if not payment.differs:
        raise NoDiscrepancyError
    return (PaymentAccepted(payment.id, staff),)


def confirm_manually(
    payment: Payment, row: int, amount: int, staff: StaffId, *, done: bool, slip: TerminalReference
) -> tuple[Payload, ...]:
    """Say that the amount which row ``row`` asks for was taken, or given back, with a slip of this number, or was not.

    Raises:
        ConfirmationDiffersError: somebody has said something else of it.
        ConfirmationNotPendingError: nobody waits for that word, or not any more.
        ConfirmationAmountError: it is another amount.
    """
    before = payment.confirmation(row)
    if before is not None:
        if (before.done, before.amount, before.slip) == (done, amount, slip):
            return ()
        raise ConfirmationDiffersError
    asks = payment.pending_confirmation
    if asks is None or asks.row != row:
        raise ConfirmationNotPendingError(standing=payment.standing)
    if amount != payment.amount:
        raise ConfirmationAmountError
    return (ManualConfirmationRecorded(payment.id, row, done, amount, slip, staff),)


def request_refund(
    payment: Payment,
    refund: RefundId,
    amount: int | None,
    reason: RefundReason,
    staff: StaffId,
    *,
    too_much: PaidTooMuch | None = None,
) -> tuple[Payload, ...]:
    """Ask that ``amount`` minor units, or all that is left, go back to where they came from.

    Where that is what was paid too much, the payment settles what is wanted now.

    Raises:
        NotChargedError: nothing was charged, or it is not certain.
        RefundNoAmountError: nothing would go back.
        RefundAboveError: more than what is left.
    """
    if payment.standing is not PaymentStanding.CHARGED:
        raise NotChargedError(standing=payment.standing)
    wanted = payment.remaining if amount is None else amount
    if wanted <= 0:
        raise RefundNoAmountError
    if wanted > payment.remaining:
        raise RefundAboveError(remaining=payment.remaining)
    items = too_much.items if too_much is not None and too_much.amount == wanted else ()
    return (RefundRequested(payment.id, refund, wanted, reason, staff, items),)


def confirm(payment: Payment, ident: str, staff: StaffId) -> tuple[Payload, ...]:
    """Agree to a refund that somebody else has asked for.

    Raises:
        RefundUnknownError: there is none.
        SamePersonError: this person asked for it.
        RefundStateError: it was decided already, by somebody else or otherwise.
        NotChargedError: the payment was undone since it was asked for.
    """
    refund = _refund(payment, ident)
    if refund.requested_by == staff:
        raise SamePersonError
    if refund.state is RefundState.CONFIRMED and refund.decided_by == staff:
        return ()
    _expect(refund, RefundState.REQUESTED)
    if payment.standing is not PaymentStanding.CHARGED:
        raise NotChargedError(standing=payment.standing)
    return (RefundConfirmed(payment.id, refund.id, staff),)


def reject(payment: Payment, ident: str, staff: StaffId) -> tuple[Payload, ...]:
    """Refuse a refund, or take back that one asked for it.

    Raises:
        RefundUnknownError: there is none.
        RefundStateError: it was decided already.
    """
    refund = _refund(payment, ident)
    if refund.state is RefundState.REJECTED and refund.decided_by == staff:
        return ()
    _expect(refund, RefundState.REQUESTED)
    return (RefundRejected(payment.id, refund.id, staff),)


def settle(
    payment: Payment, ident: str, staff: StaffId, *, done: bool, reference: TerminalReference
) -> tuple[Payload, ...]:
    """Say that the money of a confirmed refund went back, or could not.

    Raises:
        RefundUnknownError: there is none.
        RefundStateError: it is not confirmed, or was settled already.
    """
    refund = _refund(payment, ident)
    state = RefundState.DONE if done else RefundState.FAILED
    if refund.state is state and refund.reference == reference:
        return ()
    _expect(refund, RefundState.CONFIRMED)
    return (RefundSettled(payment.id, refund.id, done, reference, staff),)


def _refund(payment: Payment, ident: str) -> Refund:
    found = payment.refund(ident)
    if found is None:
        raise RefundUnknownError
    return found


def _expect(refund: Refund, state: RefundState) -> None:
    if refund.state is not state:
        raise RefundStateError(state=refund.state)
