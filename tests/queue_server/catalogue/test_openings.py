"""Openings told in advance say the same as looking at the clock on the wall at every moment."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, zip_longest
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.catalogue import model, store, toml
from queue_server.catalogue.hours import DAYS_AHEAD, OpenInterval, is_open, openings
from queue_server.domain.values import Micros, to_micros
from tests.queue_server.catalogue.strategies import setups

DEMO, HARBOUR = map(toml.parse, store.demo_catalogues())
HALIFAX = ZoneInfo("America/Halifax")
INSTANTS = st.integers(0, 15 * 365 * 86_400).map(
    lambda second: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
#: Every hour of every day: the clock's changes show.
ALWAYS = model.OpeningHours(*(("00:00-24:00",),) * 7)
#: An hour that Halifax shows twice on 1 November 2026, and one that it leaves out on 8 March.
NIGHTS = model.OpeningHours(sunday=("01:00-01:30", "02:00-03:00"))


def _end(setup: model.Setup, instant: datetime) -> datetime:
    zone = ZoneInfo(setup.centre.zone)
    last = instant.astimezone(zone).date() + timedelta(days=DAYS_AHEAD)
    return datetime.combine(last, datetime.min.time(), zone).astimezone(UTC)


@settings(max_examples=60)
@given(setups(frozenset({"hours", "holidays"})), INSTANTS, st.lists(st.floats(0, 1), max_size=20))
@example(replace(HARBOUR, hours=NIGHTS), datetime(2026, 11, 1, 3, tzinfo=UTC), [n / 500 for n in range(30)])
@example(replace(HARBOUR, hours=NIGHTS), datetime(2026, 3, 8, 3, tzinfo=UTC), [n / 500 for n in range(30)])
@example(replace(HARBOUR, hours=ALWAYS), datetime(2026, 10, 30, 3, tzinfo=UTC), [])
@example(DEMO, datetime(2026, 11, 25, 12, tzinfo=UTC), [0.0, 0.5, 0.99])
def test_the_centre_is_open_within_openings_and_at_no_other_time(
    setup: model.Setup, instant: datetime, moments: list[float]
) -> None:
    told, end = openings(setup, instant), _end(setup, instant)
    for part in moments:
        moment = instant + (end - instant) * min(part, 0.999_999)
        assert is_open(setup, moment) == any(one.opens <= moment < one.closes for one in told), moment
    for one in told:
        assert is_open(setup, one.opens)
        assert is_open(setup, one.closes - SECOND)
        assert one.closes == end or one.opens > end or not is_open(setup, one.closes)
        assert one.opens <= one.last_ticket <= one.closes
    assert all(before.closes < after.opens for before, after in pairwise(told))
    assert all(one.closes > instant for one in told)
    assert is_open(setup, instant) == (told != () and told[0].opens <= instant)


@settings(max_examples=40)
@given(setups(frozenset({"hours", "holidays"})), INSTANTS)
def test_the_last_ticket_comes_before_closing_and_not_before_a_break(setup: model.Setup, instant: datetime) -> None:
    told, end, rule = openings(setup, instant), _end(setup, instant), model.day_rule(setup)
    before = setup.rules.last_ticket_min * MINUTE
    for one, following in zip_longest(told, told[1:]):
        if one.opens > end:
            assert told == (one,)
            continue
        same_day = following is not None and rule.day_at(_micros(one.closes)) == rule.day_at(_micros(following.opens))
        goes_on = one.closes == end or same_day
        assert one.last_ticket == (one.closes if goes_on else max(one.opens, one.closes - before))


def _micros(moment: datetime) -> Micros:
    return to_micros(moment)


def _wall(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}").replace(tzinfo=HALIFAX).astimezone(UTC)


def test_harbour_tells_a_day_with_a_break_and_skips_its_closed_days() -> None:
    told = openings(HARBOUR, _wall(25, "09:00"))  # a Wednesday
    assert told[:2] == (
        OpenInterval(_wall(25, "08:30"), _wall(25, "12:30"), _wall(25, "12:30")),
        OpenInterval(_wall(25, "13:00"), _wall(25, "18:00"), _wall(25, "18:30")),
    )
    days = [one.opens.astimezone(HALIFAX).day for one in told]
    assert days == [25, 25, 26, 26, 27, 28, 30, 30, 1, 1, 2, 2]  # without Sunday 29
    christmas = openings(HARBOUR, datetime(2026, 12, 23, 12, tzinfo=UTC))
    assert {one.opens.astimezone(HALIFAX).day for one in christmas} == {23, 26, 28, 29, 30}


def test_a_centre_that_is_closed_for_weeks_tells_when_it_opens_again() -> None:
    """Otherwise a kiosk could not tell it from one whose hours it does not know."""
    first, last = date(2026, 11, 24), date(2026, 12, 20)
    days = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    closed = replace(HARBOUR, holidays=replace(HARBOUR.holidays, closed=days))
    opens = datetime(2026, 12, 21, 8, 30, tzinfo=HALIFAX)
    assert [one.opens for one in openings(closed, _wall(25, "09:00"))] == [opens]
    assert len(openings(closed, datetime(2026, 12, 20, 12, tzinfo=UTC))) > 5
    assert openings(replace(HARBOUR, hours=model.OpeningHours()), _wall(25, "09:00")) == ()


def test_round_the_clock_is_one_opening_without_a_last_ticket() -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    (one,) = openings(DEMO, now)
    assert one.closes - one.opens == timedelta(days=DAYS_AHEAD + 1)
    assert one.last_ticket == one.closes
    assert openings(DEMO, now + timedelta(hours=9)) == (one,)


def test_what_is_told_moves_with_openings_and_days_alone() -> None:
    """An answer is kept until one of them passes: nothing in it counts from the moment of asking."""
    assert openings(HARBOUR, _wall(25, "09:00")) == openings(HARBOUR, _wall(25, "12:29:59"))
    assert openings(HARBOUR, _wall(25, "12:30")) == openings(HARBOUR, _wall(25, "09:00"))[1:]
