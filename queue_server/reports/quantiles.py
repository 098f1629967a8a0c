"""Shares of many numbers that are counted and not listed. Pure."""

from collections.abc import Iterable, Mapping
from fractions import Fraction


def quantile(counts: Mapping[int, int], share: Fraction) -> int | None:
    """Give the smallest number that at least ``share`` of all do not exceed (nearest rank); None of nothing.

    ``counts`` says how often each number is there.
    """
    total = sum(counts.values())
    if total == 0:
        return None
    wanted, seen = max(Fraction(1), share * total), 0
    for number in sorted(counts):
        seen += counts[number]
        if seen >= wanted:
            return number
    raise AssertionError(total)


def quantile_of(numbers: Iterable[int], share: Fraction) -> int | None:
    """Give the same of numbers that are listed."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    rank = -(-share * len(ordered) // 1)
    return ordered[max(0, int(rank) - 1)]


HALF, NINE_OF_TEN, ONE_OF_TEN = Fraction(1, 2), Fraction(9, 10), Fraction(1, 10)
