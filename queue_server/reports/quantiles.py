"""Shares of a few numbers that are listed. Pure; many durations are counted in bins (``durations``)."""

from collections.abc import Iterable
from fractions import Fraction


def quantile_of(numbers: Iterable[int], share: Fraction) -> int | None:
    """Give the smallest number that at least ``share`` of all do not exceed (nearest rank); None of nothing."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    rank = -(-share * len(ordered) // 1)
    return ordered[max(0, int(rank) - 1)]


HALF, NINE_OF_TEN, ONE_OF_TEN = Fraction(1, 2), Fraction(9, 10), Fraction(1, 10)
