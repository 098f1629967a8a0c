"""Who is there by the staffing plan, and how busy the busiest are, counted by hand."""

import pytest
from msgspec.structs import replace

from queue_server.domain.values import HOUR, MINUTE, Category, CounterId, Day, GovernmentId, ServiceId
from queue_server.queue.settings import Skills
from queue_server.simulation.arrivals import drawn_day
from queue_server.simulation.comparison import loaded_days
from queue_server.simulation.errors import NobodyServesError
from queue_server.simulation.staffing import expected_work, load, staffed_centre, work_of
from tests.queue_server.simulation.town import (
    OPENS,
    PAPERS,
    RECORD,
    SUBMISSION,
    after,
    centre,
    counter,
    demand,
    drawn,
    party,
    setup,
    small,
)

VISA = ServiceId("visa")


def test_counters_are_there_as_the_plan_says() -> None:
    there = centre()
    assert len(there.empty.counters) == 18
    early = next(one for one in there.empty.counters if one.id == "papers-early-1")
    assert early.spans == ((OPENS, after(240)), (after(270), after(480)))
    assert early.skills == Skills(steps=(PAPERS,))
    assert (there.last_ticket - OPENS, there.empty.closes - OPENS) == (7 * HOUR + 30 * MINUTE, 8 * HOUR)


def test_a_closed_day_is_refused() -> None:
    with pytest.raises(NobodyServesError):
        staffed_centre(setup(), Day("2026-12-05"))


def test_the_load_is_that_of_the_counters_with_the_most_to_do() -> None:
    """An hour each: one counter for papers of everybody, one for Aldova's alone, one to hand in."""
    counters = (
        counter("all", (0, 60), steps=(PAPERS,)),
        replace(counter("aldova", (0, 60)), skills=Skills((PAPERS,), (), (GovernmentId("XAL"),))),
        counter("submission", (0, 60), steps=(SUBMISSION,)),
    )
    day = small(counters)
    assert load(day, {}) == 0
    assert load(day, {(PAPERS, RECORD): 30 * MINUTE}) == pytest.approx(0.5)
    # Both together have an hour and a half of two hours; the first alone, of what only it can do, half of its hour.
    assert load(day, {(PAPERS, RECORD): 30 * MINUTE, (PAPERS, VISA): 60 * MINUTE}) == pytest.approx(0.75)
    assert load(day, {(PAPERS, RECORD): 54 * MINUTE, (PAPERS, VISA): 6 * MINUTE}) == pytest.approx(0.9)
    assert load(day, {(PAPERS, RECORD): 30 * MINUTE, (SUBMISSION, VISA): 60 * MINUTE}) == pytest.approx(1)
    with pytest.raises(NobodyServesError):
        load(small((counters[2],)), {(PAPERS, RECORD): 1.0})


def test_work_of_a_day_counts_the_way_to_the_counter() -> None:
    day = small((counter("p", (0, 60)),), party(0, 5, walk=MINUTE), party(1, 7, 2, walk=2 * MINUTE))
    assert sum(work_of(day).values()) == 19 * MINUTE


def test_days_that_are_drawn_have_the_load_that_was_asked_for() -> None:
    days = drawn(1.1, days=30)
    mean = sum(load(day, work_of(day)) for day in days) / len(days)
    assert mean == pytest.approx(1.1, rel=0.03)
    expected = sum(expected_work(centre(), demand()).values()) / load(centre().empty, expected_work(centre(), demand()))
    assert sum(sum(work_of(day).values()) for day in days) / len(days) == pytest.approx(1.1 * expected, rel=0.03)


def test_given_days_can_be_made_busier() -> None:
    day = small((counter("p", (0, 60)),), party(0, 6), party(5, 6))
    (busier,) = loaded_days((day,), 0.5)
    assert [one.needs for one in busier.parties] == [(15 * MINUTE,), (15 * MINUTE,)]


def test_each_span_of_the_day_has_chance_of_its_own() -> None:
    """A day of which the afternoon is another has the same morning."""
    wanted = demand()
    other = replace(wanted, per_hour=wanted.per_hour | {"14:30-16:00": 300.0})
    one, two = (drawn_day(centre(), each, factor=1, seed="3") for each in (wanted, other))
    noon = after(300)
    assert len(two.parties) > len(one.parties) + 100
    assert [party for party in one.parties if party.arrives < noon] == [
        party for party in two.parties if party.arrives < noon
    ]


def test_shares_are_those_of_the_demand() -> None:
    parties = [party for day in drawn(days=12) for party in day.parties]
    booked = [one for one in parties if one.category is Category.APPOINTMENT]
    # Of 35 who book 4.2 do not come.
    assert len(booked) / len(parties) == pytest.approx(30.8 / 95.8, abs=0.03)
    assert sum(one.patience is not None for one in parties) / len(parties) == pytest.approx(0.2, abs=0.03)
    assert sum(one.people for one in parties) / len(parties) == pytest.approx(1.45, abs=0.05)
    papers = [one.needs[0] for one in parties if one.services == (RECORD,) and one.people == 1]
    assert sum(papers) / len(papers) / MINUTE == pytest.approx(6, rel=0.05)
    assert all(one.booked_at is not None and one.booked_at % (15 * MINUTE) == 0 for one in booked)
    assert CounterId("papers-aldova-1") in centre().empty.settings.counters
