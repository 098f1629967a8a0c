"""Bytes that change inside one row, which SQLite does not see: the row is put aside, and everything else goes on."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from kiosk.payment import journal, payment_uploader
from kiosk.payment import reconciliation_journal as reconciliations
from kiosk.payment.journal_model import PaymentRow, PaymentStep
from kiosk.store.quarantine import checksum
from kiosk.tickets.model import Sealed
from kiosk.tickets.outbox import Outbox, OutboxWorker
from tests.kiosk.payment.stand import bill
from tests.kiosk.tickets.test_outbox import NOW, SERIES, deliver, issue

DAY = "2026-11-25"


def flip(path: Path, what: bytes) -> None:
    """Change the middle byte of what stands in the file, in each place where it does."""
    content = bytearray(path.read_bytes())
    places, at = 0, content.find(what)
    while at >= 0:
        content[at + len(what) // 2] ^= 0x5A
        places, at = places + 1, content.find(what, at + 1)
    assert places, "it stands in the file"
    path.write_bytes(content)


def filled(path: Path, tickets: int = 3) -> Outbox:
    box = Outbox(path)
    box.enrol("demo", SERIES)
    assert box.begin_day(DAY, highest=0, last=0)
    issue(box, tickets)
    return box


def detail_of(path: Path, code: str) -> bytes:
    """Give what the second ticket asks for, as it stands in the file."""
    with closing(sqlite3.connect(path)) as db:
        found = "SELECT detail FROM ticket_row JOIN ticket USING (visit) WHERE code = ? AND number = 1"
        return bytes(db.execute(found, (code,)).fetchone()[0])


def column(path: Path, name: str, code: str) -> bytes:
    with closing(sqlite3.connect(path)) as db:
        return str(db.execute(f"SELECT {name} FROM ticket WHERE code = ?", (code,)).fetchone()[0]).encode()  # noqa: S608 - a constant


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite"


@pytest.mark.parametrize(
    "what",
    [
        lambda path: detail_of(path, "B002"),
        lambda path: column(path, "key", "B002"),
        lambda path: column(path, "visit", "B002"),
    ],
    ids=["request", "key", "visit"],
)
def test_a_waiting_row_that_changed_holds_up_no_other(path: Path, what: Callable[[Path], bytes]) -> None:
    filled(path).close()
    flip(path, what(path))
    with capture_logs() as logged:
        box = Outbox(path)
        assert deliver(box) == ["B001", "B003"]
    assert {one["record"] for one in logged if one["event"] == "record-damaged"} >= {"ticket"}
    assert box.standing().damaged > 0
    assert (box.standing().waiting, issue(box)) == (0, ["B004"]), "its number is not given again"
    box.close()
    again = Outbox(path)
    assert again.standing().damaged > 0, "it is said as long as a day"
    again.close()


def test_it_is_said_for_a_whole_day_and_kept_for_a_month(path: Path) -> None:
    filled(path).close()
    flip(path, detail_of(path, "B002"))
    box = Outbox(path)
    deliver(box)
    said = {}
    for day in ("2026-11-26", "2026-11-27", "2026-12-25", "2026-12-26"):
        assert box.begin_day(day, 0, box.standing().last)
        kept = box._db.execute("SELECT count(*) FROM quarantine").fetchone()[0] > 0
        said[day] = (box.standing().damaged > 0, kept)
    assert said == {
        "2026-11-26": (True, True),
        "2026-11-27": (False, True),
        "2026-12-25": (False, True),
        "2026-12-26": (False, False),
    }
    box.close()


def test_what_was_read_of_documents_is_not_kept_with_what_is_put_aside(path: Path) -> None:
    box = Outbox(path)
    box.enrol("demo", SERIES)
    assert box.begin_day(DAY, highest=0, last=0)
    secret = "sealed-to-the-server-" * 8
    box.issue(("renewal",), "en", NOW, sealer=lambda _: Sealed((secret,)))
    box.close()
    flip(path, detail_of(path, "B001"))
    box = Outbox(path)
    assert box.all() == ()
    box.close()
    assert secret.encode() not in path.read_bytes()


def test_a_reading_that_changed_costs_the_reading_and_not_the_ticket(path: Path) -> None:
    box = Outbox(path)
    box.enrol("demo", SERIES)
    assert box.begin_day(DAY, highest=0, last=0)
    box.issue(("renewal",), "en", NOW, sealer=lambda _: Sealed(("sealed-to-the-server",)))
    box.close()
    flip(path, b"sealed-to-the-server")
    box = Outbox(path)
    ticket = box.waiting()
    assert ticket is not None
    assert (ticket.code, ticket.request.readings) == ("B001", ())
    box.close()


def test_an_answer_that_changed_has_the_ticket_told_once_more(path: Path) -> None:
    box = filled(path, 2)
    first = box.waiting()
    assert first is not None
    box.sent(first.visit)
    with closing(sqlite3.connect(path)) as db:
        (mark,) = db.execute("SELECT checksum FROM ticket_acknowledgement").fetchone()
    box.close()
    flip(path, mark)
    box = Outbox(path)
    assert deliver(box) == ["B001", "B002"]
    box.close()


def test_a_payment_that_changed_holds_up_no_other_and_no_ticket(path: Path) -> None:
    box = filled(path, 1)
    journal.prepare(box)
    reconciliations.prepare(box)
    bad = journal.begin(box, bill(), "zvt+tcp", "here")
    for step in (PaymentStep.PREFLIGHT_OK, PaymentStep.SENT):
        journal.append(box, bad.id, PaymentRow(step, datetime.now(UTC)))
    (detail,) = box._db.execute("SELECT detail FROM payment_row WHERE step = 'sent'").fetchone()
    box.close()
    flip(path, bytes(detail))
    box = Outbox(path)
    journal.prepare(box)
    assert journal.unsettled(box) == ()
    assert payment_uploader.pending(box) is None
    assert box.standing().damaged > 0
    good = journal.begin(box, bill(order="next"), "zvt+tcp", "here")
    told = payment_uploader.pending(box)
    assert told is not None
    assert told.id == good.id
    assert deliver(box) == ["B001"]
    box.close()


async def test_what_changes_while_the_kiosk_runs_is_put_aside_when_it_is_met(path: Path) -> None:
    await asyncio.to_thread(lambda: filled(path).close())
    async with OutboxWorker(path) as box:
        assert (await box(Outbox.standing)).damaged == 0
        await box(change, "B001")
        ticket = await box(Outbox.waiting)
        assert ticket is not None
        assert ticket.code == "B002"
        assert (await box(Outbox.standing)).damaged > 0


def change(box: Outbox, code: str) -> None:
    """Change bytes of a row as a disk does: past everything that would refuse it."""
    with box.transaction() as db:
        db.execute("DROP TRIGGER ticket_row_UPDATE")
        db.execute(
            "UPDATE ticket_row SET detail = x'00ff' WHERE visit = (SELECT visit FROM ticket WHERE code = ?)", (code,)
        )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_byte_of_a_row_changes_all_others_are_delivered(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("rows") / "outbox.sqlite"
    filled(path).close()
    whole = detail_of(path, "B002") if data.draw(st.booleans()) else column(path, "key", "B002")
    at = data.draw(st.integers(0, len(whole) - 1))
    content = bytearray(path.read_bytes())
    content[content.index(whole) + at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    box = Outbox(path)
    assert set(deliver(box)) >= {"B001", "B003"}
    assert issue(box) == ["B004"]
    box.close()


def test_a_checksum_tells_text_from_its_bytes_by_nothing_and_all_else_apart() -> None:
    assert checksum("a", 1, True) == checksum(b"a", 1, 1)
    assert len({checksum("a", "b"), checksum("ab", ""), checksum("a"), checksum(1), checksum(1.0), checksum(None)}) == 6
