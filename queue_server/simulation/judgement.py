"""How right forecasts were, in figures: of waits against the day's mean so far, of ranges, of the backlog. Pure."""

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean, median
from typing import Final

import msgspec
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, Category
from queue_server.forecast.estimate import HiddenWait, WaitRange
from queue_server.forecast.judging import JudgedStop
from queue_server.simulation.judge import JudgedBacklog
from queue_server.simulation.table import markdown

#: A range may be so wide, in minutes, or so wide as a share of the wait.
_WIDTH_MIN: Final = 8.0
_WIDTH_SHARE: Final = 0.45
#: A forecast of the backlog is right within this share.
_BACKLOG_SHARE: Final = 0.1


class WaitJudgement(msgspec.Struct, frozen=True):
    """How right ranges were of some stops; minutes, shares of ``stops``.

    ``error`` is the mean absolute error of the middle of the range, ``mean_error`` that of the day's mean wait at the
    step until then. ``held``: the wait was within the range; ``latest_held``: not longer than said. ``width`` is
    the median of how wide a range was, ``width_of_limit`` that of its share of what it may be.
    """

    stops: int
    wait: float
    error: float
    mean_error: float
    held: float
    latest_held: float
    width: float
    width_of_limit: float

    @property
    def ratio(self) -> float:
        """The error as a share of that of the day's mean so far."""
        return self.error / self.mean_error if self.mean_error else 0.0


class Judgement(msgspec.Struct, frozen=True):
    """Figures by what was looked at; ``hidden`` counts stops without a range, by why.

    ``closing_right`` of those who were told that they are not reached before closing were not called.
    """

    waits: dict[str, WaitJudgement]
    asked: int
    hidden: dict[HiddenWait, int]
    closing_right: int
    backlogs: tuple[JudgedBacklog, ...]

    @property
    def backlogs_right(self) -> int:
        return sum(is_right(one) for one in self.backlogs)


def is_right(backlog: JudgedBacklog) -> bool:
    """Tell whether a forecast of the backlog was within a tenth of it; a day that ends with nobody waiting is exact."""
    return abs(round(backlog.forecast) - backlog.came) <= _BACKLOG_SHARE * backlog.came


def is_right_of_ahead(backlog: JudgedBacklog) -> bool:
    """Tell whether it was within a tenth of those who were still to be served: it foresaw how many would be."""
    return abs(round(backlog.forecast) - backlog.came) <= _BACKLOG_SHARE * backlog.ahead


def off(backlog: JudgedBacklog) -> float:
    """Say by how much a forecast of the backlog was wrong, as a share of those who were still to be served at noon."""
    return abs(round(backlog.forecast) - backlog.came) / max(1, backlog.ahead)


#: What is looked at by itself, of those who wait for their first call and of all.
_VIEWS: Final[dict[str, Callable[[JudgedStop], bool]]] = {
    "first call": lambda one: one.first,
    "first call, walk-in": lambda one: one.first and one.category is Category.WALK_IN,
    "first call, appointment": lambda one: one.first and one.category is Category.APPOINTMENT,
    "first call, priority": lambda one: one.first and one.category is Category.PRIORITY,
    "later steps": lambda one: not one.first,
    "all stops": lambda _: True,
}


def judgement(stops: Sequence[JudgedStop], backlogs: Iterable[JudgedBacklog]) -> Judgement:
    hidden: dict[HiddenWait, int] = {}
    for one in stops:
        if isinstance(one.told, HiddenWait):
            hidden[one.told] = hidden.get(one.told, 0) + 1
    waits = {name: found for name, view in _VIEWS.items() if (found := judge_waits(filter(view, stops))) is not None}
    closing = [one for one in stops if one.told is HiddenWait.NOT_BEFORE_CLOSING]
    return Judgement(waits, len(stops), hidden, sum(one.waited is None for one in closing), tuple(backlogs))


class _Pair(msgspec.Struct):
    """A range that was told, and what came, in minutes."""

    low: float
    middle: float
    high: float
    latest: float
    mean: float
    waited: float


def _pair(one: JudgedStop) -> _Pair | None:
    """Compare where both estimators said something, and somebody was called."""
    if not isinstance(one.told, WaitRange) or one.waited is None or one.mean is None:
        return None
    told = one.told
    if told.latest is None:
        return None
    latest = (told.latest - one.since) / MINUTE
    return _Pair(told.low / MINUTE, told.middle / MINUTE, told.high / MINUTE, latest, one.mean, one.waited)


def judge_waits(stops: Iterable[JudgedStop]) -> WaitJudgement | None:
    """Say how right ranges were; None where none was told to somebody who was called."""
    pairs = [pair for one in stops if (pair := _pair(one)) is not None]
    if not pairs:
        return None
    return WaitJudgement(
        stops=len(pairs),
        wait=fmean(one.waited for one in pairs),
        error=fmean(abs(one.middle - one.waited) for one in pairs),
        mean_error=fmean(abs(one.mean - one.waited) for one in pairs),
        held=fmean(one.low <= one.waited <= one.high for one in pairs),
        latest_held=fmean(one.waited <= one.latest for one in pairs),
        width=median(one.high - one.low for one in pairs),
        width_of_limit=median((one.high - one.low) / max(_WIDTH_MIN, _WIDTH_SHARE * one.waited) for one in pairs),
    )


_WAIT_HEADINGS: Final = (
    *("waits for", "ranges", "mean wait", "error", "error of the day's mean", "ratio"),
    *("range holds", "latest holds", "median width", "of its limit"),
)
_BACKLOG_HEADINGS: Final = (
    "day",
    "visits",
    "not served, forecast at noon",
    "not served",
    "within a tenth of it",
    "still to be served at noon",
    "off by, of these",
    "within a tenth of these",
)
_HIDDEN_HEADINGS: Final = ("no range, of all stops", "why")


def report(found: Judgement) -> str:
    """Write the figures as tables; minutes."""
    hidden = [
        (f"{count} of {found.asked}", _why(reason, found.closing_right))
        for reason, count in sorted(found.hidden.items())
    ]
    backlogs = [
        (
            str(number),
            str(one.visits),
            f"{one.forecast:.0f}",
            str(one.came),
            "yes" if is_right(one) else "no",
            str(one.ahead),
            f"{off(one):.1%}",
            "yes" if is_right_of_ahead(one) else "no",
        )
        for number, one in enumerate(found.backlogs, start=1)
    ]
    # Whether a reading is worth anything is seen by what it makes of a forecast that knows nothing.
    nobody = [replace(one, forecast=0.0) for one in found.backlogs]
    totals = [
        (name, "", "", "", _share(is_right, days), "", "", _share(is_right_of_ahead, days))
        for name, days in (("all", found.backlogs), ("if nobody were forecast", nobody))
    ]
    return "\n".join(
        (
            markdown(_WAIT_HEADINGS, (_cells(name, one) for name, one in found.waits.items())),
            markdown(_HIDDEN_HEADINGS, hidden or [(f"0 of {found.asked}", "")]),
            markdown(_BACKLOG_HEADINGS, [*backlogs, *totals]),
        )
    )


def _share(right: Callable[[JudgedBacklog], bool], days: Sequence[JudgedBacklog]) -> str:
    return f"{sum(map(right, days))} of {len(days)}"


def _why(reason: HiddenWait, closing_right: int) -> str:
    if reason is HiddenWait.NOT_BEFORE_CLOSING:
        return f"`{reason}`: {closing_right} of them were not called"
    return f"`{reason}`"


def _cells(name: str, one: WaitJudgement) -> Sequence[str]:
    return (
        name,
        str(one.stops),
        *(f"{value:.1f}" for value in (one.wait, one.error, one.mean_error)),
        f"{one.ratio:.3f}",
        f"{one.held:.1%}",
        f"{one.latest_held:.1%}",
        f"{one.width:.1f}",
        f"{one.width_of_limit:.2f}",
    )
