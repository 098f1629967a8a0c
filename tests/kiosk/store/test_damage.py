"""A file that a power cut or a dying disk has left: the kiosk goes on, with every ticket that can still be read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import OtherDeviceError
from kiosk.tickets.model import DeliveryState
from kiosk.tickets.outbox import Outbox
from queue_server.contract.devices import SeriesState
from tests.kiosk.tickets.test_outbox import SERIES, issue

TICKETS = 60


def fill(path: Path) -> list[str]:
    box = Outbox(path)
    box.enrol("demo", SERIES)
    assert box.begin_day("2026-11-25", highest=0, last=0)
    codes = issue(box, TICKETS)
    box.close()
    return codes


def asides(path: Path) -> list[Path]:
    return [found for found in path.parent.glob("outbox.sqlite.damaged-*") if not found.name.endswith(("-wal", "-shm"))]


def codes_left(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [code for (code,) in db.execute("SELECT code FROM ticket ORDER BY seq")]


def test_a_sound_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    codes = fill(path)
    Outbox(path).close()
    assert codes_left(path) == codes
    assert asides(path) == []


def test_a_page_that_is_lost_costs_what_stood_in_it(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    codes = fill(path)
    with closing(sqlite3.connect(path)) as db:
        size = db.execute("PRAGMA page_size").fetchone()[0]
        (page,) = db.execute(
            "SELECT pageno FROM dbstat WHERE name = 'ticket' ORDER BY pageno LIMIT 1 OFFSET 2"
        ).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = bytes(size)
    path.write_bytes(content)
    box = Outbox(path)
    assert len(asides(path)) == 1
    left = codes_left(path)
    assert 0 < len(left) < TICKETS
    assert left == [code for code in codes if code in set(left)]
    # The device's row was in another page: numbers go on above all that were ever given.
    assert issue(box) == [f"B{TICKETS + 1:03}"]
    ticket = box.waiting()
    assert ticket is not None
    assert ticket.delivery is DeliveryState.WAITING
    box.close()


@pytest.mark.parametrize("content", [b"garbage" * 1000, b"SQLite format 3\0" + bytes(4080)])
def test_a_file_that_is_none_begins_anew_above_what_the_server_has_seen(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "outbox.sqlite"
    path.write_bytes(content)
    box = Outbox(path)
    assert [aside.read_bytes() for aside in asides(path)] == [content]
    box.enrol("demo", SERIES)
    assert box.begin_day("2026-11-25", highest=41, last=0)
    assert issue(box) == ["B042"]
    box.close()


def test_a_file_of_a_form_that_no_sqlite_knows_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    fill(path)
    content = bytearray(path.read_bytes())
    # The schema format number, of which there are four (SQLite: database file format, 1.3.9).
    content[44:48] = (5).to_bytes(4)
    path.write_bytes(content)
    Outbox(path).close()
    assert [aside.read_bytes() for aside in asides(path)] == [bytes(content)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_damaged_a_kiosk_opens_its_outbox(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "outbox.sqlite"
    codes = fill(path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            garbage = data.draw(st.binary(min_size=1, max_size=600))
            content[at : at + len(garbage)] = garbage
        else:
            del content[at:]
            break
    path.write_bytes(content)
    if data.draw(st.booleans()):
        path.with_suffix(".series").unlink()
    box = Outbox(path)
    left = codes_left(path)
    assert len(left) <= TICKETS
    assert len(set(left)) == len(left)
    box.enrol("demo", SERIES)
    if box.begin_day("2026-11-25", highest=TICKETS, last=0):
        assert issue(box)[0] not in codes
    else:
        assert box.standing().waiting, "those that wait are delivered first"
    box.close()


def test_tickets_whose_device_is_lost_are_delivered_before_another_number_is_given(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    codes = fill(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM device")
        db.commit()
    path.with_suffix(".series").unlink()
    box = Outbox(path)
    with pytest.raises(OtherDeviceError):
        box.enrol("demo", SeriesState("C", 1, 999))
    box.enrol("demo", SERIES)
    assert not box.begin_day("2026-11-25", highest=0, last=box.standing().last), "the server has not seen them"
    for _ in codes:
        ticket = box.waiting()
        assert ticket is not None
        box.sent(ticket.visit)
    assert box.begin_day("2026-11-25", highest=TICKETS, last=box.standing().last)
    assert issue(box) == [f"B{TICKETS + 1:03}"]
    box.close()
