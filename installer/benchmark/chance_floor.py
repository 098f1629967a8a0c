"""What chance leaves a forecast to be wrong by: ``python -m installer.benchmark.chance_floor [FUTURES]``.

For the tables of ``docs/waiting-time.md``. It takes some minutes for each load.

*Waits*: at stops of days that were not learned from, futures are drawn from what was learned. Their own middle is the
best that can be said; by how much they are off it in the mean is what is left, even if all that was learned is right.

*Backlog*: each day is played again with other afternoons, drawn as the day itself was. A forecast that knows the true
rates, who has booked and comes, and how long everybody needs who is there at noon, can say no more than the number
that most of these are within a tenth of.
"""

import random
import sys
from collections.abc import Iterator
from importlib.resources import files
from statistics import fmean, median, pstdev
from typing import Final, NamedTuple

from msgspec.structs import replace

import queue_server.simulation
from queue_server.catalogue import toml
from queue_server.domain.values import HOUR, MINUTE, Day, Micros, VisitId, VisitState
from queue_server.forecast.chance import SampledChance
from queue_server.forecast.estimate import WaitRange
from queue_server.forecast.futures import likeliest
from queue_server.forecast.judging import ForecastJudge, JudgedStop
from queue_server.forecast.outlook import Forecaster, waits_from
from queue_server.queue.events import DayEvent
from queue_server.queue.state import DayState
from queue_server.simulation.arrivals import drawn_day, mean_minutes
from queue_server.simulation.comparison import mixed_days
from queue_server.simulation.demand import parse_demand
from queue_server.simulation.draws import lognormal, source
from queue_server.simulation.judge import LearnedCentre, learn_centre, plan_of
from queue_server.simulation.model import SimulatedDay, SimulatedParty
from queue_server.simulation.player import play
from queue_server.simulation.staffing import expected_work, load, staffed_centre

#: From one load to another, and at every how many stops it is asked.
_LOADS: Final = ((0.85, 1.15, 6), (1.1, 1.3, 12), (1.3, 1.5, 12))
JUDGED: Final = "1/judged"
NOON: Final = 4 * HOUR
_FUTURES: Final = 31

_EXAMPLES: Final = files(queue_server.simulation) / "examples"
_SETUP: Final = toml.parse((_EXAMPLES / "town.toml").read_text("utf-8"))
THERE: Final = staffed_centre(_SETUP, Day("2026-12-01"))
DEMAND: Final = parse_demand((_EXAMPLES / "town-demand.toml").read_text("utf-8"), _SETUP)


class DrawnWait(NamedTuple):
    """A stop that was asked about and called, and the minutes that futures have for it."""

    stop: JudgedStop
    drawn: list[float]


class _DrawingJudge(ForecastJudge):
    """A judge that draws futures for each stop that it asks about."""

    def __init__(self, forecaster: Forecaster, learned: LearnedCentre, every: int, futures: int) -> None:
        super().__init__(lambda _state, _now: forecaster, learned.errors, every)
        self._drawer, self._futures = forecaster, futures
        self._drawn: dict[tuple[VisitId, int], list[float]] = {}
        self.found: list[DrawnWait] = []

    def watch(self, state: DayState, event: DayEvent) -> None:
        before, ended = dict(self._asked), len(self.stops)
        super().watch(state, event)
        for key in self._asked.keys() - before.keys():
            self._drawn[key] = list(self._draw(state, key[0], event.at))
        if len(self.stops) > ended:
            (gone,) = before.keys() - self._asked.keys()
            if self._drawn[gone]:
                self.found.append(DrawnWait(self.stops[-1], self._drawn[gone]))

    def _draw(self, state: DayState, visit: VisitId, now: Micros) -> Iterator[float]:
        since = waits_from(state.visits[visit], now)
        for seed in range(self._futures):
            drain = self._drawer.drain(state, now, None, SampledChance(seed))
            drain.run(visit)
            at = drain.first_calls.get(visit)
            if at is not None:
                yield max(0, at - since) / MINUTE


def waits(low: float, high: float, every: int, futures: int) -> str:
    """Judge what is told, the middle of futures, and what chance leaves: a row for each kind of stop."""
    learned = learn_centre(mixed_days(THERE, DEMAND, (low, high), 20, "1/learned"), _SETUP, every=9)
    found: list[DrawnWait] = []
    for day in mixed_days(THERE, DEMAND, (low, high), 10, JUDGED):
        judge = _DrawingJudge(Forecaster(learned.rates, plan_of(day, _SETUP, learned)), learned, every, futures)
        play(day, watch=judge.watch)
        found += judge.found
    later = _row(f"{low} to {high}, later steps", [one for one in found if not one.stop.first])
    return "\n".join((later, _row(f"{low} to {high}, first call", [one for one in found if one.stop.first])))


def _row(name: str, found: list[DrawnWait]) -> str:
    told, futures, left, mean = list[float](), list[float](), list[float](), list[float]()
    for stop, drawn in found:
        if not isinstance(stop.told, WaitRange) or stop.waited is None or stop.mean is None:
            continue
        middle = median(drawn)
        told.append(abs(stop.told.middle / MINUTE - stop.waited))
        futures.append(abs(middle - stop.waited))
        left.append(fmean(abs(one - middle) for one in drawn))
        mean.append(abs(stop.mean - stop.waited))
    errors = [fmean(one) for one in (told, futures, left)]
    shares = [f"{one / fmean(mean):.2f}" for one in errors]
    return " | ".join((name, str(len(told)), *(f"{one:.2f}" for one in errors), *shares))


def backlogs(low: float, high: float, afternoons: int) -> str:
    """Say on how many of ten days a forecast at noon that knows the true rates is within a tenth."""
    usual, expected, spreads = load(THERE.empty, expected_work(THERE, DEMAND)), list[float](), list[float]()
    for number, day in enumerate(mixed_days(THERE, DEMAND, (low, high), 10, JUDGED)):
        factor = source(JUDGED, number, "load").uniform(low, high) / usual
        counts = [_unserved(other_afternoon(day, factor, f"{number}/{other}")) for other in range(afternoons)]
        best = likeliest(counts)
        expected.append(fmean(abs(best - one) <= one / 10 for one in counts))
        spreads.append(pstdev(counts))
    return f"{low} to {high} | {sum(expected):.1f} of 10 | {fmean(spreads):.0f}"


def other_afternoon(day: SimulatedDay, factor: float, seed: str) -> SimulatedDay:
    """Give a day the same morning and who has booked, and other people after noon."""
    noon, chance = day.starts_at + NOON, source("needs", seed)
    drawn = drawn_day(THERE, DEMAND, factor=factor, seed=f"other/{seed}")
    mine = [
        one if one.arrives < noon else replace(one, needs=tuple(_needs(one, chance)))
        for one in day.parties
        if one.arrives < noon or one.booked_at is not None
    ]
    others = [one for one in drawn.parties if one.arrives >= noon and one.booked_at is None]
    return replace(day, parties=tuple(sorted((*mine, *others), key=lambda one: one.arrives)))


def _needs(party: SimulatedParty, chance: random.Random) -> Iterator[int]:
    for minutes in mean_minutes(_SETUP, party.services, party.people):
        yield round(lognormal(chance, minutes, DEMAND.spread_percent / 100) * MINUTE)


def _unserved(day: SimulatedDay) -> int:
    return sum(visit.state is VisitState.NOT_SERVED for visit in play(day).visits.values())


def main() -> None:
    """Print both tables."""
    futures = int(sys.argv[1]) if len(sys.argv) > 1 else _FUTURES
    for low, high, every in _LOADS:
        print(backlogs(low, high, futures), flush=True)
        print(waits(low, high, every, futures), flush=True)


if __name__ == "__main__":
    main()
