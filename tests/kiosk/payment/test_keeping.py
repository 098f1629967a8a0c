"""What is deleted from the kiosk's journal, and above all what never is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing as closed
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import OutboxError
from kiosk.payment import journal, payment_uploader, reconciliation_journal, retention
from kiosk.payment.journal_model import PaymentRow, PaymentStep
from kiosk.payment.reconciliation_journal import ReconciliationStep
from kiosk.tickets.model import PrintResult
from kiosk.tickets.outbox import Outbox
from queue_server.contract.payments import ReportAnswer
from queue_server.domain.values import PaymentId
from tests.kiosk.payment.stand import set_up
from tests.kiosk.payment.test_closing import HERE, ended, tell_payments
from tests.kiosk.payment.test_report import DECLINED, PREFLIGHT, SENT, payment, row

LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Outbox]:
    set_up(tmp_path / "outbox.sqlite")
    with closed(Outbox(tmp_path / "outbox.sqlite")) as one:
        journal.prepare(one)
        reconciliation_journal.prepare(one)
        yield one


def kept(box: Outbox) -> set[str]:
    with box.transaction() as db:
        attempts = db.execute("SELECT attempt FROM payment").fetchall()
        reconciliations = db.execute("SELECT ident FROM reconciliation").fetchall()
    return {ident for (ident,) in attempts + reconciliations}


def test_what_is_settled_acknowledged_and_old_goes_with_all_its_rows(box: Outbox, tmp_path: Path) -> None:
    gone = payment(box, 100, PREFLIGHT, SENT, DECLINED)
    journal.paper(box, gone, "receipt", PrintResult.PRINTED)
    tell_payments(box)
    assert retention.purge(box, datetime.now(UTC) - timedelta(days=1)) == 0, "it is not old"
    assert retention.purge(box, LATER) == 1
    assert kept(box) == set()
    with closed(sqlite3.connect(tmp_path / "outbox.sqlite")) as db:
        for table in journal.PAYMENTS.tables:
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - constants


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (PREFLIGHT, SENT),
        (PREFLIGHT, SENT, row(PaymentStep.IN_DOUBT)),
        (PREFLIGHT, SENT, row(PaymentStep.APPROVED)),
        (PREFLIGHT, SENT, row(PaymentStep.APPROVED), row(PaymentStep.REVERSAL_SENT)),
        (PREFLIGHT, SENT, row(PaymentStep.NEEDS_STAFF)),
    ],
    ids=lambda rows: rows[-1].step if rows else "created",
)
def test_what_is_not_settled_or_wants_a_claim_slip_stays(box: Outbox, rows: tuple[PaymentRow, ...]) -> None:
    one = payment(box, 100, *rows)
    tell_payments(box)
    assert retention.purge(box, LATER) == 0
    assert kept(box) == {one}


def test_one_that_staff_have_and_whose_slip_is_on_paper_goes(box: Outbox) -> None:
    one = payment(box, 100, PREFLIGHT, SENT, row(PaymentStep.NEEDS_STAFF))
    tell_payments(box)
    journal.paper(box, one, "claim", PrintResult.UNKNOWN)
    assert retention.purge(box, LATER) == 0
    journal.paper(box, one, "claim", PrintResult.PRINTED)
    assert retention.purge(box, LATER) == 1


def test_what_the_server_has_not_acknowledged_or_refuses_stays(box: Outbox) -> None:
    partly, refused, never = (payment(box, minor, PREFLIGHT, SENT, DECLINED) for minor in (100, 200, 300))
    first = payment_uploader.pending(box)
    assert first is not None
    assert first.id == partly
    payment_uploader.answered(box, first, ReportAnswer(PaymentId(partly), 3))
    second = payment_uploader.report_of(journal.attempt(box, refused), 0, 0)
    payment_uploader.refused(box, second, "payment-differs")
    assert retention.purge(box, LATER) == 0
    assert kept(box) == {partly, refused, never}


def test_a_server_that_has_less_than_it_said_keeps_it_here(box: Outbox) -> None:
    one = payment(box, 100, PREFLIGHT, SENT, DECLINED)
    told = payment_uploader.pending(box)
    assert told is not None
    payment_uploader.answered(box, told, ReportAnswer(PaymentId(one), 4))
    payment_uploader.answered(box, told, ReportAnswer(PaymentId(one), 2))
    assert retention.purge(box, LATER) == 0


def test_ends_of_day_go_when_the_server_has_them_but_for_the_newest(box: Outbox) -> None:
    new = reconciliation_journal.meet(box, date(2026, 11, 24), *HERE).id
    old, untold, refused = ended(box), ended(box), ended(box)
    asked = reconciliation_journal.ask(box, date(2026, 11, 27), *HERE).id
    reconciliation_journal.acknowledge(box, old)
    reconciliation_journal.acknowledge(box, refused, "reconciliation-differs")
    elsewhere = reconciliation_journal.meet(box, date(2026, 11, 24), "zvt+tcp", "10.0.0.10:20007").id
    assert retention.purge(box, LATER) == 2
    assert kept(box) == {untold, refused, asked, elsewhere}
    assert {new, old} & kept(box) == set()
    reconciliation_journal.failed(box, asked, ReconciliationStep.BY_HAND, "counted-by-hand")
    assert retention.purge(box, LATER) == 0
    reconciliation_journal.acknowledge(box, untold)
    ended(box)
    assert retention.purge(box, LATER) == 2


def test_rows_are_sealed_again_and_their_numbers_are_not_given_twice(box: Outbox) -> None:
    payment(box, 100, PREFLIGHT, SENT, DECLINED)
    tell_payments(box)
    ended(box)
    retention.purge(box, LATER)
    fresh = payment(box, 200, PREFLIGHT)
    with pytest.raises(OutboxError), box.transaction() as db:
        db.execute("DELETE FROM payment_row")
    with box.transaction() as db:
        assert db.execute("SELECT min(seq) FROM payment_row").fetchone()[0] > 4
    told = reconciliation_journal.pending(box)
    assert told is not None, "what came after it does not hold it up"
    assert journal.attempt(box, fresh).step is PaymentStep.PREFLIGHT_OK


def test_a_fault_in_the_middle_deletes_nothing_and_leaves_it_sealed(box: Outbox) -> None:
    one = payment(box, 100, PREFLIGHT, SENT, DECLINED)
    journal.paper(box, one, "receipt", PrintResult.PRINTED)
    tell_payments(box)
    box._db.execute(
        "CREATE TEMP TRIGGER no BEFORE DELETE ON payment_acknowledgement BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(OutboxError):
        retention.purge(box, LATER)
    assert kept(box) == {one}
    assert journal.attempt(box, one).step is PaymentStep.DECLINED
    for table in journal.PAYMENTS.tables:
        with pytest.raises(OutboxError), box.transaction() as db:
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
