"""What the two files of the series say is checked, and what is damaged is forgotten a month later."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from kiosk.store import slots
from kiosk.store.quarantine import checksum
from kiosk.tickets.outbox import Outbox
from kiosk.tickets.series import Given
from queue_server.contract.devices import SeriesState
from queue_server.domain.values import VisitId, new_id

SERIES = SeriesState("B", 1, 999)
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite"


def opened(path: Path) -> Outbox:
    box = Outbox(path)
    box.enrol("demo", SERIES)
    assert box.begin_day("2026-11-25", highest=0, last=0)
    return box


def written(path: Path, content: bytes, mark: bytes) -> None:
    """Put other bytes in the place of what the outbox says was given."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE device SET content = ?, checksum = ?", (content, mark))


def test_what_was_given_is_believed_only_with_its_checksum(path: Path) -> None:
    with closing(opened(path)) as box:
        assert [box.issue(("renewal",), "en", NOW).code for _ in range(3)] == ["B001", "B002", "B003"]
    beside = path.with_suffix(".series")
    kept = slots.read(beside)
    assert kept is not None
    ahead = msgspec.json.encode(msgspec.structs.replace(msgspec.json.decode(kept, type=Given), position=7))
    written(path, ahead, checksum(kept))
    with closing(Outbox(path)) as box:
        # The file beside it knows better, and that tickets may have been lost with it.
        assert box.issue(("renewal",), "en", NOW).code == "B004"


@pytest.mark.parametrize(("here", "beside"), [(5, 2), (2, 5)])
def test_of_two_rounds_the_later_one_counts(path: Path, here: int, beside: int) -> None:
    """The round tells which tickets are of this start of the series: it never goes back."""
    with closing(opened(path)) as box:
        box.issue(("renewal",), "en", NOW)
    kept = slots.read(path.with_suffix(".series"))
    assert kept is not None
    given = msgspec.json.decode(kept, type=Given)
    slots.write(
        path.with_suffix(".series"), msgspec.json.encode(msgspec.structs.replace(given, round=beside, position=9))
    )
    content = msgspec.json.encode(msgspec.structs.replace(given, round=here))
    written(path, content, checksum(content))
    with closing(Outbox(path)) as box:
        assert box.issue(("renewal",), "en", NOW).code == "B010"
    now = slots.read(path.with_suffix(".series"))
    assert now is not None
    assert msgspec.json.decode(now, type=Given).round == max(here, beside)


def test_an_answer_about_a_ticket_that_damage_has_taken_counts_for_nothing(path: Path) -> None:
    with closing(opened(path)) as box:
        box.issue(("renewal",), "en", NOW)
        before = box.standing()
        box.sent(VisitId(new_id()))
        box.refused(VisitId(new_id()), "visit-unknown")
        assert box.standing() == before


def test_damaged_records_are_kept_for_thirty_days(path: Path) -> None:
    with closing(opened(path)) as box:
        pass
    with closing(sqlite3.connect(path)) as db, db:
        for day in ("2026-11-25", "2026-11-26", "2026-11-27"):
            db.execute("INSERT INTO quarantine (day, record, content) VALUES (?, 'ticket', x'00')", (day,))
    with closing(Outbox(path)) as box:
        assert box.begin_day("2026-12-26", highest=0, last=0)
    with closing(sqlite3.connect(path)) as db:
        assert [day for (day,) in db.execute("SELECT day FROM quarantine")] == ["2026-11-26", "2026-11-27"]
