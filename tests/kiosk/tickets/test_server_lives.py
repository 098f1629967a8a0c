"""A server whose database is an older copy gets the tickets of today once more, and no other server does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.tickets.outbox import Outbox
from tests.kiosk.tickets.test_outbox import SERIES, deliver, issue


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    """Give an outbox with a delivered ticket of yesterday and one of today."""
    box = Outbox(tmp_path / "outbox.sqlite")
    box.enrol("demo", SERIES)
    for day in (25, 26):
        assert box.begin_day(f"2026-11-{day}", highest=0, last=box.standing().last)
        assert deliver_new(box) == ["B001"]
    yield box
    box.close()


def deliver_new(box: Outbox) -> list[str]:
    issue(box)
    return deliver(box)


def test_the_first_server_and_the_same_one_get_nothing_twice(outbox: Outbox) -> None:
    assert [outbox.meet(life) for life in ("one", "one", "one")] == [False, False, False]
    assert outbox.waiting() is None


def test_another_life_gets_the_tickets_of_today_and_not_those_of_people_who_have_gone(outbox: Outbox) -> None:
    assert not outbox.meet("one")
    issue(outbox)
    assert outbox.meet("another")
    assert deliver(outbox) == ["B001", "B002"]
    assert [ticket.seq for ticket in outbox.all()] == [1, 2, 3]
    # It is told once, and going back to the first life is another life again.
    assert not outbox.meet("another")
    assert outbox.waiting() is None
    assert outbox.meet("one")
    assert deliver(outbox) == ["B001", "B002"]
