"""Breaks and ends of shifts after which nobody is there for what somebody still waits for."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, CounterId, Language, Micros, StepId, VisitId
from queue_server.early_warnings.coverage_gaps import coverage_gaps
from queue_server.early_warnings.model import CoverageGap
from queue_server.forecast.outlook import PlannedCounter
from queue_server.queue.settings import Skills
from tests.queue_server.web.days import Centre, at

FIVE, BIRTH, PAPERS = CounterId("5"), "uto-birth", Skills(steps=(StepId("documents"),))
AHEAD = 20 * MINUTE


def waiting() -> tuple[Centre, VisitId]:
    centre = Centre()
    centre.open("09:00", FIVE)
    return centre, centre.issue("09:00", "B001", BIRTH)


def pool(*spans: tuple[str, str], skills: Skills = PAPERS) -> PlannedCounter:
    return PlannedCounter(CounterId("papers"), skills, tuple((at(start), at(end)) for start, end in spans))


def gaps(centre: Centre, clock: str, *planned: PlannedCounter, calls: dict[VisitId, Micros]) -> tuple[CoverageGap, ...]:
    return coverage_gaps(centre.state, centre.settings, planned, calls, at(clock), ahead=AHEAD)


def test_a_break_is_told_from_twenty_minutes_before() -> None:
    centre, _ = waiting()
    lunch = pool(("08:00", "12:00"), ("12:30", "16:00"))
    found = {clock: gaps(centre, clock, lunch, calls={}) for clock in ("11:39", "11:40", "11:41", "11:59")}
    assert [len(one) for one in found.values()] == [0, 1, 1, 1]
    (gap,) = found["11:40"]
    assert (gap.at, gap.until) == (at("12:00"), at("12:30"))
    assert (gap.lack.step, gap.lack.service, gap.lack.count) == ("documents", None, 1)
    # Then it is so: whether somebody is there is seen at the counters.
    assert gaps(centre, "12:00", lunch, calls={}) == ()


def test_who_is_called_before_it_is_not_concerned() -> None:
    centre, visit = waiting()
    lunch = pool(("08:00", "12:00"))
    assert gaps(centre, "11:50", lunch, calls={visit: at("11:59")}) == ()
    (gap,) = gaps(centre, "11:50", lunch, calls={visit: at("12:00")})
    assert gap.until is None


def test_not_while_somebody_else_is_there_for_it() -> None:
    centre, _ = waiting()
    early, late = pool(("08:00", "12:00")), pool(("11:45", "14:00"))
    assert gaps(centre, "11:50", early, late, calls={}) == ()
    # Who takes another step is no help, and who begins when the first one leaves is there.
    other = pool(("08:00", "16:00"), skills=Skills(steps=(StepId("payment"),)))
    assert len(gaps(centre, "11:50", early, other, calls={})) == 1
    assert gaps(centre, "11:50", early, pool(("12:00", "13:00")), calls={}) == ()


def test_a_language_that_leaves() -> None:
    centre, _ = waiting()
    centre.settings = replace(centre.settings, language_filters=True)
    english = pool(("08:00", "12:00"), skills=Skills(languages=(Language("en"),)))
    arabic = pool(("08:00", "16:00"), skills=Skills(languages=(Language("ar"),)))
    (gap,) = gaps(centre, "11:50", english, arabic, calls={})
    assert gap.lack.language == "en"


SPANS = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), max_size=5)


@given(SPANS, st.integers(0, 40), st.integers(1, 60))
def test_it_is_the_first_minute_without_anybody(spans: list[tuple[int, int]], now_min: int, ahead_min: int) -> None:
    """Against a look at each minute by itself."""
    centre, _ = waiting()
    start, now = at("09:00"), Micros(at("09:00") + now_min * MINUTE)
    planned = [
        PlannedCounter(
            CounterId(f"pool-{number}"),
            PAPERS,
            ((Micros(start + begin * MINUTE), Micros(start + (begin + length) * MINUTE)),),
        )
        for number, (begin, length) in enumerate(spans)
    ]
    there = {minute for begin, length in spans for minute in range(begin, begin + length)}
    expected = None
    if now_min in there:
        expected = next(minute for minute in range(now_min, 200) if minute not in there)
    found = coverage_gaps(centre.state, centre.settings, planned, {}, now, ahead=ahead_min * MINUTE)
    if expected is None or expected - now_min > ahead_min:
        assert found == ()
    else:
        assert [one.at for one in found] == [start + expected * MINUTE]
        back = min((minute for minute in there if minute > expected), default=None)
        assert found[0].until == (None if back is None else start + back * MINUTE)
