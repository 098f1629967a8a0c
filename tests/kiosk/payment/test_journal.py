"""The journal on disk: synced, torn, and read by somebody else."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import OutboxError
from kiosk.payment import journal
from kiosk.payment.journal_model import FINAL, Attempt, PaymentStep
from kiosk.tickets.model import DeliveryState
from kiosk.tickets.outbox import Outbox
from tests.kiosk.payment.stand import bill, set_up
from tests.kiosk.payment.test_report import PREFLIGHT, SENT, row


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Outbox]:
    set_up(tmp_path / "outbox.sqlite")
    with closing(Outbox(tmp_path / "outbox.sqlite")) as one:
        journal.prepare(one)
        yield one


def begun(box: Outbox) -> Attempt:
    attempt = journal.begin(box, bill(), "zvt+tcp", "here")
    for one in (PREFLIGHT, SENT, row(PaymentStep.APPROVED)):
        attempt = journal.append(box, attempt.id, one)
    return attempt


def test_a_ticket_and_its_row_are_one_transaction(box: Outbox) -> None:
    attempt = begun(box)
    box._db.execute("CREATE TEMP TRIGGER no BEFORE INSERT ON payment_row BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(OutboxError):
        journal.issue(box, attempt.id, None)
    assert box.all() == ()
    box._db.execute("DROP TRIGGER no")
    after, ticket = journal.issue(box, attempt.id, None)
    assert (after.step, ticket.delivery, ticket.visit) == (PaymentStep.GOODS_ISSUED, DeliveryState.HELD, attempt.visit)
    assert ticket.code == "B001", "nothing was used up"


def test_the_end_and_what_becomes_of_the_ticket_are_one_transaction(box: Outbox) -> None:
    attempt = begun(box)
    journal.issue(box, attempt.id, None)
    box._db.execute("CREATE TEMP TRIGGER no BEFORE INSERT ON ticket_row BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(OutboxError):
        journal.append(box, attempt.id, row(PaymentStep.REVERSED))
    assert journal.attempt(box, attempt.id).step is PaymentStep.GOODS_ISSUED
    box._db.execute("DROP TRIGGER no")
    journal.append(box, attempt.id, row(PaymentStep.REVERSED))
    assert [one.delivery for one in box.all()] == [DeliveryState.WITHDRAWN]


def test_a_held_ticket_is_not_sent_and_puts_off_a_new_day(box: Outbox) -> None:
    attempt = begun(box)
    journal.issue(box, attempt.id, None)
    last = box.standing().last
    assert box.waiting() is None
    assert box.standing().waiting == 1
    assert not box.begin_day("2026-11-26", 0, last)
    assert box.recover() == (), "what became of its paper is for the payment"
    journal.append(box, attempt.id, row(PaymentStep.REVERSED))
    assert box.waiting() is None
    assert box.begin_day("2026-11-26", 0, last)


def test_a_row_that_cannot_follow_is_refused(box: Outbox) -> None:
    attempt = begun(box)
    with pytest.raises(RuntimeError):
        journal.append(box, attempt.id, row(PaymentStep.COMMITTED))
    assert journal.attempt(box, attempt.id) == attempt


def test_nothing_of_a_visit_is_sent_twice_or_taken_back_once_sent(box: Outbox) -> None:
    ticket = box.issue(("renewal",), "en", row(PaymentStep.CREATED).at)
    box.withdraw(ticket.visit)
    box.release(ticket.visit)
    assert [one.delivery for one in box.all()] == [DeliveryState.WAITING]
    box.sent(ticket.visit)
    box.release(ticket.visit)
    box.withdraw(ticket.visit)
    assert [one.delivery for one in box.all()] == [DeliveryState.SENT]


def test_codes_are_counted(box: Outbox) -> None:
    assert box.left() == 999 + 9000
    begun_one = begun(box)
    journal.issue(box, begun_one.id, None)
    assert box.left() == 999 + 9000 - 1


def test_what_costs_nothing_is_not_paid() -> None:
    with pytest.raises(ValueError, match="-"):
        bill(0)


def test_a_damaged_row_is_an_error_with_a_code(box: Outbox) -> None:
    attempt = begun(box)
    box._db.execute("DROP TRIGGER payment_row_UPDATE")
    box._db.execute("UPDATE payment_row SET detail = x'00ff'")
    with pytest.raises(OutboxError) as caught:
        journal.attempt(box, attempt.id)
    assert caught.value.code == "kiosk-record-damaged"
    assert box.repair()
    assert journal.unsettled(box) == ()
    assert not box.repair(), "nothing is left of it"


@given(keep=st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_a_torn_file_holds_a_beginning_of_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, keep: float
) -> None:
    """The end of the write-ahead log is gone: rows are missing from the end, never from the middle, and it opens."""
    whole, torn = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("torn")
    set_up(whole / "outbox.sqlite")
    with closing(Outbox(whole / "outbox.sqlite")) as box:
        journal.prepare(box)
        box._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        attempt = begun(box)
        journal.issue(box, attempt.id, None)
        steps = [one.step for one in journal.append(box, attempt.id, row(PaymentStep.COMMITTED)).rows]
        for name in ("outbox.sqlite", "outbox.sqlite-wal"):
            shutil.copy(whole / name, torn / name)
    log = torn / "outbox.sqlite-wal"
    log.write_bytes(log.read_bytes()[: round(log.stat().st_size * keep)])
    with closing(Outbox(torn / "outbox.sqlite")) as box:
        journal.prepare(box)
        left = journal.unsettled(box)
        assert len(left) <= 1
        for one in left:
            found = [each.step for each in one.rows]
            assert found == steps[: len(found)]
            assert (PaymentStep.GOODS_ISSUED in found) is (len(box.all()) == 1)
        assert not FINAL & {one.step for one in left}


def test_anybody_can_read_it_with_sql(box: Outbox, tmp_path: Path) -> None:
    attempt = begun(box)
    with closing(sqlite3.connect(tmp_path / "outbox.sqlite")) as db:
        found = db.execute("SELECT step FROM payment_row WHERE attempt = ? ORDER BY number", (attempt.id,)).fetchall()
    assert [step for (step,) in found] == ["created", "preflight-ok", "sent", "approved"]
