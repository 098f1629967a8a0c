"""Promises that will break are told in time: not before, and not of who is called soon enough or late already."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import MINUTE, Category, CounterId, CounterState, Micros
from queue_server.early_warnings.model import BreakingPromises
from queue_server.early_warnings.outlook import expected_calls
from queue_server.early_warnings.promises import breaking_promises
from queue_server.queue.state import Counter
from tests.queue_server.web.days import Centre, at

BIRTH, FIVE, SIX = "uto-birth", CounterId("5"), CounterId("6")
AHEAD = 20 * MINUTE


def crowd(many: int = 6) -> Centre:
    """Let as many come at 09:00 as counter 5 needs ten minutes for each; all are due at 09:45."""
    centre = Centre()
    centre.open("09:00", FIVE)
    for number in range(many):
        centre.issue("09:00", f"B{number + 1:03}", BIRTH)
    return centre


def warned(centre: Centre, clock: str, *closed: CounterId) -> tuple[BreakingPromises, ...]:
    state, settings, now = centre.state, centre.settings, at(clock)
    idle = [Counter(one, CounterState.CLOSED, Micros(0), skills=settings.counters[one].skills) for one in closed]
    return breaking_promises(
        state,
        settings,
        lambda more: expected_calls(state, settings, [one for one in idle if one.id in more], now, at("16:00")),
        idle,
        now,
        ahead=AHEAD,
    )


def test_it_is_told_from_twenty_minutes_before() -> None:
    centre = crowd()
    assert [len(warned(centre, clock)) for clock in ("09:24", "09:24:59", "09:25", "09:26", "09:45")] == [0, 0, 1, 1, 1]
    # In the minute after it is due a call is in time; then it is late, which is an alarm of its own.
    assert warned(centre, "09:46") == ()


def test_it_says_what_would_keep_them() -> None:
    centre = crowd()
    (alone,) = warned(centre, "09:25")
    assert (alone.step, alone.at, alone.helping) == ("documents", at("09:45"), ())
    assert alone.late is not None
    assert alone.late > 0
    (helped,) = warned(centre, "09:25", CounterId("9"), SIX, CounterId("1"))
    # Counter 9 takes payments alone: it does not help. Two counters call two at once, three all in time.
    assert helped.helping in ((SIX,), (SIX, CounterId("1")))
    more = [Counter(one, CounterState.CLOSED, Micros(0)) for one in helped.helping]
    calls = expected_calls(centre.state, centre.settings, more, at("09:25"), at("16:00"))
    assert all(call - centre.state.visits[visit].due < MINUTE for visit, call in calls.items())


def test_who_is_not_called_before_closing_is_said_so() -> None:
    centre = crowd()
    state, settings, now = centre.state, centre.settings, at("09:30")
    (one,) = breaking_promises(
        state, settings, lambda _: expected_calls(state, settings, (), now, at("09:40")), (), now, ahead=AHEAD
    )
    assert one.late is None


def test_what_nobody_serves_is_an_alarm_of_its_own() -> None:
    centre = crowd()
    centre.issue("09:00", "B099", "uto-emergency-funds", Category.APPOINTMENT)
    before = warned(centre, "09:00")
    assert all(one.step == "documents" for one in before)


@given(st.integers(-5 * 60, 30 * 60), st.none() | st.integers(-600, 600), st.integers(1, 40))
def test_only_what_is_due_soon_and_called_too_late(due_in_s: int, call_after_s: int | None, ahead_min: int) -> None:
    """The promise of one visit, whenever it is due and called, against what the words say."""
    centre = crowd(1)
    (visit,) = centre.state.visits.values()
    now = Micros(visit.due - due_in_s * 1_000_000)
    calls = {} if call_after_s is None else {visit.id: Micros(visit.due + call_after_s * 1_000_000)}
    found = breaking_promises(centre.state, centre.settings, lambda _: calls, (), now, ahead=ahead_min * MINUTE)
    is_soon = -60 < due_in_s <= ahead_min * 60
    is_late = call_after_s is None or call_after_s >= 60
    assert [one.count for one in found] == ([1] if is_soon and is_late else [])
