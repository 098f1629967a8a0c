"""How right it was last week, counted from what was judged."""

from queue_server.domain.values import MINUTE, Category, Day, Micros, StepId
from queue_server.forecast.estimate import HiddenWait, WaitRange
from queue_server.forecast.judging import JudgedStop
from queue_server.waiting.accuracy import last_week
from queue_server.waiting.learning import TaughtRates, WaitingDay
from tests.queue_server.forecast.moments import EXACT

PAPERS, SUBMISSION = StepId("papers"), StepId("submission")
TODAY = Day("2026-12-11")
TAUGHT = TaughtRates(EXACT, None)


def stop(step: StepId, waited: float | None, told: tuple[int, int, int] | HiddenWait) -> JudgedStop:
    """Tell a range in minutes: low, middle and high; the latest is twice the high."""
    shown: WaitRange | HiddenWait
    if isinstance(told, tuple):
        low, middle, high = told
        shown = WaitRange(low * MINUTE, middle * MINUTE, high * MINUTE, Micros(2 * high * MINUTE))
    else:
        shown = told
    return JudgedStop(step, True, Category.WALK_IN, Micros(0), 10.0, shown, 10.0, waited)


def judged(day: str, *stops: JudgedStop) -> WaitingDay:
    return WaitingDay(Day(day), TAUGHT, stops)


def test_a_week_is_counted_by_step_and_by_day() -> None:
    week = last_week(
        (
            judged("2026-12-03", stop(PAPERS, 100, (10, 12, 20))),
            judged("2026-12-04", stop(PAPERS, 15, (10, 12, 20)), stop(SUBMISSION, 30, (5, 6, 10))),
            judged("2026-12-07", stop(PAPERS, 25, (10, 20, 24)), stop(PAPERS, None, HiddenWait.NOT_BEFORE_CLOSING)),
            judged("2026-12-08", stop(PAPERS, 9, HiddenWait.NOT_BEFORE_CLOSING), stop(PAPERS, 5, HiddenWait.TOO_WIDE)),
            judged("2026-12-11", stop(PAPERS, 100, (10, 12, 20))),
        ),
        TODAY,
    )
    assert week is not None
    assert (week.first, week.last) == ("2026-12-04", "2026-12-10")
    assert [day for day, _ in week.days] == ["2026-12-04", "2026-12-07", "2026-12-08"]
    assert [step for step, _ in week.steps] == [PAPERS, SUBMISSION]
    whole = week.whole
    assert (whole.asked, whole.hidden, whole.closing, whole.closing_right) == (6, 1, 2, 1)
    assert whole.waits is not None
    assert whole.waits.stops == 3
    assert whole.waits.error == (3 + 24 + 5) / 3
    assert whole.waits.mean_error == (5 + 20 + 15) / 3
    assert (whole.waits.held, whole.waits.latest_held) == (1 / 3, 2 / 3)
    assert whole.waits.width == 10
    assert dict(week.days)[Day("2026-12-08")].waits is None


def test_where_nothing_was_judged_nothing_is_said() -> None:
    assert last_week((), TODAY) is None
    assert last_week((judged("2026-12-10"), judged("2026-12-01", stop(PAPERS, 15, (10, 12, 20)))), TODAY) is None
