"""The hours until closing, drawn many times: how many wait when, who is not served, who waits too long. Pure.

One drain without chance tells the middle. How far it may go, and what a queue does that cannot be shorter than nobody,
is told by many that have chance in them. The same seeds draw the same people for each plan, so that what differs
between two plans is what the plans make of them.
"""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from queue_server.domain.values import MINUTE, Micros, StepId, VisitId
from queue_server.forecast.drain import Drain, QueuedParty
from queue_server.forecast.outlook import Forecaster
from queue_server.queue.state import DayState

#: A band is from what one of ten futures has less than, to what one of ten has more than.
_LOW, _HIGH = 0.1, 0.9
#: So many futures show where they go; more only make the edges of a band smoother.
FUTURES: Final = 20
HALF_HOUR: Final = 30 * MINUTE
#: Of how many are not served, a forecast is right that is off by no more than a tenth.
_RIGHT: Final = 0.1


class FutureBand(msgspec.Struct, frozen=True):
    """Of futures one in ten has less than ``low``, one in ten more than ``high``; ``mean`` of all."""

    low: float
    mean: float
    high: float


class WaitingAt(msgspec.Struct, frozen=True):
    """How many visits wait at an instant: in all, and at each step that anybody waits for."""

    at: Micros
    whole: FutureBand
    steps: dict[StepId, FutureBand]


class DayOutlook(msgspec.Struct, frozen=True):
    """What is to be expected until the centre closes.

    ``unserved`` visits still have a stop ahead when it closes; ``likeliest`` is the one number that is most often right
    about that. ``too_long`` people wait longer than ``limit`` for a call, of whom ``too_long_at`` at each step;
    ``longest`` is the longest wait. ``kept`` of a hundred promises are kept from now on; None: nobody is called. Of
    whoever is here now ``not_reached`` are those who are not called in most futures, in the order of the queue.
    """

    now: Micros
    closes: Micros
    limit: int
    waiting: tuple[WaitingAt, ...]
    unserved: FutureBand
    likeliest: int
    too_long: FutureBand
    too_long_at: dict[StepId, float]
    longest: FutureBand
    kept: FutureBand | None
    not_reached: tuple[VisitId, ...]


class _FutureCall(msgspec.Struct, frozen=True):
    """Somebody was called, or still waits at the end: how long, and whether within the promise."""

    step: StepId
    waited: int
    people: float
    kept: bool


class _WatchedDrain(Drain):
    """A drain that notes every call."""

    calls: list[_FutureCall]

    def _watch(self, party: QueuedParty, at: Micros) -> None:
        self.calls.append(_waited(party, at))


class DrawnFuture(msgspec.Struct, frozen=True):
    """One way in which it may go: who waits at each instant, and every call, until the centre closes."""

    waiting: list[Counter[StepId]]
    unserved: float
    calls: list[_FutureCall]
    still: list[_FutureCall]
    called: frozenset[VisitId]


def marks(now: Micros, closes: Micros) -> tuple[Micros, ...]:
    """List now, and every half hour until closing, which is among them."""
    first = (now // HALF_HOUR + 1) * HALF_HOUR
    # A quarter of an hour beside now or closing says what these say.
    between = [at for at in range(first, closes, HALF_HOUR) if at - now >= HALF_HOUR // 2]
    return tuple(map(Micros, (now, *between, closes))) if closes > now else (now,)


def outlook(
    forecaster: Forecaster, state: DayState, now: Micros, closes: Micros, *, limit: int, futures: int = FUTURES
) -> DayOutlook:
    """Draw futures from ``now``, and say what they have in common; ``limit`` is a wait that is too long."""
    return gather([future(forecaster, state, now, closes, seed) for seed in range(futures)], state, now, closes, limit)


def future(forecaster: Forecaster, state: DayState, now: Micros, closes: Micros, seed: int) -> DrawnFuture:
    """Draw one future."""
    drain = forecaster.drawn(state, now, seed, _WatchedDrain)
    assert isinstance(drain, _WatchedDrain)  # noqa: S101 - the class that was asked for
    drain.calls = []
    waiting = []
    for at in marks(now, closes):
        # What happens at the instant itself has happened then.
        drain.go_on(Micros(at + 1 if at < closes else at))
        waiting.append(Counter[StepId]())
        for party, weight in drain.waiting():
            waiting[-1][party.stops[0].kind[0]] += weight  # type: ignore[assignment] # a share of one
    still = [_waited(party, closes) for party, weight in drain.waiting() if weight > 0]
    return DrawnFuture(waiting, drain.unserved, drain.calls, still, frozenset(drain.first_calls))


def gather(found: Sequence[DrawnFuture], state: DayState, now: Micros, closes: Micros, limit: int) -> DayOutlook:
    """Say what futures have in common."""
    instants = marks(now, closes)
    steps = sorted({step for one in found for counts in one.waiting for step in counts})
    here = [visit for _, visit in state.waiting]
    return DayOutlook(
        now=now,
        closes=closes,
        limit=limit,
        waiting=tuple(
            WaitingAt(
                at,
                band([sum(one.waiting[index].values()) for one in found]),
                {step: band([one.waiting[index][step] for one in found]) for step in steps},
            )
            for index, at in enumerate(instants)
        ),
        unserved=band([one.unserved for one in found]),
        likeliest=likeliest([round(one.unserved) for one in found]),
        too_long=band([_people(one, limit) for one in found]),
        too_long_at={step: sum(_people(one, limit, step) for one in found) / len(found) for step in steps},
        longest=band([max((call.waited for call in (*one.calls, *one.still)), default=0) for one in found]),
        kept=_kept(found),
        not_reached=tuple(visit for visit in here if sum(visit in one.called for one in found) * 2 < len(found)),
    )


def band(values: Sequence[float]) -> FutureBand:
    ordered = sorted(values)

    def at(share: float) -> float:
        """Read between two values, as the line that joins them."""
        place = share * (len(ordered) - 1)
        low = ordered[math.floor(place)]
        return low + (ordered[math.ceil(place)] - low) * (place - math.floor(place))

    return FutureBand(at(_LOW), sum(ordered) / len(ordered), at(_HIGH))


def likeliest(counts: Sequence[int]) -> int:
    """Choose the number that most futures are within a tenth of; of equal ones that nearest their middle."""
    middle = sorted(counts)[len(counts) // 2]

    def right(number: int) -> float:
        return sum(abs(number - one) <= _RIGHT * one for one in counts)

    return max(range(min(counts), max(counts) + 1), key=lambda number: (right(number), -abs(number - middle)))


def _waited(party: QueuedParty, at: Micros) -> _FutureCall:
    waited = max(0, at - party.waits_from)
    return _FutureCall(party.stops[0].kind[0], waited, party.people, waited <= party.stops[0].promise * MINUTE)


def _people(one: DrawnFuture, limit: int, step: StepId | None = None) -> float:
    calls = (*one.calls, *one.still)
    return sum(call.people for call in calls if call.waited > limit and step in (None, call.step))


def _kept(found: Sequence[DrawnFuture]) -> FutureBand | None:
    shares = [100 * sum(call.kept for call in one.calls) / len(one.calls) for one in found if one.calls]
    return band(shares) if shares else None
