"""A counter that is open and calls nobody, while somebody waits whom it may call."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import MINUTE, CounterId, Micros, PauseReason
from queue_server.early_warnings.idle import idle_counters
from queue_server.queue import commands as c
from tests.queue_server.web.days import Centre, at

FIVE, NINE, BIRTH = CounterId("5"), CounterId("9"), "uto-birth"


def idle(centre: Centre, clock: str, after: int = 5 * MINUTE) -> list[str]:
    return [one.counter for one in idle_counters(centre.state, centre.settings, at(clock), after=after)]


def test_from_five_minutes_on() -> None:
    centre = Centre()
    centre.open("08:00", FIVE)
    centre.issue("09:00", "B001", BIRTH)
    # It has been open for an hour, but there was nobody to call.
    assert [idle(centre, clock) for clock in ("09:00", "09:04:59", "09:05")] == [[], [], ["5"]]
    centre.call_next("09:06", FIVE)
    assert idle(centre, "09:30") == []


def test_not_where_it_cannot_serve_who_waits() -> None:
    centre = Centre()
    centre.open("08:00", NINE)
    centre.issue("09:00", "B001", BIRTH)
    assert idle(centre, "10:00") == []


def test_not_while_it_pauses_nor_while_others_call_everybody() -> None:
    centre = Centre()
    centre.open("08:00", FIVE)
    centre.open("08:00", "6")
    centre.issue("09:00", "B001", BIRTH)
    centre.call_next("09:04", "6")
    centre.issue("09:04", "B002", BIRTH)
    assert idle(centre, "09:08:59") == []
    assert idle(centre, "09:09") == ["5"]
    centre.do("09:09", c.PauseCounter(FIVE, PauseReason.BREAK))
    assert idle(centre, "09:30") == []


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 120), st.integers(1, 60))
def test_it_counts_from_the_later_of_both(opened: int, came: int, looked: int, after: int) -> None:
    """Whichever came first, the counter or the person: both have been there for so long."""
    centre = Centre()
    for minute, act in sorted([(opened, 0), (came, 1)]):
        clock = f"{9 + minute // 60:02}:{minute % 60:02}"
        if act:
            centre.issue(clock, "B001", BIRTH)
        else:
            centre.open(clock, FIVE)
    now = Micros(at("09:00") + looked * MINUTE)
    if now < centre.state.at:
        return
    found = idle_counters(centre.state, centre.settings, now, after=after * MINUTE)
    assert bool(found) == (looked - max(opened, came) >= after)
