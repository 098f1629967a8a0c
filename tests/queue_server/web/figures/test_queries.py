"""Addresses of the pages of figures: what is written is read, and what nobody writes stands for nothing."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from queue_server.reports.facts import VisitSource
from queue_server.web.figures.figures_query import COUNTED_BY, ENDS, FiguresQuery, VisitsQuery, read, read_visits
from queue_server.web.figures.period import PeriodLength, period, same_weekday

DAYS = st.dates(date(2000, 1, 3), date(2990, 12, 20))
QUERIES = st.builds(
    FiguresQuery,
    st.sampled_from(PeriodLength),
    st.none() | DAYS,
    flow=st.booleans(),
    by_came=st.booleans(),
    by=st.sampled_from(COUNTED_BY),
)
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True) | st.just("")
VISITS = st.builds(
    VisitsQuery,
    QUERIES,
    weekday=st.none() | st.integers(0, 6),
    hour=st.none() | st.integers(0, 24),
    end=st.sampled_from(["", "served", "left", "present"]),
    source=st.none() | st.sampled_from(VisitSource),
    step=NAMES,
    in_time=st.none() | st.booleans(),
    to=NAMES,
    leaving=st.sampled_from(["", *ENDS]),
    group=NAMES,
    printed_again=st.booleans(),
    skip=st.integers(0, 10**6 - 1),
)


def fields(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


@given(QUERIES)
def test_what_is_written_is_read(asked: FiguresQuery) -> None:
    assert read(fields(asked.address())) == asked


@given(VISITS)
def test_the_visits_that_are_written_are_read(asked: VisitsQuery) -> None:
    assert read_visits(fields(asked.address())) == asked


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "of",
                "day",
                "view",
                "map",
                "by",
                "group",
                "weekday",
                "hour",
                "end",
                "source",
                "in-time",
                "leaving",
                "printed",
                "skip",
            ]
        ),
        st.text(max_size=12),
    )
)
def test_whatever_an_address_says_it_is_read(said: dict[str, str]) -> None:
    asked = read_visits(said)
    assert read_visits(fields(asked.address())) == asked
    asked.filter(date(2026, 11, 25))


@given(st.sampled_from(PeriodLength), DAYS)
def test_periods_lie_beside_each_other(length: PeriodLength, day: date) -> None:
    one = period(length, day)
    assert one.first <= day <= one.last
    assert (one.first - one.before().last).days == 1
    assert (one.after().first - one.last).days == 1
    assert one.before().after() == one == one.after().before()
    assert {period(length, other) for other in (one.first, one.last)} == {one}
    listed = list(one.days())
    assert (listed[0], listed[-1]) == (one.first, one.last)
    assert sum(len(one.on(weekday)) for weekday in range(7)) == len(listed)


@given(DAYS, st.integers(0, 30))
def test_the_same_weekday_is_the_same_weekday(day: date, weeks: int) -> None:
    found = same_weekday(day, weeks)
    assert len(found) == weeks
    assert all((day - date.fromisoformat(one)).days % 7 == 0 and date.fromisoformat(one) < day for one in found)
