"""How right it was on the days of the last week, by step and by day: judged as each day ended. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from queue_server.domain.values import Day, StepId
from queue_server.forecast.estimate import HiddenWait
from queue_server.forecast.judging import JudgedStop
from queue_server.simulation.judgement import WaitJudgement, judge_waits
from queue_server.waiting.learning import WaitingDay

#: Days before today that are looked at.
WEEK_DAYS: Final = 7


class WaitAccuracy(msgspec.Struct, frozen=True):
    """Of ``asked`` stops ``hidden`` had no range; ``waits`` is how right those were that had one, None: none had.

    Of ``closing`` that were told that they are not reached before closing ``closing_right`` were not called.
    """

    asked: int
    hidden: int
    waits: WaitJudgement | None
    closing: int
    closing_right: int


class WeekAccuracy(msgspec.Struct, frozen=True):
    """The week from ``first`` to ``last``, the days that were judged in it, and the steps in the order of ids."""

    first: Day
    last: Day
    whole: WaitAccuracy
    steps: tuple[tuple[StepId, WaitAccuracy], ...]
    days: tuple[tuple[Day, WaitAccuracy], ...]


def last_week(days: Iterable[WaitingDay], today: Day) -> WeekAccuracy | None:
    """Gather what was judged on the seven days before ``today``; None where nothing was."""
    first, last = (Day(str(date.fromisoformat(today) - timedelta(days=one))) for one in (WEEK_DAYS, 1))
    judged = {one.day: one.judged for one in days if first <= one.day <= last and one.judged}
    stops = [stop for found in judged.values() for stop in found]
    if not stops:
        return None
    steps = sorted({one.step for one in stops})
    return WeekAccuracy(
        first,
        last,
        _accuracy(stops),
        tuple((step, _accuracy([one for one in stops if one.step == step])) for step in steps),
        tuple((day, _accuracy(judged[day])) for day in sorted(judged)),
    )


def _accuracy(stops: Sequence[JudgedStop]) -> WaitAccuracy:
    closing = [one for one in stops if one.told is HiddenWait.NOT_BEFORE_CLOSING]
    return WaitAccuracy(
        asked=len(stops),
        hidden=sum(isinstance(one.told, HiddenWait) for one in stops) - len(closing),
        waits=judge_waits(stops),
        closing=len(closing),
        closing_right=sum(one.waited is None for one in closing),
    )
