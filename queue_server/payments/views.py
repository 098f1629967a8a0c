"""Payments as messages of the API. Pure."""

from queue_server.contract import cashier as m
from queue_server.contract.payments import ManualConfirmation
from queue_server.domain.values import to_datetime
from queue_server.payments.model import Payment, Refund


def payment_view(found: Payment) -> m.PaymentView:
    return m.PaymentView(
        id=found.id,
        visit=found.visit,
        services=found.services,
        amount=found.amount,
        currency=found.currency,
        standing=found.standing,
        remaining=found.remaining,
        opened_at=to_datetime(found.opened_at),
        changed_at=to_datetime(found.changed_at),
        device=found.device,
        driver=found.driver,
        terminal=found.terminal,
        reference=found.reference,
        state=found.state,
        contradicted=found.contradicted,
        charged_at=None if found.charged_at is None else to_datetime(found.charged_at),
        receipts=tuple(receipt.number for receipt in found.receipts),
        refunds=tuple(map(_refund_view, found.refunds)),
        waiver=found.waiver,
        pending_confirmation=_asking_view(found),
        discrepancy=found.discrepancy,
        accepted_by=found.accepted_by,
        confirmations=confirmations(found),
    )


def confirmations(found: Payment) -> tuple[ManualConfirmation, ...]:
    """List what staff said to kiosks, in the order of their words."""
    return tuple(ManualConfirmation(word.row, word.done, word.amount, word.slip) for word in found.confirmations)


def _asking_view(found: Payment) -> m.PendingConfirmationView | None:
    asks = found.pending_confirmation
    return None if asks is None else m.PendingConfirmationView(asks.row, "give-back" if asks.back else "take")


def _refund_view(found: Refund) -> m.RefundView:
    return m.RefundView(
        id=found.id,
        amount=found.amount,
        reason=found.reason,
        state=found.state,
        requested_by=found.requested_by,
        requested_at=to_datetime(found.requested_at),
        changed_at=to_datetime(found.changed_at),
        decided_by=found.decided_by,
        settled_by=found.settled_by,
        reference=found.reference,
    )
