"""Figures, throughput and alarms of any day are what its events say, told by other means."""

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.accounts.presence import Presence
from queue_server.domain.values import HOUR, MINUTE, CounterId, CounterState, Micros
from queue_server.queue import order
from queue_server.web.manager.alarms import AlarmKind, AlarmLimits, alarms
from queue_server.web.manager.figures import figures
from queue_server.web.manager.throughput import FEWEST, MOST, full_hour, throughput, window
from queue_server.web.times import Clockface
from tests.queue_server.web.days import at
from tests.queue_server.web.manager import book
from tests.queue_server.web.manager.book import Book
from tests.queue_server.web.manager.random_days import TRIES, RandomDay, play

Tries = list[tuple[int, int, int]]


ZONES = st.sampled_from(["Europe/Brussels", "Asia/Kathmandu"])


@given(st.integers(-400, 800), st.integers(-400, 1500), st.integers(0, 1400), ZONES)
def test_the_window_holds_the_present_hour_and_is_neither_too_short_nor_too_long(
    first: int, last: int, now: int, zone: str
) -> None:
    clock = Clockface(zone, "en")
    midnight = full_hour(at("00:00"), clock)
    present = Micros(midnight + now * MINUTE)
    start, count = window(Micros(midnight + first * MINUTE), Micros(midnight + last * MINUTE), present, clock)
    assert FEWEST <= count <= MOST
    assert start <= present < start + count * HOUR
    assert clock.local(start).minute == 0


LIMITS = st.builds(
    AlarmLimits,
    overdue=st.sampled_from([MINUTE, 10 * MINUTE]),
    wish=st.sampled_from([0, 5 * MINUTE]),
    paused=st.sampled_from([0, 10 * MINUTE]),
    parked=st.sampled_from([0, 3 * MINUTE]),
    silent=st.sampled_from([MINUTE, 15 * MINUTE]),
)


def figures_are_so(day: RandomDay, told: Book, later: int) -> None:
    """Check the figures, so many minutes after the day's last event."""
    now = Micros(day.now + later * MINUTE)
    visits = told.visits.values()
    found = figures(day.state, day.facts.plates, now)
    waiting = [one for one in visits if one.how == "waiting"]
    overdue = [one.step for one in waiting if now - one.due >= MINUTE]
    calls = [call for one in visits for call in one.calls if call is not None]
    assert found.waiting == len(waiting)
    assert found.with_staff == sum(one.how in ("called", "serving") for one in visits)
    assert found.people == sum(one.people for one in visits if one.how in ("waiting", "called", "serving", "parked"))
    assert found.overdue == {step: overdue.count(step) for step in set(overdue)}
    assert (found.kept, found.called) == (sum(called - due < MINUTE for called, due in calls), len(calls))
    assert found.finished == sum(one.how == "done" for one in visits)
    assert found.open_counters == sum(one.how == "open" for one in told.desks.values())
    assert found.counters == len(day.facts.plates)


def throughput_is_so(day: RandomDay, told: Book, later: int) -> None:
    """Check the throughput of each hour."""
    now = Micros(day.now + later * MINUTE)
    visits = list(told.visits.values())
    start = at("08:00")
    hours = throughput(day.state.visits.values(), start, 12, now)
    assert [hour.start for hour in hours] == [start + index * HOUR for index in range(12)]
    for hour in hours:
        end = hour.start + HOUR
        there = min(end - 1, now)
        assert hour.arrived == sum(hour.start <= one.arrived < end for one in visits)
        assert hour.finished == sum(
            one.how == "done" and one.left is not None and hour.start <= one.left < end for one in visits
        )
        present = sum(one.arrived <= there and (one.left is None or one.left > there) for one in visits)
        assert hour.present == (present if hour.start <= now else 0)
        assert (hour.begun, hour.current) == (hour.start <= now, hour.start <= now < end)


def alarms_are_so(day: RandomDay, told: Book, later: int, limits: AlarmLimits, seen: dict[str, int]) -> None:
    """Check the alarms; ``seen`` is how many minutes ago counters were heard."""
    now = Micros(day.now + later * MINUTE)
    presence = Presence(seen={CounterId(one): Micros(now - ago * MINUTE) for one, ago in seen.items()})
    expected = {(AlarmKind.HELP, ident, called) for ident, called in told.helps.items()}
    for ident, visit in told.visits.items():
        if visit.how == "waiting" and visit.asks and now - visit.arrived >= limits.wish:
            expected.add((AlarmKind.PRIORITY_REQUEST, ident, visit.arrived))
        if visit.how == "parked" and visit.until is not None and now - visit.until >= max(1, limits.parked):
            expected.add((AlarmKind.PARKED, ident, visit.until))
    due: dict[str, list[Micros]] = {}
    for visit in told.visits.values():
        if visit.how == "waiting":
            due.setdefault(visit.step, []).append(visit.due)
    expected |= {
        (AlarmKind.OVERDUE, step, min(all_)) for step, all_ in due.items() if now - min(all_) >= limits.overdue
    }
    for counter, desk in told.desks.items():
        last = max(desk.since, presence.seen.get(counter, desk.since))
        if desk.how == "paused" and now - desk.since >= limits.paused:
            expected.add((AlarmKind.PAUSED, counter, desk.since))
        if desk.how != "closed" and desk.holds is not None and now - last >= limits.silent:
            expected.add((AlarmKind.COUNTER_SILENT, counter, last))
    callable_now = {
        visit
        for counter in day.state.counters.values()
        if counter.state is CounterState.OPEN
        for visit in order.servable(day.state, counter, day.settings, Micros(now + HOUR))
    }
    left = {visit for _, visit in day.state.waiting} - callable_now
    found = alarms(day.state, day.settings, (), presence, limits, now=now)
    unserved = [alarm for alarm in found if alarm.kind is AlarmKind.UNSERVED]
    assert sum(alarm.count for alarm in unserved) == len(left)
    assert {alarm.unserved.step for alarm in unserved if alarm.unserved} == {
        day.state.visits[visit].step.step for visit in left
    }
    assert all((alarm.since or 0) <= now for alarm in unserved)
    assert [alarm.kind for alarm in found] == sorted(alarm.kind for alarm in found)
    found = tuple(alarm for alarm in found if alarm.kind is not AlarmKind.UNSERVED)
    assert {(alarm.kind, alarm.subject, alarm.since) for alarm in found} == expected
    assert len(found) == len(expected)
    counts = {alarm.subject: alarm.count for alarm in found if alarm.kind is AlarmKind.OVERDUE}
    assert counts == {step: sum(now - one >= MINUTE for one in due[step]) for step in counts}


@settings(max_examples=80, deadline=None)
@given(
    TRIES,
    st.tuples(st.integers(0, 90), st.integers(0, 300), st.integers(0, 60)),
    LIMITS,
    st.fixed_dictionaries({}, optional=dict.fromkeys(("1", "5", "7"), st.integers(0, 30))),
)
def test_figures_throughput_and_alarms_are_what_the_events_say(
    tries: Tries, later: tuple[int, int, int], limits: AlarmLimits, seen: dict[str, int]
) -> None:
    day = play(tries)
    told = book.read(day.events)
    figures_are_so(day, told, later[0])
    throughput_is_so(day, told, later[1])
    alarms_are_so(day, told, later[2], limits, seen)
