"""What the server is told of payments: in order, again and again until it has it, and the same each time."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from kiosk.payment import journal, payment_uploader
from kiosk.payment.journal_model import Lines, PaymentOrder, PaymentRow, PaymentStep
from kiosk.payment.payment_uploader import PaymentRelay
from kiosk.settings import KioskLinkSettings
from kiosk.tickets.outbox import Outbox, OutboxWorker
from peripherals.money import Amount
from queue_server.contract.client import ProblemError, ServerUnreachableError
from queue_server.contract.payments import PaymentReport, ReportAnswer, key_of
from queue_server.contract.problems import Problem
from queue_server.domain.values import JournalState, PaymentId, new_id
from tests.kiosk.listeners import Sending
from tests.kiosk.payment.stand import set_up

QUICK = KioskLinkSettings(retry_first_s=0.01, retry_max_s=0.02)


def payment(box: Outbox, minor: int, *rows: PaymentRow) -> str:
    bill = PaymentOrder(new_id(), ("renewal",), Amount(minor, "EUR"), "en")
    ident = journal.begin(box, bill, "zvt+tcp", "10.0.0.9:20007").id
    for row in rows:
        journal.append(box, ident, row)
    return ident


def row(step: PaymentStep, **changes: object) -> PaymentRow:
    return msgspec.structs.replace(PaymentRow(step, datetime.now(UTC)), **changes)


PREFLIGHT, SENT = row(PaymentStep.PREFLIGHT_OK), row(PaymentStep.SENT)
DECLINED = row(PaymentStep.DECLINED, reason="card-expired")


@pytest.fixture
def box(tmp_path: Path) -> Outbox:
    set_up(tmp_path / "outbox.sqlite")
    one = Outbox(tmp_path / "outbox.sqlite")
    journal.prepare(one)
    return one


def test_attempts_are_told_in_order_and_once(box: Outbox) -> None:
    first = payment(box, 100, PREFLIGHT, SENT, DECLINED)
    second = payment(box, 200, PREFLIGHT)
    told = payment_uploader.pending(box)
    assert told is not None
    assert (told.id, told.amount, told.currency) == (first, 100, "EUR")
    assert (told.driver, told.terminal, told.services) == ("zvt+tcp", "10.0.0.9:20007", ("renewal",))
    assert [one.row for one in told.rows] == [1, 2, 3, 4]
    assert told.rows[-1].reason == "card-expired"
    again = payment_uploader.pending(box)
    assert again is not None
    assert (again, key_of(again)) == (told, key_of(told)), "the same until it is acknowledged"
    payment_uploader.answered(box, told, ReportAnswer(PaymentId(first), 4))
    other = payment_uploader.pending(box)
    assert other is not None
    assert other.id == second
    payment_uploader.answered(box, other, ReportAnswer(PaymentId(second), 2))
    assert payment_uploader.pending(box) is None
    journal.append(box, second, SENT)
    more = payment_uploader.pending(box)
    assert more is not None
    assert [(one.row, one.state) for one in more.rows] == [(3, JournalState.SENT)]
    box.close()


def test_a_server_that_has_less_than_it_said_is_told_again(box: Outbox) -> None:
    ident = payment(box, 100, PREFLIGHT, SENT, DECLINED)
    told = payment_uploader.pending(box)
    assert told is not None
    payment_uploader.answered(box, told, ReportAnswer(PaymentId(ident), 1))
    again = payment_uploader.pending(box)
    assert again is not None
    assert [one.row for one in again.rows] == [2, 3, 4]
    payment_uploader.answered(box, again, ReportAnswer(PaymentId(ident), 0))
    assert payment_uploader.pending(box) == told
    box.close()


def test_what_is_refused_holds_nobody_up(box: Outbox) -> None:
    ident = payment(box, 100, PREFLIGHT, SENT, DECLINED)
    second = payment(box, 200, PREFLIGHT)
    told = payment_uploader.pending(box)
    assert told is not None
    payment_uploader.refused(box, told, "payment-differs")
    other = payment_uploader.pending(box)
    assert other is not None
    assert other.id == second != ident
    box.close()


def test_every_step_can_be_told(box: Outbox) -> None:
    receipt = Lines("customer", ("KARTE\x07 **** 1111", "x" * 300))
    reversal = row(PaymentStep.REVERSAL_SENT, undo=new_id(), reason="no-paper")
    steps = (
        *(PREFLIGHT, SENT, row(PaymentStep.APPROVED, reference="12 3\u00e9", receipts=(receipt, Lines("admin", ())))),
        *(row(PaymentStep.IN_DOUBT, reason="Line LOST!"), row(PaymentStep.APPROVED, stands=True)),
        *(reversal, row(PaymentStep.REVERSAL_IN_DOUBT), row(PaymentStep.NEEDS_STAFF)),
    )
    payment(box, 100, *steps)
    payment(box, 200, row(PaymentStep.FAILED, reason="printer-not-ready"))
    told = payment_uploader.pending(box)
    assert told is not None
    # What the server would refuse is refused here.
    assert msgspec.json.decode(msgspec.json.encode(told), type=PaymentReport) == told
    states = [one.state for one in told.rows]
    assert states[4:6] == [JournalState.IN_DOUBT, JournalState.APPROVED]
    assert states[6:] == [JournalState.REVERSAL_SENT, JournalState.REVERSAL_IN_DOUBT, JournalState.NEEDS_STAFF]
    assert [one.reason for one in told.rows[6:8]] == ["no-paper", ""], "why, and no longer what"
    assert (told.rows[3].reference, told.rows[4].reason) == ("123", "line-lost-")
    assert [(one.number, one.kind, len(one.lines[1])) for one in told.receipts] == [(1, "customer", 96)]
    payment_uploader.answered(box, told, ReportAnswer(PaymentId(told.id), 9))
    other = payment_uploader.pending(box)
    assert other is not None
    assert (other.rows[-1].state, other.rows[-1].reason) == (JournalState.FAILED, "printer-not-ready")
    box.close()


def test_a_receipt_is_told_with_its_rows_and_not_again(box: Outbox) -> None:
    approved = row(PaymentStep.APPROVED, receipts=(Lines("customer", ("OK",)),))
    ident = payment(box, 100, PREFLIGHT, SENT, approved)
    told = payment_uploader.pending(box)
    assert told is not None
    assert [one.number for one in told.receipts] == [1]
    payment_uploader.answered(box, told, ReportAnswer(PaymentId(ident), 4))
    journal.append(box, ident, row(PaymentStep.IN_DOUBT, receipts=(Lines("merchant", ("OK",)),)))
    more = payment_uploader.pending(box)
    assert more is not None
    assert [(one.number, one.kind) for one in more.receipts] == [(2, "merchant")]
    box.close()


def test_a_server_that_went_back_to_a_backup_is_told_the_receipts_again_too(box: Outbox) -> None:
    approved = row(PaymentStep.APPROVED, receipts=(Lines("customer", ("OK",)), Lines("merchant", ("OK",))))
    ident = payment(box, 100, PREFLIGHT, SENT, approved)
    told = payment_uploader.pending(box)
    assert told is not None
    assert [one.number for one in told.receipts] == [1, 2]
    payment_uploader.answered(box, told, ReportAnswer(PaymentId(ident), 4))
    assert payment_uploader.pending(box) is None
    journal.PAYMENTS.resend_all(box)
    assert payment_uploader.pending(box) == told
    payment_uploader.answered(box, told, ReportAnswer(PaymentId(ident), 4))
    # It says so itself, where it is heard before its epoch is.
    payment_uploader.answered(box, told, ReportAnswer(PaymentId(ident), 0))
    assert payment_uploader.pending(box) == told
    box.close()


async def test_it_tells_for_as_long_as_it_takes(tmp_path: Path) -> None:
    """A server that is away, overloaded, says that it has less, refuses one, and takes the rest."""
    file = tmp_path / "outbox.sqlite"
    await asyncio.to_thread(set_up, file)
    heard: list[PaymentReport] = []
    done = asyncio.Event()
    async with OutboxWorker(file) as worker:
        await worker(journal.prepare)
        idents = [await worker(payment, minor, PREFLIGHT, SENT, DECLINED) for minor in (100, 200, 300)]

        async def send(one: PaymentReport) -> ReportAnswer:
            heard.append(one)
            match len(heard):
                case 1:
                    raise ServerUnreachableError
                case 2:
                    raise ProblemError(Problem(type="about:blank", title="busy", status=503, code="centre-overloaded"))
                case 3:
                    return ReportAnswer(PaymentId(one.id), 0)
                case 4:
                    return ReportAnswer(PaymentId(one.id), 2)
                case 6:
                    raise ProblemError(Problem(type="about:blank", title="no", status=409, code="payment-differs"))
            if one.id == idents[2]:
                done.set()
            return ReportAnswer(PaymentId(one.id), one.rows[-1].row)

        reports = PaymentRelay(worker, Sending(send), QUICK)
        running = asyncio.create_task(reports.task.run())
        await done.wait()
        fresh = await worker(payment, 400, PREFLIGHT)
        done.clear()
        idents[2] = fresh
        reports.wake()
        await done.wait()
        running.cancel()
        await asyncio.wait([running])
    wanted = [idents[0]] * 5 + [idents[1]]
    assert [one.id for one in heard[:6]] == wanted
    assert [one.row for one in heard[4].rows] == [3, 4]
    assert len(heard) == 8
