"""Figures of several keys: together, in teams, and no small groups for readers outside."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import CounterId
from queue_server.reports.durations import durations_of
from queue_server.reports.figures import (
    OTHERS,
    GroupFigures,
    ServiceStandard,
    by_key,
    in_large_groups,
    in_teams,
    together,
)
from queue_server.reports.tally import Tally

GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12))


def rows(groups: dict[str, int]) -> list[GroupFigures]:
    return [
        GroupFigures(key, Tally(visits=visits, waits=durations_of([60] * visits))) for key, visits in groups.items()
    ]


@given(GROUPS, st.integers(1, 8))
def test_no_group_is_small_and_nobody_is_lost_but_where_all_are_few(groups: dict[str, int], at_least: int) -> None:
    shown = in_large_groups(rows(groups), at_least)
    assert all(row.tally.visits >= at_least for row in shown)
    total = sum(groups.values())
    assert sum(row.tally.visits for row in shown) == (total if total >= at_least else 0)
    for row in shown:
        if row.key != OTHERS:
            assert row.tally.visits == groups[row.key]


def test_one_small_group_takes_the_smallest_other_with_it() -> None:
    """A group that is left out alone is what the total has more than those that are shown."""
    shown = in_large_groups(rows({"a": 3, "b": 9, "c": 7}))
    assert {row.key: row.tally.visits for row in shown} == {"b": 9, OTHERS: 10}


def test_two_small_groups_that_are_enough_stand_alone() -> None:
    shown = in_large_groups(rows({"a": 3, "b": 9, "c": 2}))
    assert {row.key: row.tally.visits for row in shown} == {"b": 9, OTHERS: 5}


def test_counters_are_counted_by_their_team() -> None:
    counters = [GroupFigures(key, Tally(visits=1), open_s=60, paused_s=0) for key in ("1", "2", "3", "9")]
    teams = {CounterId("1"): "papers", CounterId("2"): "papers", CounterId("3"): "cash"}
    found = {row.key: (row.tally.visits, row.open_s) for row in in_teams(counters, teams)}
    assert found == {"papers": (2, 120), "cash": (1, 60), "": (1, 60)}


def test_figures_of_one_key_are_counted_as_one_and_leave_their_rows_as_they_were() -> None:
    known = rows({"a": 2}) + rows({"a": 3, "b": 1})
    assert [(row.key, row.tally.visits) for row in by_key(known)] == [("a", 5), ("b", 1)]
    assert together("all", known).tally.waits.total_s == 360
    assert [row.tally.visits for row in known] == [2, 3, 1]


def test_a_standard_is_kept_where_enough_were_called_within_its_minutes() -> None:
    standard = ServiceStandard(minutes=20, percent=80)
    waits = [20 * 60 + 59] * 4
    for late, kept in ((20 * 60 + 59, True), (21 * 60, True)):
        tally = Tally(waits=durations_of([*waits, late]))
        assert standard.is_kept(tally) is kept
    assert standard.is_kept(Tally(waits=durations_of([*waits, 1260, 1260]))) is False
    assert standard.within(Tally(waits=durations_of([*waits, 1260]))) == 4
    assert standard.is_kept(Tally()) is None


def test_who_left_without_a_call_counts_against_a_standard_however_soon() -> None:
    standard = ServiceStandard(minutes=20, percent=80)
    called, left = [60] * 4, [60]
    assert standard.is_kept(Tally(waits=durations_of(called + left), waits_in_vain=durations_of(left))) is True
    tally = Tally(waits=durations_of(called + left * 2), waits_in_vain=durations_of(left * 2))
    assert standard.within(tally) == 4
    assert standard.is_kept(tally) is False


def test_counters_are_idle_while_they_are_open_and_nobody_is_there() -> None:
    tally = Tally(busy_s=330)
    assert GroupFigures("1", tally, open_s=600, paused_s=60).idle_s == 270
    assert GroupFigures("1", tally).idle_s is None
