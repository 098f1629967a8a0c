"""Whether numbers may be lost that nobody has heard of: then the next day goes on above them, and else begins at 1."""

from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from kiosk.errors import OtherDeviceError
from kiosk.store import slots
from kiosk.tickets.outbox import Outbox
from kiosk.tickets.series import Given
from queue_server.contract.devices import SeriesState
from tests.kiosk.tickets.test_outbox import SERIES, deliver, issue

YESTERDAY, DAY, NEXT = "2026-11-24", "2026-11-25", "2026-11-26"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the outbox of a kiosk that has given two numbers today, both delivered."""
    path = tmp_path / "outbox.sqlite"
    with closing(Outbox(path)) as box:
        box.enrol("demo", SERIES)
        assert box.begin_day(DAY, highest=0, last=0)
        issue(box, 2)
        deliver(box)
    return path


def first_code_of_next_day(path: Path) -> str:
    with closing(Outbox(path)) as box:
        assert box.begin_day(NEXT, highest=0, last=box.standing().last)
        (code,) = issue(box)
    return code


@pytest.mark.parametrize(
    ("day", "position", "lost", "code"),
    [
        # The power went after a number was written beside the outbox and before it was given.
        (DAY, 3, False, "B001"),
        (DAY, 4, False, "B005"),
        # What was lost before stays lost.
        (DAY, 3, True, "B004"),
        # The outbox is the newer one: the file beside it says nothing.
        (DAY, 1, True, "B001"),
        (YESTERDAY, 9, True, "B001"),
    ],
)
def test_what_stands_beside_the_outbox_says_whether_numbers_are_lost(
    path: Path, day: str, position: int, lost: bool, code: str
) -> None:
    beside = Given("demo", SERIES.letter, SERIES.first, SERIES.last, day, round=2, position=position, lost=lost)
    slots.write(path.with_suffix(".series"), msgspec.json.encode(beside))
    assert first_code_of_next_day(path) == code


def test_a_file_of_a_later_day_beside_an_outbox_of_before_means_that_numbers_are_lost(path: Path) -> None:
    beside = Given("demo", SERIES.letter, SERIES.first, SERIES.last, NEXT, round=3, position=3)
    slots.write(path.with_suffix(".series"), msgspec.json.encode(beside))
    with closing(Outbox(path)) as box:
        assert box.begin_day("2026-11-27", highest=0, last=box.standing().last)
        assert issue(box) == ["B004"]


def test_numbers_that_the_server_confirms_on_the_same_day_are_lost_no_more(path: Path) -> None:
    beside = Given("demo", SERIES.letter, SERIES.first, SERIES.last, DAY, round=2, position=9)
    slots.write(path.with_suffix(".series"), msgspec.json.encode(beside))
    with closing(Outbox(path)) as box:
        assert box.begin_day(DAY, highest=0, last=box.standing().last)
    assert first_code_of_next_day(path) == "B001"


def test_without_its_series_an_outbox_belongs_to_the_device_whose_codes_wait_in_it(path: Path) -> None:
    with closing(Outbox(path)) as box:
        issue(box)
        with box.transaction() as db:
            db.execute("DELETE FROM device")
    for damaged in path.parent.glob("*.series*"):
        damaged.unlink()
    with closing(Outbox(path)) as box:
        with pytest.raises(OtherDeviceError):
            box.enrol("demo", SeriesState("C", 1, 999))
        box.enrol("demo", SERIES)
        assert deliver(box) == ["B003"]
