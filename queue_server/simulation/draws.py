"""What chance gives: the same for the same seed, on every machine. Pure."""

import math
import random
from collections.abc import Mapping


def source(*seed: object) -> random.Random:
    """Make a source of chance of its own for what is named."""
    return random.Random("/".join(map(str, seed)))


def weighted[T](chance: random.Random, weights: Mapping[T, float]) -> T:
    """Draw one of several, each as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]


def lognormal(chance: random.Random, mean: float, spread: float) -> float:
    """Draw from the lognormal distribution with this mean; ``spread`` is its standard deviation as a share of it."""
    sigma = math.sqrt(math.log(1 + spread**2))
    return chance.lognormvariate(math.log(mean) - sigma**2 / 2, sigma)


def poisson_times(chance: random.Random, per_hour: float, start_h: float, end_h: float) -> list[float]:
    """Draw when something happens between two hours that happens so often an hour, each by itself; in order."""
    times: list[float] = []
    at = start_h
    while per_hour > 0:
        at += chance.expovariate(per_hour)
        if at >= end_h:
            break
        times.append(at)
    return times
