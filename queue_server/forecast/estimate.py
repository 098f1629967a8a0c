"""How long somebody will wait, as a range; nothing where it would be a guess. Pure."""

from enum import StrEnum
from typing import Final

import msgspec

from queue_server.domain.values import MINUTE, Category, Micros, StepId, VisitId
from queue_server.forecast.errors import LearnedErrors
from queue_server.forecast.outlook import Forecaster, waits_from
from queue_server.queue.state import DayState, Visit

#: How much shorter and longer than the catalogue's minutes say a wait may be before anything was learned.
_ROUGH_LOW, _ROUGH_HIGH = 0.7, 1.5
#: Of an empty queue a rough range says so many minutes.
_ROUGH_LEAST = (1.0, 5.0)
#: A range that is wider than its middle, and than this, tells nobody anything. Minutes.
MAX_WIDTH: Final = 30.0


class HiddenWait(StrEnum):
    """Why no range is shown."""

    #: Nobody who is planned today can serve this.
    NOBODY_SERVES = "nobody-serves"
    #: Forecasts like this one were not judged often enough.
    TOO_LITTLE_SEEN = "too-little-seen"
    #: It would be wider than it is long.
    TOO_WIDE = "too-wide"
    #: It is not reached before the centre closes: this is to be said, and not a range.
    NOT_BEFORE_CLOSING = "not-before-closing"


class WaitRange(msgspec.Struct, frozen=True):
    """From now on, in microseconds: ``low`` to ``high``, likeliest about ``middle``; ``latest`` is an instant.

    ``latest`` is None for a rough range: no day has taught yet how wrong such a forecast may be.
    """

    low: int
    middle: int
    high: int
    latest: Micros | None


def estimate(
    forecaster: Forecaster, errors: LearnedErrors, state: DayState, visit: VisitId, now: Micros
) -> WaitRange | HiddenWait:
    """Say how long a visit that waits will wait from ``now``, or from its booked time where that is later."""
    forecast = forecast_minutes(forecaster, state, visit, now)
    return forecast if isinstance(forecast, HiddenWait) else ranged(forecast, errors, state.visits[visit], now)


def forecast_minutes(forecaster: Forecaster, state: DayState, visit: VisitId, now: Micros) -> float | HiddenWait:
    """Say what the drain makes of it, as it is."""
    here = state.visits[visit]
    if not forecaster.is_served(here):
        return HiddenWait.NOBODY_SERVES
    at = forecaster.call_at(state, visit, now)
    return HiddenWait.NOT_BEFORE_CLOSING if at is None else max(0, at - waits_from(here, now)) / MINUTE


def ranged(forecast: float, errors: LearnedErrors, visit: Visit, now: Micros) -> WaitRange | HiddenWait:
    """Put around a forecast what those like it were wrong by."""
    return ranged_at(forecast, errors, visit.step.step, visit.category, waits_from(visit, now))


def ranged_at(
    forecast: float, errors: LearnedErrors, step: StepId, category: Category, since: Micros
) -> WaitRange | HiddenWait:
    """Put a range around a forecast of ``forecast`` minutes from ``since`` on, for a category at a step."""
    error = errors.around(step, category, forecast)
    if error is None:
        return HiddenWait.TOO_LITTLE_SEEN
    low, middle, high, latest = (
        max(0.0, forecast + one) for one in (error.low, error.middle, error.high, error.latest)
    )
    if high - low > max(MAX_WIDTH, middle):
        return HiddenWait.TOO_WIDE
    return WaitRange(
        round(low * MINUTE), round(middle * MINUTE), round(high * MINUTE), Micros(since + round(latest * MINUTE))
    )


def rough_range(forecast: float) -> WaitRange:
    """Put a rough range around a forecast in minutes, made from the catalogue's minutes, the counters and the queue."""
    low, high = max(_ROUGH_LEAST[0], forecast * _ROUGH_LOW), max(_ROUGH_LEAST[1], forecast * _ROUGH_HIGH)
    return WaitRange(round(low * MINUTE), round(max(low, forecast) * MINUTE), round(high * MINUTE), None)
