"""Figures of how right forecasts were, counted by hand, and asked as they are asked in a day."""

import pytest

from queue_server.domain.values import MINUTE, Category, Micros
from queue_server.forecast.estimate import HiddenWait, WaitRange
from queue_server.forecast.judging import JudgedStop
from queue_server.simulation.comparison import mixed_days
from queue_server.simulation.judge import JudgedBacklog, judge_backlog, judge_day, learn_centre
from queue_server.simulation.judgement import is_right, is_right_of_ahead, judgement, off, report
from queue_server.simulation.staffing import load, work_of
from tests.queue_server.simulation.town import PAPERS, after, centre, demand, drawn, setup


def stop(low: float, middle: float, high: float, *, mean: float | None, waited: float | None) -> JudgedStop:
    told = WaitRange(round(low * MINUTE), round(middle * MINUTE), round(high * MINUTE), Micros(after(high + 1)))
    return JudgedStop(PAPERS, True, Category.WALK_IN, after(0), middle, told, mean, waited)


def hidden(why: HiddenWait, waited: float | None) -> JudgedStop:
    return JudgedStop(PAPERS, True, Category.WALK_IN, after(0), why, why, 10.0, waited)


STOPS = [
    stop(4, 6, 8, mean=10, waited=7),
    stop(20, 30, 40, mean=10, waited=41),
    stop(10, 12, 22, mean=20, waited=20),
    # Nothing to compare: nobody had been called yet, or they were not called.
    stop(1, 2, 3, mean=None, waited=2),
    stop(1, 2, 3, mean=5, waited=None),
    hidden(HiddenWait.NOT_BEFORE_CLOSING, None),
    hidden(HiddenWait.NOT_BEFORE_CLOSING, 3.0),
    hidden(HiddenWait.TOO_WIDE, 9.0),
]
BACKLOGS = [JudgedBacklog(0.4, 0, 100, 60), JudgedBacklog(21.6, 20, 200, 90), JudgedBacklog(3, 0, 100, 20)]


def test_figures_by_paper_and_pencil() -> None:
    found = judgement(STOPS, BACKLOGS)
    assert list(found.waits) == ["first call", "first call, walk-in", "all stops"]
    waits = found.waits["all stops"]
    assert (waits.stops, waits.wait) == pytest.approx((3, 68 / 3))
    assert (waits.error, waits.mean_error) == pytest.approx((20 / 3, 34 / 3))
    assert waits.ratio == pytest.approx(20 / 34)
    assert (waits.held, waits.latest_held) == pytest.approx((2 / 3, 1))
    # Ranges of 4, 20 and 12 minutes, where 8, 18.45 and 9 are allowed.
    assert (waits.width, waits.width_of_limit) == pytest.approx((12, 20 / 18.45))
    assert (found.asked, found.hidden) == (8, {HiddenWait.NOT_BEFORE_CLOSING: 2, HiddenWait.TOO_WIDE: 1})
    assert (found.closing_right, found.backlogs_right) == (1, 2)
    assert [is_right(one) for one in BACKLOGS] == [True, True, False]
    assert [is_right_of_ahead(one) for one in BACKLOGS] == [True, True, False]
    assert off(BACKLOGS[1]) == 2 / 90


def test_a_report_is_tables_and_an_empty_one_too() -> None:
    whole, empty = report(judgement(STOPS, BACKLOGS)), report(judgement([], []))
    assert "| all stops | 3 | 22.7 | 6.7 | 11.3 | 0.588 | 66.7% | 100.0% | 12.0 | 1.08 |\n" in whole
    assert "| 2 of 8 | `not-before-closing`: 1 of them were not called |\n" in whole
    assert "| 2 | 200 | 22 | 20 | yes | 90 | 2.2% | yes |\n" in whole
    assert "| if nobody were forecast |  |  |  | 2 of 3 |  |  | 2 of 3 |\n" in whole
    assert "| all |  |  |  | 0 of 0 |  |  | 0 of 0 |\n" in empty
    assert all(line.startswith("|") for line in whole.splitlines() if line)


def test_days_between_two_loads_lie_between_them() -> None:
    days = mixed_days(centre(), demand(), (0.5, 1.5), 12, "a")
    loads = [load(day, work_of(day)) for day in days]
    assert max(loads) - min(loads) > 0.4
    assert 0.4 < min(loads) < max(loads) < 1.7
    assert days == mixed_days(centre(), demand(), (0.5, 1.5), 12, "a")
    assert days != mixed_days(centre(), demand(), (0.5, 1.5), 12, "b")


def test_what_was_learned_is_better_than_the_days_mean() -> None:
    """Of few days, asked seldom: the whole stands in ``docs/waiting-time.md``."""
    learned = learn_centre(drawn(1.0, days=4, seed=1), setup(), every=6)
    assert learned.showing == pytest.approx(0.88, abs=0.04)
    (day,) = drawn(1.1, seed=2)
    stops = judge_day(day, learned, setup(), every=8)
    waits = judgement(stops, []).waits["first call"]
    assert waits.stops > 20
    assert waits.ratio < 0.5
    assert waits.held > 0.5
    assert judge_day(day, learned, setup(), every=8) == stops
    backlog = judge_backlog(day, learned, setup())
    assert backlog.visits == len(day.parties)
    assert 0 < backlog.ahead < backlog.visits
    assert is_right_of_ahead(backlog)
