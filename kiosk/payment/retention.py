"""What the kiosk keeps of payments: all until the server has it, and some days longer for whoever looks into it."""

from datetime import datetime

import msgspec

from kiosk.payment import journal, reconciliation_journal
from kiosk.payment.journal_model import FINAL, PaymentRow, PaymentStep
from kiosk.tickets.outbox import Outbox


def purge(box: Outbox, before: datetime) -> int:
    """Delete the payments and ends of day whose last row is older than ``before``, and give how many they were.

    Never one that is not settled, that the server has not acknowledged in all its rows or refuses, or whose claim slip
    is on no paper; nor the newest end of day of a terminal, which says when the next one is due. Runs in the outbox's
    thread.

    Raises:
        OutboxError: the file cannot be read or written; nothing is deleted.
    """
    with box.transaction():
        payments = [ident for ident, at in _acknowledged(box) if at < before and _is_over(box, ident)]
        reconciliations = [
            ident for ident in _closed(box) if reconciliation_journal.record(box, ident).rows[-1].at < before
        ]
        journal.PAYMENTS.purge(box, payments)
        reconciliation_journal.RECONCILIATIONS.purge(box, reconciliations)
    return len(payments) + len(reconciliations)


def _acknowledged(box: Outbox) -> list[tuple[str, datetime]]:
    """List the attempts of which the server has every row, each with the time of its last."""
    with box.transaction() as db:
        found = db.execute(
            "SELECT p.attempt, r.detail FROM payment p"
            " JOIN payment_acknowledgement t ON t.seq ="
            " (SELECT max(seq) FROM payment_acknowledgement WHERE attempt = p.attempt)"
            " JOIN payment_row r ON r.attempt = p.attempt"
            "  AND r.number = (SELECT max(number) FROM payment_row WHERE attempt = p.attempt)"
            " WHERE t.problem = '' AND t.number >= r.number"
        )
        return [(ident, msgspec.msgpack.decode(detail, type=PaymentRow).at) for ident, detail in found.fetchall()]


def _is_over(box: Outbox, ident: str) -> bool:
    one = journal.attempt(box, ident)
    return one.step in FINAL and (one.step is not PaymentStep.NEEDS_STAFF or one.claim)


def _closed(box: Outbox) -> list[str]:
    """List the ends of day that the server has, or that there is nothing to tell of, but for the newest of each."""
    with box.transaction() as db:
        found = db.execute(
            "SELECT ident FROM reconciliation WHERE seq NOT IN ("
            "SELECT max(seq) FROM reconciliation GROUP BY driver, place) AND ("
            " ident IN (SELECT ident FROM reconciliation_acknowledgement t WHERE number > 0"
            "  AND seq = (SELECT max(seq) FROM reconciliation_acknowledgement WHERE ident = t.ident))"
            " OR ident NOT IN (SELECT ident FROM reconciliation_row WHERE step = ?))",
            (reconciliation_journal.ReconciliationStep.TOTALS,),
        )
        return [ident for (ident,) in found.fetchall()]
