"""How wrong forecasts of waits were, by how long they were: what makes a range of a number, and mends its bias. Pure.

Learned from days that the forecast had not seen. Between two bins what was seen is joined by a line.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Final

import msgspec

from queue_server.domain.values import Category, StepId

#: Where bins of forecasts begin, in minutes.
_EDGES: Final = (0.5, 2.0, 4.0, 7.0, 11.0, 16.0, 23.0, 32.0, 45.0, 60.0, 80.0, 110.0)
#: A bin of fewer is joined with the next; a key of fewer has no bins of its own.
MIN_BIN: Final = 40
MIN_KEY: Final = 200
#: Of a hundred waits so many are below the range, and so many below its upper end; and at the latest.
_LOW, _HIGH, _LATEST = 0.07, 0.93, 0.98


class JudgedForecast(msgspec.Struct, frozen=True):
    """What was forecast, and what came: minutes."""

    step: StepId
    category: Category
    forecast: float
    waited: float


class ErrorBin(msgspec.Struct, frozen=True):
    """Of forecasts about ``at`` minutes, how much longer the wait was: of few at most ``low``, of half ``middle``."""

    at: float
    low: float
    middle: float
    high: float
    latest: float


class LearnedErrors(msgspec.Struct, frozen=True):
    """Bins by step and category, and by step alone where a category was seen too little."""

    by_category: Mapping[tuple[StepId, Category], tuple[ErrorBin, ...]]
    by_step: Mapping[StepId, tuple[ErrorBin, ...]]

    def around(self, step: StepId, category: Category, forecast: float) -> ErrorBin | None:
        """Say how wrong a forecast may be; None where too few were judged."""
        bins = self.by_category.get((step, category)) or self.by_step.get(step)
        if not bins:
            return None
        index = bisect_left(bins, forecast, key=lambda one: one.at)
        if index == 0:
            return bins[0]
        if index == len(bins):
            return bins[-1]
        one, other = bins[index - 1], bins[index]
        part = (forecast - one.at) / (other.at - one.at)

        def between(first: float, second: float) -> float:
            return first + (second - first) * part

        return ErrorBin(
            forecast,
            between(one.low, other.low),
            between(one.middle, other.middle),
            between(one.high, other.high),
            between(one.latest, other.latest),
        )


NOTHING_JUDGED: Final = LearnedErrors({}, {})


def learn_errors(judged: Iterable[JudgedForecast]) -> LearnedErrors:
    by_category: dict[tuple[StepId, Category], list[JudgedForecast]] = defaultdict(list)
    by_step: dict[StepId, list[JudgedForecast]] = defaultdict(list)
    for one in judged:
        by_category[one.step, one.category].append(one)
        by_step[one.step].append(one)
    return LearnedErrors(
        {key: _bins(found) for key, found in by_category.items() if len(found) >= MIN_KEY},
        {step: _bins(found) for step, found in by_step.items() if len(found) >= MIN_BIN},
    )


def _bins(found: Sequence[JudgedForecast]) -> tuple[ErrorBin, ...]:
    ordered = sorted(found, key=lambda one: one.forecast)
    bins: list[list[JudgedForecast]] = []
    current: list[JudgedForecast] = []
    edges = iter((*_EDGES, float("inf")))
    edge = next(edges)
    for one in ordered:
        while one.forecast >= edge:
            edge = next(edges)
            if len(current) >= MIN_BIN:
                bins.append(current)
                current = []
        current.append(one)
    if len(current) >= MIN_BIN or not bins:
        bins.append(current)
    else:
        bins[-1] = [*bins[-1], *current]
    return tuple(map(_bin, bins))


def _bin(found: Sequence[JudgedForecast]) -> ErrorBin:
    errors = sorted(one.waited - one.forecast for one in found)

    def at(share: float) -> float:
        return errors[min(len(errors) - 1, int(len(errors) * share))]

    return ErrorBin(fmean(one.forecast for one in found), at(_LOW), at(0.5), at(_HIGH), at(_LATEST))
