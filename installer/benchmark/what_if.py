"""A manager's "what if" on a busy day: every future of a changed plan, against heaps that push and pop as often."""

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
    """Measure what the server does when somebody drags a counter: 200 ms are allowed for all of it."""
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
    plan = changed(plan_of(day, setup, learned), (OneMore(StepId("papers"), now, day.closes),))
    events = 0

    def ours() -> None:
        nonlocal events
        forecaster = Forecaster(learned.rates, plan)
        found = [future(forecaster, state, now, day.closes, seed) for seed in range(FUTURES)]
        gather(found, state, now, day.closes, _LIMIT)
        events = sum(2 * len(one.calls) for one in found)

    value = _median_ms(ours)

    def heaps() -> None:
        heap = list(range(len(plan.counters)))
        for number in range(events):
            heapq.heappush(heap, number)
            heapq.heappop(heap)

    return Measure(
        f"what if, {len(state.waiting)} waiting, {FUTURES} futures of five hours",
        value,
        f"heapq, {events} pushes and pops",
        _median_ms(heaps),
        "ms",
        goal=0.01,
        floor=0.004,
        more=" (allowed: 200 ms)",
    )


def _median_ms(work: Callable[[], None]) -> float:
    spent = []
    for _ in range(_TIMES):
        begin = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begin)
    return statistics.median(spent) * 1000
