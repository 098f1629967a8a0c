"""Forecasts judged on a day that they have not seen: asked as people are ready, compared with what came of it. Pure."""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, Category, Micros, StepId, VisitId, VisitState
from queue_server.forecast.errors import LearnedErrors
from queue_server.forecast.estimate import HiddenWait, WaitRange, forecast_minutes, ranged
from queue_server.forecast.outlook import Forecaster, waits_from
from queue_server.queue.events import (
    DayEvent,
    StepFinished,
    VisitCalled,
    VisitIssued,
    VisitParked,
    VisitSteppedBack,
    VisitTransferred,
)
from queue_server.queue.state import DayState


class JudgedStop(msgspec.Struct, frozen=True):
    """One stop of a visit: what was forecast when it was ready there, and what came of it, in minutes from ``since``.

    ``mean`` is what today's mean wait at the step until then would have said; ``waited`` is None of who was not called.
    """

    step: StepId
    first: bool
    category: Category
    since: Micros
    forecast: float | HiddenWait
    told: WaitRange | HiddenWait
    mean: float | None
    waited: float | None = None


class ForecastJudge:
    """Asks at every ``every``-th stop as it is ready, and looks what comes of it.

    Args:
        forecaster: looks ahead from a moment of the day; None where nobody would be told anything then.
        errors: those by which ranges are made.
    """

    def __init__(
        self, forecaster: Callable[[DayState, Micros], Forecaster | None], errors: LearnedErrors, every: int
    ) -> None:
        self._forecaster = forecaster
        self._errors = errors
        self._every = every
        self._seen = 0
        self._since: dict[tuple[VisitId, int], Micros] = {}
        self._asked: dict[tuple[VisitId, int], JudgedStop] = {}
        self._waits: dict[StepId, list[float]] = {}
        self.stops: list[JudgedStop] = []

    def watch(self, state: DayState, event: DayEvent) -> None:
        match event.body:
            case VisitIssued(visit=visit) | StepFinished(visit=visit):
                self._ready(state, visit, event.at)
            case VisitCalled(visit=visit, step=step):
                key = visit, len(state.visits[visit].records)
                since = self._since.pop(key, None)
                if since is None:
                    # Of the day before, sent there by staff, or called again after a call that was undone.
                    return
                waited = max(0, event.at - since) / MINUTE
                self._waits.setdefault(step, []).append(waited)
                asked = self._asked.pop(key, None)
                if asked is not None:
                    self.stops.append(replace(asked, waited=waited))
            case VisitParked(visit=visit) | VisitTransferred(visit=visit) | VisitSteppedBack(visit=visit):
                # Nobody could have foreseen that, and what is waited from then on is another wait.
                key = visit, len(state.visits[visit].records)
                self._since.pop(key, None)
                self._asked.pop(key, None)
            case _:
                pass

    def _ready(self, state: DayState, visit: VisitId, now: Micros) -> None:
        here = state.visits[visit]
        if here.state is not VisitState.WAITING:
            return
        key = visit, len(here.records)
        self._since[key] = waits_from(here, now)
        self._seen += 1
        if self._seen % self._every:
            return
        forecaster = self._forecaster(state, now)
        if forecaster is None:
            return
        forecast = forecast_minutes(forecaster, state, visit, now)
        told = forecast if isinstance(forecast, HiddenWait) else ranged(forecast, self._errors, here, now)
        waits = self._waits.get(here.step.step)
        mean = sum(waits) / len(waits) if waits else None
        first = len(here.records) == 1
        self._asked[key] = JudgedStop(here.step.step, first, here.category, self._since[key], forecast, told, mean)

    def end(self) -> list[JudgedStop]:
        """Give what was asked, also of whoever was not called any more."""
        return [*self.stops, *self._asked.values()]
