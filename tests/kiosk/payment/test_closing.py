"""The journal of ends of day on disk, and what the server is told of them and when."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing as closed
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import OutboxError
from kiosk.payment import journal, payment_uploader, reconciliation_journal
from kiosk.payment.reconciliation_journal import ReconciliationStep, ReconciliationTotal
from kiosk.tickets.outbox import Outbox
from peripherals.money import Amount
from peripherals.payment.port import Result, TerminalReceipt, TerminalReceiptKind, TerminalReconciliation, Totals
from queue_server.contract.payments import ReconciliationReport, ReportAnswer, key_of
from queue_server.domain.values import PaymentId
from tests.kiosk.payment.stand import set_up
from tests.kiosk.payment.test_report import DECLINED, PREFLIGHT, SENT, payment

HERE = ("zvt+tcp", "10.0.0.9:20007")
DAY, NEXT = date(2026, 11, 25), date(2026, 11, 26)
COUNTED = TerminalReconciliation(Result.APPROVED, (Totals(Amount(8500, "EUR"), 1),))


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Outbox]:
    set_up(tmp_path / "outbox.sqlite")
    with closed(Outbox(tmp_path / "outbox.sqlite")) as one:
        journal.prepare(one)
        reconciliation_journal.prepare(one)
        yield one


def ended(box: Outbox, day: date = DAY, said: TerminalReconciliation = COUNTED) -> str:
    return reconciliation_journal.answer(box, reconciliation_journal.ask(box, day, *HERE).id, said).id


def tell_payments(box: Outbox) -> None:
    while (one := payment_uploader.pending(box)) is not None:
        payment_uploader.answered(box, one, ReportAnswer(PaymentId(one.id), one.rows[-1].row))


def test_what_the_terminal_counted_is_told_until_it_is_acknowledged(box: Outbox) -> None:
    ident = ended(box)
    told = reconciliation_journal.pending(box)
    assert told is not None
    assert (told.id, told.driver, told.terminal) == (ident, *HERE)
    assert [(one.currency, one.amount, one.count) for one in told.totals] == [("EUR", 8500, 1)]
    assert told.at == reconciliation_journal.record(box, ident).rows[0].at
    again = reconciliation_journal.pending(box)
    assert again is not None
    assert (again, key_of(again)) == (told, key_of(told))
    reconciliation_journal.acknowledge(box, ident)
    assert reconciliation_journal.pending(box) is None


def test_it_waits_for_the_payments_before_it_and_for_no_later_one(box: Outbox) -> None:
    payment(box, 100, PREFLIGHT, SENT, DECLINED)
    ident = ended(box)
    payment(box, 200, PREFLIGHT)
    assert reconciliation_journal.pending(box) is None
    first = payment_uploader.pending(box)
    assert first is not None
    payment_uploader.answered(box, first, ReportAnswer(PaymentId(first.id), 3))
    assert reconciliation_journal.pending(box) is None, "one row of it is not acknowledged"
    payment_uploader.answered(box, first, ReportAnswer(PaymentId(first.id), 4))
    told = reconciliation_journal.pending(box)
    assert told is not None
    assert told.id == ident


def test_a_payment_that_the_server_refuses_holds_no_end_of_day_up(box: Outbox) -> None:
    payment(box, 100, PREFLIGHT, SENT, DECLINED)
    ended(box)
    one = payment_uploader.pending(box)
    assert one is not None
    payment_uploader.refused(box, one, "payment-differs")
    assert reconciliation_journal.pending(box) is not None


def test_they_are_told_in_order_and_one_that_is_refused_is_kept_aside(box: Outbox) -> None:
    first, second = ended(box), ended(box, NEXT)
    told = reconciliation_journal.pending(box)
    assert told is not None
    assert told.id == first != second
    reconciliation_journal.acknowledge(box, first, "reconciliation-differs")
    told = reconciliation_journal.pending(box)
    assert told is not None
    assert told.id == second


def test_a_refusal_stands_until_that_day_or_a_later_one_is_taken(box: Outbox) -> None:
    assert reconciliation_journal.refused(box) == ""
    reconciliation_journal.resend_refused(box)
    first = ended(box)
    assert reconciliation_journal.refused(box) == "", "nothing was answered yet"
    reconciliation_journal.acknowledge(box, first, "terminal-elsewhere")
    assert reconciliation_journal.refused(box) == "terminal-elsewhere"
    assert reconciliation_journal.pending(box) is None
    for _ in range(2):
        reconciliation_journal.resend_refused(box)
        again = reconciliation_journal.pending(box)
        assert again is not None
        assert again.id == first
        assert reconciliation_journal.refused(box) == "terminal-elsewhere", "until there is an answer"
    reconciliation_journal.acknowledge(box, first, "reconciliation-ahead")
    assert reconciliation_journal.refused(box) == "reconciliation-ahead"
    second = ended(box, NEXT)
    reconciliation_journal.acknowledge(box, second)
    assert reconciliation_journal.refused(box) == ""
    reconciliation_journal.resend_refused(box)
    assert reconciliation_journal.pending(box) is None, "what is past is left to the log"
    reconciliation_journal.RECONCILIATIONS.resend_all(box)
    assert reconciliation_journal.refused(box) == "", "a server that has lost it is told again, and refuses nothing"


def test_a_refused_day_that_is_taken_in_the_end_is_well(box: Outbox) -> None:
    first = ended(box)
    reconciliation_journal.acknowledge(box, first, "terminal-elsewhere")
    reconciliation_journal.resend_refused(box)
    reconciliation_journal.acknowledge(box, first)
    assert reconciliation_journal.refused(box) == ""
    assert reconciliation_journal.pending(box) is None


def test_what_was_cut_off_or_failed_is_asked_again_under_its_id(box: Outbox) -> None:
    first = reconciliation_journal.ask(box, DAY, *HERE)
    assert (first.step, first.over) == (ReconciliationStep.ASKED, False)
    assert reconciliation_journal.pending(box) is None
    again = reconciliation_journal.ask(box, DAY, *HERE)
    reconciliation_journal.failed(box, again.id, ReconciliationStep.FAILED, "not-connected")
    third = reconciliation_journal.ask(box, NEXT, *HERE)
    done = reconciliation_journal.answer(box, third.id, COUNTED)
    assert first.id == again.id == done.id
    assert [row.step.value for row in done.rows] == ["asked", "asked", "failed", "asked", "totals"]
    assert (done.day, done.over) == (NEXT, True)
    told = reconciliation_journal.pending(box)
    assert told is not None
    assert told.at == done.rows[3].at, "the totals are those of the last time"
    assert reconciliation_journal.ask(box, NEXT, *HERE).id != done.id


@pytest.mark.parametrize(
    ("said", "step", "over"),
    [
        (TerminalReconciliation(Result.FAILED, reason="busy"), ReconciliationStep.FAILED, False),
        (TerminalReconciliation(Result.CANCELLED, reason="aborted"), ReconciliationStep.FAILED, False),
        (
            TerminalReconciliation(Result.IN_DOUBT, COUNTED.totals, reason="line-lost"),
            ReconciliationStep.IN_DOUBT,
            False,
        ),
    ],
)
def test_where_there_are_no_totals_nothing_is_told(
    box: Outbox, said: TerminalReconciliation, step: ReconciliationStep, *, over: bool
) -> None:
    one = reconciliation_journal.record(box, ended(box, said=said))
    assert (one.step, one.over, one.rows[-1].totals) == (step, over, ())
    assert reconciliation_journal.pending(box) is None


def test_each_terminal_has_its_own_days(box: Outbox) -> None:
    reconciliation_journal.meet(box, DAY, *HERE)
    assert reconciliation_journal.last(box, "zvt+tcp", "10.0.0.10:20007") is None
    mine = reconciliation_journal.last(box, *HERE)
    assert mine is not None
    assert (mine.step, mine.day, mine.over) == (ReconciliationStep.NEW, DAY, True)
    assert reconciliation_journal.pending(box) is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["EUR", "JPY", "KWD"]), st.integers(0, 10**6), st.none() | st.integers(-9, 10**7)),
        max_size=9,
    )
)
def test_what_is_said_in_parts_is_added_up_to_what_the_contract_takes(parts: list[tuple[str, int, int | None]]) -> None:
    sums = reconciliation_journal.totals_of(Totals(Amount(minor, currency), count) for currency, minor, count in parts)
    assert [one.currency for one in sums] == sorted({currency for currency, _, _ in parts})
    assert sum(one.minor for one in sums) == sum(minor for _, minor, _ in parts)
    one = reconciliation_journal.ReconciliationRecord(
        "", *HERE, (reconciliation_journal.ReconciliationRow(ReconciliationStep.ASKED, DECLINED.at, DAY),) * 2
    )
    row = msgspec.structs.replace(one.rows[0], step=ReconciliationStep.TOTALS, totals=sums)
    told = reconciliation_journal.report_of(
        reconciliation_journal.ReconciliationRecord("0198f5a0-0000-7000-8000-000000000000", *HERE, (one.rows[0], row))
    )
    # What the server would refuse is refused here.
    assert msgspec.json.decode(msgspec.json.encode(told), type=ReconciliationReport) == told


def test_a_count_that_is_not_said_once_is_not_known() -> None:
    parts = (Totals(Amount(1, "EUR"), 2), Totals(Amount(2, "EUR"), None), Totals(Amount(4, "EUR"), 1))
    assert reconciliation_journal.totals_of(parts) == (ReconciliationTotal("EUR", 7, None),)


def test_nothing_of_what_the_terminal_prints_is_kept(box: Outbox, tmp_path: Path) -> None:
    lines = TerminalReceipt(TerminalReceiptKind.ADMIN, ("Kassenschnitt", "4111111111111111"))
    ended(box, said=TerminalReconciliation(Result.APPROVED, COUNTED.totals, (lines,)))
    for name in ("outbox.sqlite", "outbox.sqlite-wal"):
        content = (tmp_path / name).read_bytes()
        assert b"Kassenschnitt" not in content
        assert b"4111111111111111" not in content


@pytest.mark.parametrize("table", reconciliation_journal.RECONCILIATIONS.tables)
def test_rows_are_only_added(box: Outbox, tmp_path: Path, table: str) -> None:
    reconciliation_journal.acknowledge(box, ended(box))
    with closed(sqlite3.connect(tmp_path / "outbox.sqlite")) as db:
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET ident = 'other'"):  # noqa: S608 - constants
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                db.execute(change)


def test_totals_that_cannot_be_written_are_not_there(box: Outbox) -> None:
    asked = reconciliation_journal.ask(box, DAY, *HERE)
    box._db.execute("CREATE TEMP TRIGGER no BEFORE INSERT ON reconciliation_row BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(OutboxError):
        reconciliation_journal.answer(box, asked.id, COUNTED)
    assert reconciliation_journal.record(box, asked.id) == asked
