"""Tells the server of payments: what it has not acknowledged, in order, for as long as it takes.

Rows are told as they stand in the journal, with the numbers that they have there, so the same may be told again: after
a lost answer, and after the server went back to a backup and says that it has less than it once said.
"""

import re
from typing import override

from kiosk.link.outbox_relay import DrainWatcher, OutboxRelay, Uploader, answer_to
from kiosk.payment import journal
from kiosk.payment.journal_model import Attempt, Lines, PaymentRow
from kiosk.settings import KioskLinkSettings
from kiosk.store.journal import ServerAcknowledgement
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract.base import People
from queue_server.contract.client import ApiClient, ProblemError
from queue_server.contract.payments import JournalRow, PaymentReport, ReceiptText, ReportAnswer
from queue_server.domain.values import JournalState

_MOST_RECEIPTS, _MOST_LINES, _LONGEST_LINE, _LONGEST_REASON, _LONGEST_NAME = 20, 120, 96, 64, 128
_NOT_IN_LINES = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def pending(box: Outbox) -> PaymentReport | None:
    """Give the next report: of the attempt whose untold row is the oldest. Runs in the outbox's thread."""
    with box.transaction() as db:
        found = db.execute(
            "SELECT attempt, number, receipts FROM ("
            " SELECT p.attempt, coalesce(t.number, 0) AS number, coalesce(t.receipts, 0) AS receipts,"
            "  (SELECT min(r.seq) FROM payment_row r"
            "   WHERE r.attempt = p.attempt AND r.number > coalesce(t.number, 0)) AS next"
            " FROM payment p LEFT JOIN payment_acknowledgement t ON t.seq ="
            "  (SELECT max(seq) FROM payment_acknowledgement WHERE attempt = p.attempt)"
            " WHERE coalesce(t.problem, '') = ''"
            ") WHERE next IS NOT NULL ORDER BY next LIMIT 1"
        ).fetchone()
        return None if found is None else report_of(journal.attempt(box, found[0]), found[1], found[2])


def untold(box: Outbox, upto: int) -> bool:
    """Tell whether a row of any attempt, up to the ``upto``-th of the journal, still has to be told."""
    with box.transaction() as db:
        found = db.execute(
            "SELECT 1 FROM payment_row r LEFT JOIN payment_acknowledgement t ON t.seq ="
            " (SELECT max(seq) FROM payment_acknowledgement WHERE attempt = r.attempt)"
            " WHERE r.seq <= ? AND r.number > coalesce(t.number, 0) AND coalesce(t.problem, '') = '' LIMIT 1",
            (upto,),
        )
        return found.fetchone() is not None


def report_of(attempt: Attempt, rows: int, receipts: int) -> PaymentReport:
    """Make the report of an attempt of which the server has so many rows and receipts. Pure."""
    kept = [_receipt(number, one) for number, one in enumerate(attempt.receipts, 1)]
    return PaymentReport(
        id=attempt.id,
        visit=attempt.visit,
        services=attempt.bill.services,
        people=tuple(People(one.band, one.count) for one in attempt.bill.people),
        amount=attempt.bill.amount.minor,
        currency=attempt.bill.amount.currency,
        driver=attempt.driver,
        terminal=attempt.place,
        attended=attempt.attended,
        can_refund=attempt.can_refund,
        rows=tuple(_row(number, one) for number, one in enumerate(attempt.rows, 1) if number > rows),
        receipts=tuple(one for one in kept[receipts:_MOST_RECEIPTS] if one is not None),
    )


def answered(box: Outbox, report: PaymentReport, answer: ReportAnswer) -> None:
    """Note what the server has now: it may be less than it said before. Runs in the outbox's thread."""
    last = max((one.number for one in report.receipts), default=0)
    with box.transaction():
        receipts = max(last, journal.PAYMENTS.acknowledged(box, report.id).receipts) if answer.row else 0
        journal.PAYMENTS.note(box, report.id, ServerAcknowledgement(answer.row, receipts))


def refused(box: Outbox, report: PaymentReport, problem: str) -> None:
    """Keep an attempt that the server refuses out of the way of others. Runs in the outbox's thread."""
    journal.PAYMENTS.note(box, report.id, ServerAcknowledgement(report.rows[0].row - 1, problem=problem))


def _row(number: int, row: PaymentRow) -> JournalRow:
    return JournalRow(
        row=number,
        state=JournalState(row.step.value),
        at=row.at,
        reference=_name(row.reference),
        trace=_name(row.trace),
        reason=_reason(row.reason),
    )


def _receipt(number: int, lines: Lines) -> ReceiptText | None:
    if lines.kind not in {"customer", "merchant", "admin"} or not lines.lines:
        return None
    text = tuple(_NOT_IN_LINES.sub(" ", line)[:_LONGEST_LINE] for line in lines.lines[:_MOST_LINES])
    return ReceiptText(number, lines.kind, text)  # type: ignore[arg-type]  # looked at above


def _name(text: str) -> str:
    return re.sub("[^!-~]", "", text)[:_LONGEST_NAME]


def _reason(text: str) -> str:
    return re.sub("[^a-z0-9-]", "-", text.lower())[:_LONGEST_REASON]


class PaymentUploader:
    """Sends payments to a centre, each under a key of what it says (``contract.payments.key_of``)."""

    def __init__(self, client: ApiClient, centre: str) -> None:
        self._client = client
        self._centre = centre

    async def send(self, one: PaymentReport, /) -> ReportAnswer:
        return await self._client.report_payment(self._centre, one)


class PaymentRelay(OutboxRelay[PaymentReport]):
    name = "payments"

    def __init__(
        self,
        box: OutboxWorker,
        uploader: Uploader[PaymentReport, ReportAnswer],
        settings: KioskLinkSettings,
        watcher: DrainWatcher | None = None,
    ) -> None:
        super().__init__(box, settings, watcher)
        self._uploader = uploader

    @override
    async def _next(self) -> PaymentReport | None:
        return await self._box(pending)

    @override
    async def _send(self, one: PaymentReport) -> bool:
        match await answer_to(self._uploader.send(one), "payment-report", attempt=one.id):
            case None:
                return False
            case ProblemError() as problem:
                await self._box(refused, one, problem.code)
                return True
            case ReportAnswer() as answer:
                await self._box(answered, one, answer)
                # Having got nothing further it would be told the same at once, and for ever.
                return answer.row >= one.rows[0].row
