"""What is not known of the hours ahead: as its middle, or drawn. Pure; instants and durations are microseconds.

``Middle`` gives the same every time, and is what ranges are made of. ``SampledChance`` gives one of the ways in which
it may go: of many of them the mean is right where the middle is not, as a queue that cannot be shorter than nobody.
"""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from random import Random
from statistics import NormalDist
from typing import Final, Protocol

from queue_server.domain.values import Micros
from queue_server.forecast.rates import PIECE

_NORMAL: Final = NormalDist()


class Uncertainty(Protocol):
    """How long things take, who comes and who stays, from a moment on."""

    def pace(self, slower: float, seen: float, spread: float) -> float:
        """Say how long today's visits need compared with all days, of which ``seen`` were looked at."""

    def arrivals(self, more: float, seen: float) -> float:
        """Say how many come today compared with all days, of whom ``seen`` were looked at."""

    def need(self, mean: int, spread: float) -> int:
        """Say how long somebody is served, for whom ``mean`` is usual."""

    def remaining(self, mean: int, gone: int, spread: float) -> int:
        """Say how much longer somebody is served, for whom ``mean`` is usual and who is served for ``gone``."""

    def coming(
        self, pieces: Sequence[float], starts_at: Micros, now: Micros, end: Micros, more: float
    ) -> Iterator[Micros]:
        """Say when they come of whom ``pieces`` times ``more`` come in each ``PIECE`` since ``starts_at``."""

    def shows(self, share: float) -> float:
        """Say how likely somebody comes of whom that share does."""

    def stays(self) -> tuple[float, float] | None:
        """Draw for how long somebody stays who may leave with and without a word; None: as all do in the mean."""


class Middle:
    """The middle of what may happen."""

    def pace(self, slower: float, seen: float, spread: float) -> float:
        del seen, spread
        return slower

    def arrivals(self, more: float, seen: float) -> float:
        del seen
        return more

    def need(self, mean: int, spread: float) -> int:
        del spread
        return mean

    def remaining(self, mean: int, gone: int, spread: float) -> int:
        return remaining(mean, gone, spread)

    def coming(
        self, pieces: Sequence[float], starts_at: Micros, now: Micros, end: Micros, more: float
    ) -> Iterator[Micros]:
        """Give when they come: whenever another half of one is full, of so many in each piece."""
        full = 0.5
        for index, count in enumerate(pieces):
            start = starts_at + index * PIECE
            begin = max(now, start)
            stop = min(end, start + PIECE)
            if begin >= stop or count <= 0:
                continue
            rate = count * more / PIECE
            coming = full + rate * (stop - begin)
            at = float(begin)
            while full + rate * (stop - at) >= 1:
                at += (1 - full) / rate
                yield Micros(round(at))
                full = 0.0
            full = coming - math.floor(coming) if coming >= 1 else coming

    def shows(self, share: float) -> float:
        return share

    def stays(self) -> tuple[float, float] | None:
        return None


class SampledChance:
    """One of the ways in which it may go; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        # Chance of a forecast is no secret, and must be the same on every server.
        self._random = Random(seed)  # noqa: S311

    def pace(self, slower: float, seen: float, spread: float) -> float:
        return slower * max(0.1, self._random.gauss(1.0, spread / math.sqrt(max(1.0, seen))))

    def arrivals(self, more: float, seen: float) -> float:
        """Draw from what a gamma distribution leaves open that was seen so often."""
        return self._random.gammavariate(max(1.0, seen), more / max(1.0, seen))

    def need(self, mean: int, spread: float) -> int:
        sigma = _sigma(spread)
        return round(mean * math.exp(self._random.gauss(-(sigma**2) / 2, sigma)))

    def remaining(self, mean: int, gone: int, spread: float) -> int:
        """Draw from what is left of a lognormal distribution."""
        share = self._random.random()
        if mean <= 0:
            return 0
        sigma = _sigma(spread)
        mu = math.log(mean) - sigma**2 / 2
        before = _NORMAL.cdf((math.log(gone) - mu) / sigma) if gone > 0 else 0.0
        at = before + share * (1 - before)
        # Who is served for longer than anybody is known to be goes on as the middle has it.
        if not 0 < at < 1 - 1e-9:
            return remaining(mean, gone, spread)
        return max(0, round(math.exp(mu + sigma * _NORMAL.inv_cdf(at)) - gone))

    def coming(
        self, pieces: Sequence[float], starts_at: Micros, now: Micros, end: Micros, more: float
    ) -> Iterator[Micros]:
        """Draw when they come (Poisson, a rate for each piece)."""
        chance = self._random
        for index, count in enumerate(pieces):
            start = starts_at + index * PIECE
            stop = min(end, start + PIECE)
            at = float(max(now, start))
            # As good as nobody is nobody: a rate may be less than a number can be.
            rate = count * more / PIECE
            if at >= stop or rate <= 0:
                continue
            while (at := at + chance.expovariate(rate)) < stop:
                yield Micros(round(at))

    def shows(self, share: float) -> float:
        # SampledChance also where it is certain: what a plan changes must not change what comes after.
        return float(self._random.random() < share)

    def stays(self) -> tuple[float, float] | None:
        return self._random.random(), self._random.random()


MIDDLE: Final = Middle()


def remaining(mean: int, gone: int, spread: float) -> int:
    """Say how much longer something lasts that has lasted ``gone``, and in all lasts ``mean`` (lognormal)."""
    if mean <= 0:
        return 0
    if gone <= 0 or spread <= 0:
        return max(0, mean - gone)
    sigma = _sigma(spread)
    mu = math.log(mean) - sigma**2 / 2
    at = (mu - math.log(gone)) / sigma
    longer = _normal(at)
    # Beyond what a computer can tell from nothing, it goes on as long as it has lasted, times what is left of chance.
    if longer < 1e-6:  # noqa: PLR2004
        return round(gone * sigma / 3)
    return max(0, round(mean * _normal(at + sigma) / longer) - gone)


@lru_cache(maxsize=64)
def _sigma(spread: float) -> float:
    return math.sqrt(math.log(1 + max(spread, 0.05) ** 2))


def _normal(value: float) -> float:
    return 0.5 * (1 + math.erf(value / math.sqrt(2)))
