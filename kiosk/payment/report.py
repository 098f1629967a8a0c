"""Tells the server of payments: what it has not acknowledged, in order, for as long as it takes.

Rows are told as they stand in the journal, with the numbers that they have there, so the same may be told again: after
a lost answer, and after the server went back to a backup and says that it has less than it once said.
"""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable

import structlog

from kiosk.delivery import is_final
from kiosk.errors import OutboxError
from kiosk.outbox import Outbox
from kiosk.payment import journal
from kiosk.payment.steps import Attempt, Lines, Row, Step
from kiosk.settings import LinkSettings
from kiosk.worker import OutboxWorker
from queue_server.contract.client import ProblemError, ServerAwayError
from queue_server.contract.payments import JournalRow, PaymentReport, ReceiptText, ReportAnswer
from queue_server.values import JournalState

_log = structlog.get_logger(__name__)

#: What the contract has no state of its own for; its reason tells.
_TOLD_AS = {
    Step.FAILED: JournalState.CANCELLED,
    Step.REVERSAL_SENT: JournalState.IN_DOUBT,
    Step.REVERSAL_IN_DOUBT: JournalState.IN_DOUBT,
}
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
            " FROM payment p LEFT JOIN payment_told t ON t.seq ="
            "  (SELECT max(seq) FROM payment_told WHERE attempt = p.attempt)"
            " WHERE coalesce(t.problem, '') = ''"
            ") WHERE next IS NOT NULL ORDER BY next LIMIT 1"
        ).fetchone()
        return None if found is None else report_of(journal.attempt(box, found[0]), found[1], found[2])


def report_of(attempt: Attempt, rows: int, receipts: int) -> PaymentReport:
    """Make the report of an attempt of which the server has so many rows and receipts. Pure."""
    kept = [_receipt(number, one) for number, one in enumerate(attempt.receipts, 1)]
    return PaymentReport(
        id=attempt.id,
        visit=attempt.visit,
        services=(attempt.bill.service,),
        amount=attempt.bill.amount.minor,
        currency=attempt.bill.amount.currency,
        driver=attempt.driver,
        terminal=attempt.place,
        rows=tuple(_row(number, one) for number, one in enumerate(attempt.rows, 1) if number > rows),
        receipts=tuple(one for one in kept[receipts:_MOST_RECEIPTS] if one is not None),
    )


def answered(box: Outbox, report: PaymentReport, answer: ReportAnswer) -> None:
    """Note what the server has now: it may be less than it said before. Runs in the outbox's thread."""
    last = max((one.number for one in report.receipts), default=0)
    with box.transaction() as db:
        known = db.execute("SELECT coalesce(max(receipts), 0) FROM payment_told WHERE attempt = ?", (report.id,))
        _note(box, report.id, answer.row, max(last, known.fetchone()[0]) if answer.row else 0, "")


def refused(box: Outbox, report: PaymentReport, problem: str) -> None:
    """Keep an attempt that the server refuses out of the way of others. Runs in the outbox's thread."""
    _note(box, report.id, report.rows[0].row - 1, 0, problem)


def _note(box: Outbox, attempt: str, number: int, receipts: int, problem: str) -> None:
    with box.transaction() as db:
        db.execute(
            "INSERT INTO payment_told (attempt, number, receipts, problem) VALUES (?, ?, ?, ?)",
            (attempt, number, receipts, problem),
        )


def _row(number: int, row: Row) -> JournalRow:
    own = row.step in {Step.REVERSAL_SENT, Step.REVERSAL_IN_DOUBT}
    return JournalRow(
        row=number,
        state=_TOLD_AS.get(row.step) or JournalState(row.step.value),
        at=row.at,
        reference=_name(row.reference),
        trace=_name(row.trace),
        reason=row.step.value if own else _reason(row.reason),
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


class Reports:
    """One loop, one report at a time. ``send`` POSTs with ``contract.payments.key_of`` as the idempotency key."""

    def __init__(
        self,
        box: OutboxWorker,
        send: Callable[[PaymentReport], Awaitable[ReportAnswer]],
        settings: LinkSettings,
    ) -> None:
        self._box = box
        self._send = send
        self._settings = settings
        self._wake = asyncio.Event()

    def nudge(self) -> None:
        """Try now: a row was written, or the server is heard again."""
        self._wake.set()

    async def run(self) -> None:
        """Go on until cancelled."""
        pause = self._settings.retry_first_s
        while True:
            self._wake.clear()
            try:
                report = await self._box(pending)
                if report is None:
                    await self._wake.wait()
                    continue
                if await self._tell(report):
                    pause = self._settings.retry_first_s
                    continue
            except OutboxError as error:
                _log.error("payment-journal", **error.placeholders)
            try:
                # Kiosks of one centre lose the server together and should not all come back in the same instant.
                async with asyncio.timeout(pause * random.uniform(0.5, 1.0)):  # noqa: S311 - not a secret
                    await self._wake.wait()
            except TimeoutError:
                pause = min(pause * 2, self._settings.retry_max_s)

    async def _tell(self, report: PaymentReport) -> bool:
        try:
            answer = await self._send(report)
        except ServerAwayError:
            return False
        except ProblemError as problem:
            if not is_final(problem):
                _log.warning("payment-report-put-off", attempt=report.id, status=problem.status, code=problem.code)
                return False
            _log.error("payment-report-refused", attempt=report.id, problem=problem.code)
            await self._box(refused, report, problem.code)
            return True
        await self._box(answered, report, answer)
        # Having got nothing further it would be told the same at once, and for ever.
        return answer.row >= report.rows[0].row
