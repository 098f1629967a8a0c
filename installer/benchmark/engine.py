"""The engine alone: decide and evolve with 500 waiting, against a heap of 500 that pushes and pops."""

import heapq
import time
from collections.abc import Callable
from itertools import count

from installer.benchmark.centre import catalogue
from installer.benchmark.measure import Measure
from queue_server.catalogue import model, toml
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import (
    CODE_LETTERS,
    Actor,
    Category,
    CounterId,
    Day,
    Language,
    Micros,
    ServiceId,
    VisitId,
    now_micros,
)
from queue_server.queue import commands as c
from queue_server.queue.decide import decide
from queue_server.queue.events import DayEvent
from queue_server.queue.evolve import evolve
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import DayState

WAITING = 500
COUNTER = CounterId("1")
#: A letter has 9,999 codes.
_A_SERIES = 9_000
_SECONDS = 2.0


def settings() -> CentreSettings:
    """Give the hot centre's set-up as the engine reads it."""
    return model.settings(model.Stored(toml.parse(catalogue()), 1))


class _Day:
    """A day on the engine, without a log."""

    def __init__(self) -> None:
        self._settings = settings()
        self._now = now_micros()
        self._visits = count()
        self._state = DayState(self._settings.centre, Day("2026-11-25"))
        self._do(c.OpenDay(Day("2026-11-25"), self._now))
        self._do(c.OpenCounter(COUNTER, None, Skills()))
        for _ in range(WAITING):
            self._issue()

    def _do(self, command: c.Command) -> None:
        self._now = Micros(self._now + 1)
        decision = decide(self._state, command, self._settings, self._now)
        if isinstance(decision, Refusal):
            raise TypeError(decision)
        for body in decision:
            seq = self._state.seq + 1
            evolve(self._state, DayEvent(seq, self._now, body.type, body.v, "benchmark", Actor("system"), body))

    def _issue(self) -> None:
        number = next(self._visits)
        visit, letter = VisitId(f"visit-{number}"), CODE_LETTERS[number // _A_SERIES % len(CODE_LETTERS)]
        services, language = (ServiceId("uto-evacuation"),), Language("en")
        series = Series(letter, 1, 999)
        self._do(c.IssueTicket(visit, services, Category.WALK_IN, 1, language, None, series))

    def four(self) -> None:
        """Issue one, call one, start and finish: as many wait afterwards as before."""
        self._issue()
        for command in (c.CallNext(COUNTER), c.StartServing(COUNTER), c.Finish(COUNTER)):
            self._do(command)


def _often(work: Callable[[], object]) -> float:
    """Work for some seconds; times a second."""
    begin, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - begin) < _SECONDS:
        for _ in range(50):
            work()
        done += 50
    return done / spent


def measure_engine() -> Measure:
    day = _Day()
    keys = count(now_micros())
    heap = [(True, next(keys), seq) for seq in range(WAITING)]

    def push_and_pop() -> None:
        heapq.heappush(heap, (True, next(keys), 0))
        heapq.heappop(heap)

    return Measure(
        f"decide and evolve, {WAITING} waiting",
        4 * _often(day.four),
        "heapq, push and pop",
        _often(push_and_pop),
        "commands",
        goal=0.012,
        floor=0.004,
    )
