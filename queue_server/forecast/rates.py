"""What a centre's days teach: how long people need, who comes when, how many leave. Pure.

Shrinkage: what was seen little is drawn towards what was seen more. A service at a step towards that step, that step
towards the catalogue, and today towards all days before.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean, pvariance, variance
from typing import Final

import msgspec

from queue_server.domain.values import MINUTE, SECOND, Category, Micros, ServiceId, StepId, VisitState
from queue_server.queue.state import DayState, Visit
from queue_server.queue.stops import StopOutcome, stops

#: Arrivals are counted in pieces of the day.
PIECE: Final = 15 * MINUTE
#: As many served of a service at a step count as much as all that was seen of the step.
_PACE_WEIGHT: Final = 30
#: As many arrivals today count as much as the mean of all days, where it is not known how days differ: bounds of that.
_ARRIVALS_WEIGHT: Final = 60
_MIN_WEIGHT, _MAX_WEIGHT = 5.0, 60.0
_MAX_PACE_WEIGHT: Final = 1000.0
#: Days from which it is learned how they differ.
_MIN_DAYS: Final = 5
#: Minutes of a step of ``CentreRates.staying``.
STAY_MIN: Final = 5
_WALK: Final = 40 * SECOND

#: Minutes that the catalogue gives a party of so many people at a step of a service; of any, also one that is no more.
type PlannedMinutes = Callable[[StepId, ServiceId, int], float]


class ArrivalClass(msgspec.Struct, frozen=True):
    """Parties that come alike: of a category, for the same services."""

    category: Category
    services: tuple[ServiceId, ...]


class ClassRates(msgspec.Struct, frozen=True):
    """How a class comes: ``pieces`` are its parties a day in each piece since the day's start.

    ``people`` is its mean party, ``early`` how long before the time from which it counts it comes, in the mean.
    """

    pieces: tuple[float, ...]
    people: float
    early: int


class CentreRates(msgspec.Struct, frozen=True):
    """What was learned. ``pace`` is the time that was needed over that of the catalogue; ``walk`` from call to start.

    ``spread`` is the standard deviation of a service time as a share of its mean. ``staying`` is the share that has not
    said that it leaves after so many times ``STAY_MIN`` without a first call, of which ``gone`` left without a word.
    ``arrivals_weight`` arrivals and ``pace_weight`` served of today count as much as all days before.
    """

    days: int
    pace: Mapping[tuple[StepId, ServiceId], float]
    step_pace: Mapping[StepId, float]
    spread: float
    walk: int
    staying: tuple[float, ...]
    gone: tuple[float, ...]
    arrivals_weight: float
    pace_weight: float
    classes: Mapping[ArrivalClass, ClassRates]

    def pace_of(self, step: StepId, service: ServiceId) -> float:
        return self.pace.get((step, service), self.step_pace.get(step, 1.0))


class _Sums:
    """Time needed, time planned, and of how many."""

    __slots__ = ("count", "needed", "planned")

    def __init__(self) -> None:
        self.needed = self.planned = 0.0
        self.count = 0

    def add(self, needed: float, planned: float) -> None:
        self.needed += needed
        self.planned += planned
        self.count += 1

    def ratio(self, towards: float, weight: float) -> float:
        """Give needed over planned, drawn towards what else is known as if so many more had been seen."""
        each = self.planned / self.count if self.count else 1.0
        return (self.needed + towards * weight * each) / (self.planned + weight * each)


def learn(days: Sequence[DayState], planned: PlannedMinutes) -> CentreRates:
    """Learn from days that are over."""
    found = [stop for day in days for stop in stops(day)]
    by_step: dict[StepId, _Sums] = defaultdict(_Sums)
    by_service: dict[tuple[StepId, ServiceId], _Sums] = defaultdict(_Sums)
    for stop in found:
        time = stop.served
        if time is not None:
            usual = planned(stop.step, stop.service, stop.people) * MINUTE
            by_step[stop.step].add(time, usual)
            by_service[stop.step, stop.service].add(time, usual)
    step_pace = {step: sums.ratio(1.0, _PACE_WEIGHT) for step, sums in by_step.items()}
    pace = {key: sums.ratio(step_pace[key[0]], _PACE_WEIGHT) for key, sums in by_service.items()}
    walks = [
        one.started_at - one.called_at for one in found if one.started_at is not None and one.called_at is not None
    ]
    return CentreRates(
        days=len(days),
        pace=pace,
        step_pace=step_pace,
        spread=_spread(found, pace, planned),
        walk=round(fmean(walks)) if walks else _WALK,
        staying=_staying(found),
        gone=_gone(found),
        arrivals_weight=_arrivals_weight([len(day.visits) for day in days]),
        pace_weight=_pace_weight([tuple(stops(day)) for day in days], pace, planned),
        classes=_classes(days),
    )


def _spread(
    found: Iterable[StopOutcome], pace: Mapping[tuple[StepId, ServiceId], float], planned: PlannedMinutes
) -> float:
    shares = _shares(found, pace, planned)
    return math.sqrt(fmean((one - 1) ** 2 for one in shares)) if shares else 0.5


def _shares(
    found: Iterable[StopOutcome], pace: Mapping[tuple[StepId, ServiceId], float], planned: PlannedMinutes
) -> list[float]:
    """Compare each time that was needed with what is usual."""
    return [
        time / (planned(stop.step, stop.service, stop.people) * MINUTE * pace[stop.step, stop.service])
        for stop in found
        if (time := stop.served) is not None
    ]


def _waited(stop: StopOutcome) -> int | None:
    """Count the steps of ``STAY_MIN`` that a party had waited when it was called, or left; None at a later stop."""
    until = stop.called_at if stop.called_at is not None else stop.ended_at
    if stop.number > 0 or until is None:
        return None
    return max(0, until - stop.waits_from) // (STAY_MIN * MINUTE)


def _staying(found: Iterable[StopOutcome]) -> tuple[float, ...]:
    """Estimate how many stay how long (E. L. Kaplan, P. Meier, 1958): who was called before that tells of no more.

    Who left without a word is not known to have left before they are called, and is of ``_gone``.
    """
    over: dict[int, int] = defaultdict(int)
    left: dict[int, int] = defaultdict(int)
    for stop in found:
        step = _waited(stop)
        if step is not None:
            over[step] += 1
            left[step] += stop.left and stop.called_at is None
    here, share = sum(over.values()), 1.0
    staying = [1.0]
    for step in range(max(over, default=-1) + 1):
        # Of a handful nothing can be said: who waits longer than all others is taken to stay.
        if here >= _PACE_WEIGHT:
            share *= 1 - left[step] / here
        staying.append(share)
        here -= over[step]
    return tuple(staying)


def _gone(found: Iterable[StopOutcome]) -> tuple[float, ...]:
    """Estimate of those who are called for the first time how many have gone, by how long they had waited.

    It cannot become less: pools of neighbours that would have it so are taken together (M. Ayer and others, "An
    empirical distribution function for sampling with incomplete information", 1955).
    """
    called: dict[int, int] = defaultdict(int)
    missed: dict[int, int] = defaultdict(int)
    for stop in found:
        step = _waited(stop)
        if step is not None and stop.called_at is not None:
            called[step] += 1
            missed[step] += stop.left and stop.started_at is None
    pools: list[tuple[int, int, int]] = []
    for step in range(max(called, default=-1) + 1):
        pool = (1, missed[step], called[step])
        while pools and (not pool[2] or pools[-1][1] * pool[2] >= pool[1] * pools[-1][2]):
            steps, vain, of = pools.pop()
            pool = (pool[0] + steps, pool[1] + vain, pool[2] + of)
        pools.append(pool)
    shares = [share for steps, vain, of in pools for share in [vain / of if of else 0.0] * steps]
    return tuple(shares) or (0.0,)


def _pace_weight(
    days: Sequence[Sequence[StopOutcome]], pace: Mapping[tuple[StepId, ServiceId], float], planned: PlannedMinutes
) -> float:
    """Learn how much faster or slower a whole day goes than others, beyond the chance of each visit."""
    if len(days) < _MIN_DAYS:
        return 4.0 * _PACE_WEIGHT
    each = [shares for day in days if len(shares := _shares(day, pace, planned)) >= _PACE_WEIGHT]
    if len(each) < _MIN_DAYS:
        return 4.0 * _PACE_WEIGHT
    within = fmean(pvariance(shares) for shares in each)
    chance = fmean(pvariance(shares) / len(shares) for shares in each)
    beyond = variance([fmean(shares) for shares in each]) - chance
    return min(_MAX_PACE_WEIGHT, max(float(_PACE_WEIGHT), within / beyond if beyond > 0 else _MAX_PACE_WEIGHT))


def _arrivals_weight(counts: Sequence[int]) -> float:
    """Learn how much days differ beyond chance: arrivals of a Poisson process whose mean is drawn from a gamma one."""
    if len(counts) < _MIN_DAYS:
        return _ARRIVALS_WEIGHT
    mean = fmean(counts)
    beyond = sum((one - mean) ** 2 for one in counts) / (len(counts) - 1) - mean
    return min(_MAX_WEIGHT, max(_MIN_WEIGHT, mean**2 / beyond if beyond > 0 else _MAX_WEIGHT))


def _class_of(visit: Visit) -> ArrivalClass:
    return ArrivalClass(visit.category, visit.services)


def _piece(day: DayState, at: Micros) -> int:
    return max(0, at - day.starts_at) // PIECE


def _classes(days: Sequence[DayState]) -> Mapping[ArrivalClass, ClassRates]:
    seen: dict[ArrivalClass, list[tuple[int, int, int]]] = defaultdict(list)
    for day in days:
        for visit in day.visits.values():
            if visit.day == day.day and visit.merged_into is None:
                early = 0 if visit.booked_at is None else max(0, visit.booked_at - visit.issued_at)
                seen[_class_of(visit)].append((_piece(day, visit.issued_at), visit.party_size, early))
    last = max((piece for found in seen.values() for piece, _, _ in found), default=0)
    rates: dict[ArrivalClass, ClassRates] = {}
    for kind, found in seen.items():
        pieces = [0.0] * (last + 1)
        for piece, _, _ in found:
            pieces[piece] += 1 / len(days)
        # A quarter of an hour of one class is seen seldom: its neighbours speak for it as well.
        smooth = tuple(fmean(pieces[max(0, index - 1) : index + 2]) for index in range(len(pieces)))
        people = fmean(size for _, size, _ in found)
        rates[kind] = ClassRates(smooth, people, round(fmean(early for _, _, early in found)))
    return rates


def today(rates: CentreRates, state: DayState, now: Micros, planned: PlannedMinutes) -> tuple[float, float]:
    """Say how today goes compared with all days: how many come, and how long they need; 1.0 as always."""
    piece, part = divmod(max(0, now - state.starts_at), PIECE)
    usual = sum(
        sum(one.pieces[:piece]) + (one.pieces[piece] * part / PIECE if piece < len(one.pieces) else 0.0)
        for one in rates.classes.values()
    )
    came = len(state.visits)
    sums = _Sums()
    for stop in stops(state):
        time = stop.served
        if time is not None:
            sums.add(
                time, planned(stop.step, stop.service, stop.people) * MINUTE * rates.pace_of(stop.step, stop.service)
            )
    weight = rates.arrivals_weight
    return (came + weight) / (usual + weight), sums.ratio(1.0, rates.pace_weight)


def is_over(visit: Visit) -> bool:
    """Tell whether nothing more is needed for a visit."""
    return visit.state in (VisitState.DONE, VisitState.CANCELLED, VisitState.NOT_SERVED, VisitState.MISSED)
