"""Real arrivals as a file: counts of five minutes become days that the simulator reads."""

from datetime import datetime, timedelta

from installer.benchmark.bank_calls import rows
from queue_server.catalogue import toml
from queue_server.simulation.arrivals_file import days_of
from queue_server.simulation.staffing import load, staffed_centre, work_of
from tests.queue_server.simulation.town import EXAMPLES

OPENS = datetime.fromisoformat("2003-10-23T07:00")


def test_counts_become_days_of_the_example() -> None:
    counts = [
        (OPENS + timedelta(days=day, minutes=5 * piece), 150 + 10 * day + piece % 7)
        for day in (0, 1)
        for piece in range(169)
    ]
    setup = toml.parse((EXAMPLES / "calls.toml").read_text("utf-8"))
    days = days_of("\n".join(rows(counts)), setup)
    assert [day.day for day in days] == ["2003-10-23", "2003-10-24"]
    for day, (first, calls) in zip(days, ((0, 150), (1, 160)), strict=True):
        assert len(day.parties) == sum(calls + piece % 7 for piece in range(169)) // 50
        assert staffed_centre(setup, day.day).opens <= day.parties[0].arrives < day.parties[-1].arrives < day.closes, (
            first
        )
        assert 0.5 < load(day, work_of(day)) < 1.2


def test_each_fiftieth_call_has_an_even_place() -> None:
    assert list(rows([(OPENS, 100)])) == list(rows([(OPENS, 100)]))
    found = [line.split(",")[:3] for line in rows([(OPENS, 100), (OPENS + timedelta(minutes=5), 25)])]
    assert found == [
        ["day", "arrived", "services"],
        ["2003-10-23", "07:02:27", "question"],
        ["2003-10-23", "07:04:57", "question"],
    ]
