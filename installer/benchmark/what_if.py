"""A manager's "what if" on a busy day: every future of a changed plan, against heaps that push and pop as often.

What is measured is processor time of this process, as other work of a machine is not the forecast's.
"""

import heapq
import statistics
import time
from collections.abc import Callable
from importlib.resources import files
from typing import Final

import queue_server.simulation
from installer.benchmark.measure import Measure
from queue_server.catalogue import toml
from queue_server.domain.values import HOUR, MINUTE, Day, Micros, StepId
from queue_server.forecast.futures import FUTURES, future, gather
from queue_server.forecast.outlook import Forecaster
from queue_server.forecast.what_if import OneMore, changed
from queue_server.queue.events import DayEvent
from queue_server.queue.state import DayState
from queue_server.simulation.comparison import drawn_days
from queue_server.simulation.demand import parse_demand
from queue_server.simulation.judge import learn_centre, plan_of
from queue_server.simulation.player import play
from queue_server.simulation.staffing import staffed_centre

_DAY: Final = Day("2026-12-01")
_LOAD: Final = 1.2
_LIMIT: Final = 60 * MINUTE
_TIMES: Final = 9


def measure_what_if() -> Measure:
    """Measure what the server does when somebody drags a counter: the page has 200 ms for all of it."""
    examples = files(queue_server.simulation) / "examples"
    setup = toml.parse((examples / "town.toml").read_text("utf-8"))
    there = staffed_centre(setup, _DAY)
    demand = parse_demand((examples / "town-demand.toml").read_text("utf-8"), setup)
    learned = learn_centre(drawn_days(there, demand, 1.0, 4, 1), setup, every=40)
    (day,) = drawn_days(there, demand, _LOAD, 1, 2)
    now = Micros(day.starts_at + 3 * HOUR)
    moments: list[DayState] = []

    def watch(state: DayState, event: DayEvent) -> None:
        if not moments and event.at >= now:
            moments.append(state.copy())

    play(day, watch=watch)
    (state,) = moments
    base = plan_of(day, setup, learned)
    plan = changed(base, (OneMore(StepId("papers"), now, day.closes),))
    events = 0

    def foresee(forecaster: Forecaster) -> None:
        nonlocal events
        found = [future(forecaster, state, now, day.closes, seed) for seed in range(FUTURES)]
        gather(found, state, now, day.closes, _LIMIT)
        events = sum(2 * len(one.calls) for one in found)

    def heaps() -> None:
        heap = list(range(len(plan.counters)))
        for number in range(events):
            heapq.heappush(heap, number)
            heapq.heappop(heap)

    # As a page does: the plan is foreseen once, and each change of it after that with the people who were drawn then.
    forecaster = Forecaster(learned.rates, base)
    foresee(forecaster)
    # In turns: a machine is not equally fast from one second to the next.
    first, value, reference = _median_ms(
        lambda: foresee(Forecaster(learned.rates, base)), lambda: foresee(forecaster.with_plan(plan)), heaps
    )
    return Measure(
        f"what if, {len(state.waiting)} waiting, {FUTURES} futures of five hours",
        value,
        f"heapq, {events} pushes and pops",
        reference,
        "ms",
        goal=0.04,
        floor=0.03,
        more=f" of processor (allowed: 120 ms); the plan as it is, with everybody drawn: {first:.0f} ms",
    )


def _median_ms(*works: Callable[[], None]) -> list[float]:
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(_TIMES):
        for work, found in zip(works, spent, strict=True):
            begin = time.process_time()
            work()
            found.append(time.process_time() - begin)
    return [statistics.median(found) * 1000 for found in spent]
