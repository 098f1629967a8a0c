"""What a simulation is given as files: each line is read, or refused with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import MINUTE, SECOND, Category
from queue_server.simulation.arrivals_file import COLUMNS, days_of
from queue_server.simulation.demand import parse_demand
from queue_server.simulation.errors import ArrivalsInvalidError, DemandInvalidError, SimulationError
from tests.queue_server.simulation.town import DEMAND, RECORD, after, setup

SETUP = setup()
HEAD = ",".join(COLUMNS)
WHOLE = f"{HEAD}\n2026-12-01,08:05,passport+record,,3,08:15,7.5+4+6,30,45\n2026-12-01,08:00:30,record,,,,,,\n"


def test_all_columns_are_read() -> None:
    (day,) = days_of(WHOLE, SETUP)
    first, second = day.parties
    assert (first.arrives, first.services, first.category, first.people) == (
        after(0.5),
        (RECORD,),
        Category.WALK_IN,
        1,
    )
    # What is not said is as the catalogue has it.
    assert (first.needs, first.walk, first.patience, first.booked_at) == ((6 * MINUTE,), 40 * SECOND, None, None)
    assert (second.category, second.people, second.booked_at) == (Category.APPOINTMENT, 3, after(15))
    assert second.needs == (round(7.5 * MINUTE), 4 * MINUTE, 6 * MINUTE)
    assert (second.walk, second.patience) == (30 * SECOND, 45 * MINUTE)


def test_few_columns_are_enough_and_days_are_in_order() -> None:
    text = "services,arrived,day\nrecord,09:00,2026-12-02\n\nrecord,08:00,2026-12-01\nrecord,08:30,2026-12-02\n"
    days = days_of(text, SETUP)
    assert [(day.day, len(day.parties)) for day in days] == [("2026-12-01", 1), ("2026-12-02", 2)]
    assert [one.arrives for one in days[1].parties] == sorted(one.arrives for one in days[1].parties)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("2026-12-1,08:00,record,,,,,,", "day"),
        (",08:00,record,,,,,,", "day"),
        ("0001-01-01,08:00,record,,,,,,", "day"),
        ("2026-12-01,8:00,record,,,,,,", "arrived"),
        ("2026-12-01,24:00,record,,,,,,", "arrived"),
        ("2026-12-01,,record,,,,,,", "arrived"),
        ("2026-12-01,08:00,,,,,,,", "services"),
        ("2026-12-01,08:00,record+record,,,,,,", "services"),
        ("2026-12-01,08:00,fishing,,,,,,", "services"),
        ("2026-12-01,08:00,record,vip,,,,,", "category"),
        ("2026-12-01,08:00,record,appointment,,,,,", "booked"),
        ("2026-12-01,08:00,record,,0,,,,", "people"),
        ("2026-12-01,08:00,record,,2.5,,,,", "people"),
        ("2026-12-01,08:00,record,,99,,,,", "people"),
        ("2026-12-01,08:00,passport,,,,8,,", "minutes"),
        ("2026-12-01,08:00,record,,,,-8,,", "minutes"),
        ("2026-12-01,08:00,record,,,,1e9,,", "minutes"),
        ("2026-12-01,08:00,record,,,,9999,,", "minutes"),
        ("2026-12-01,08:00,record,,,,,x,", "walk_s"),
        ("2026-12-01,08:00,record,,,,,,nan", "patience_min"),
        ("2026-12-01,08:00", ""),
        ('2026-12-01,"08:00,record', ""),
    ],
)
def test_a_line_that_is_wrong_is_named(line: str, column: str) -> None:
    with pytest.raises(ArrivalsInvalidError) as refused:
        days_of(f"{HEAD}\n2026-12-01,08:00,record,,,,,,\n{line}\n", SETUP)
    assert refused.value.placeholders["line"] == 3
    assert refused.value.placeholders["column"] == column


@pytest.mark.parametrize("head", ["", "day,arrived\n", "day,arrived,services,hat\n", "day,day,arrived,services\n"])
def test_columns_that_are_wrong_are_refused(head: str) -> None:
    with pytest.raises(ArrivalsInvalidError):
        days_of(head, SETUP)


@given(st.text(max_size=200) | st.lists(st.text(max_size=12), max_size=9).map(",".join))
def test_anything_else_is_refused_and_nothing_breaks(line: str) -> None:
    try:
        days = days_of(f"{HEAD}\n{line}", SETUP)
    except SimulationError:
        return
    assert all(day.parties for day in days)


@given(st.binary(max_size=len(WHOLE)), st.integers(0, len(WHOLE)))
def test_a_good_file_with_a_piece_of_rubbish_in_it(rubbish: bytes, place: int) -> None:
    text = WHOLE[:place] + rubbish.decode("utf-8", "replace") + WHOLE[place:]
    try:
        days_of(text, SETUP)
    except SimulationError:
        return


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("spread_percent = 50", "spread_percent = -1"),
        ("spread_percent = 50", "hats = 50"),
        ("walk_s = 40", "walk_s = "),
        ('"08:00-09:00" = 80', '"09:00-08:00" = 80'),
        ('"08:00-09:00" = 80', '"08:00" = 80'),
        ('"08:00-09:00" = 80', '"08:00-09:00" = nan'),
        ('services = ["record"]', 'services = ["fishing"]'),
        ('services = ["record"]', 'services = ["record", "record"]'),
        ("1 = 74", "0 = 74"),
        ("1 = 74", "many = 74"),
        ("1 = 74", "1 = 0"),
        ("1 = 74", "1 = inf"),
    ],
)
def test_a_demand_that_is_wrong_is_refused(old: str, new: str) -> None:
    text = DEMAND.read_text("utf-8")
    assert parse_demand(text, SETUP).spread_percent == 50
    assert old in text
    with pytest.raises(DemandInvalidError) as refused:
        parse_demand(text.replace(old, new, 1), SETUP)
    assert refused.value.placeholders["reason"]


@given(st.text(max_size=300))
def test_a_demand_may_be_anything(text: str) -> None:
    with pytest.raises(DemandInvalidError):
        parse_demand(text, SETUP)
