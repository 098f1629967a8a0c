"""Many durations as counts in bins: they add up, take each other away, and still tell their percentiles. Pure.

A bin is 10 seconds wide below ten minutes, 30 seconds below an hour, a minute below four hours, five minutes below a
day; whatever is longer is in the last. So a percentile is at most half a bin (5, 15, 30 or 150 seconds) from that of
the durations themselves, and every whole minute up to four hours is a border: how many waited less than 20 minutes is
known exactly. Counts are whole numbers, so that a day that is counted bit by bit comes to what it is counted at once.
"""

from array import array
from collections import Counter
from collections.abc import Collection
from typing import Final

import msgspec

#: Where bins of one width begin, that width (both seconds), and the number of the first of them.
_RANGES: Final = ((14_400, 300, 340), (3_600, 60, 160), (600, 30, 60), (0, 10, 0))
_DAY: Final = 86_400
LAST_BIN: Final = 580


def start_of(number: int) -> int:
    """Give the shortest duration of a bin, in seconds."""
    if number >= LAST_BIN:
        return _DAY
    start, width, first = next(one for one in _RANGES if number >= one[2])
    return start + (number - first) * width


#: The bin of each duration up to a day.
_BINS: Final = array(
    "H", (number for number in range(LAST_BIN) for _ in range(start_of(number), start_of(number + 1)))
) + array("H", [LAST_BIN])


def bin_of(seconds: int) -> int:
    """Number the bin of a duration of none or more."""
    return _BINS[min(seconds, _DAY)]


class Durations(msgspec.Struct):
    """``count`` durations of ``total_s`` whole seconds together; ``bins`` has no bin in which there is none."""

    count: int = 0
    total_s: int = 0
    bins: dict[int, int] = msgspec.field(default_factory=dict)

    def merge(self, other: "Durations", times: int = 1) -> None:
        """Count all of the others too; ``times`` -1 takes away those that were counted."""
        self.count += other.count * times
        self.total_s += other.total_s * times
        bins = self.bins
        for number, found in other.bins.items():
            count = bins.get(number, 0) + found * times
            if count:
                bins[number] = count
            else:
                del bins[number]

    @property
    def mean_s(self) -> float | None:
        """Their mean, exactly; None where there is none."""
        return self.total_s / self.count if self.count else None

    def percentile_s(self, percent: int) -> int | None:
        """Give the shortest duration that ``percent`` of 100 do not exceed: the middle of its bin, None without any."""
        if not self.count:
            return None
        rank, passed = max(1, -(-percent * self.count // 100)), 0
        for number in sorted(self.bins):
            passed += self.bins[number]
            if passed >= rank:
                start = start_of(number)
                return start if number == LAST_BIN else (start + start_of(number + 1)) // 2
        msg = "a count that is not that of the bins"
        raise ValueError(msg)

    def percentile_min(self, percent: int) -> int | None:
        """Give it in whole minutes, which is exact up to four hours: every minute is a border between bins."""
        found = self.percentile_s(percent)
        return None if found is None else found // 60

    def within(self, minutes: int) -> int:
        """Count those that were over before minute ``minutes`` was: exact up to 239, as a promise is kept."""
        border = bin_of((minutes + 1) * 60)
        return sum(times for number, times in self.bins.items() if number < border)


def packed(bins: dict[int, int]) -> str:
    """Write bins as a JSON list of a bin, its count, the next bin, its count."""
    if not bins:
        return "[]"
    numbers = [0] * (2 * len(bins))
    # Sorted without their counts: whole numbers are compared far sooner than pairs of them.
    numbers[::2] = in_order = sorted(bins)
    numbers[1::2] = map(bins.__getitem__, in_order)
    return _WRITE(numbers).decode()


_WRITE: Final = msgspec.json.Encoder().encode
_READ: Final = msgspec.json.Decoder(list[int])


def unpacked(text: str, total_s: int) -> Durations:
    """Read what ``packed`` wrote.

    Raises:
        msgspec.MsgspecError: it did not write that.
    """
    numbers = _READ.decode(text)
    bins = dict(zip(numbers[::2], numbers[1::2], strict=True))
    return Durations(sum(bins.values()), total_s, bins)


_READ_SEVERAL: Final = msgspec.json.Decoder(list[list[int]])


def unpacked_together(texts: str, total_s: int) -> Durations:
    """Read what ``packed`` wrote several times, with commas between: a year of days at once.

    Raises:
        msgspec.MsgspecError: it did not write that.
    """
    counts = [0] * (LAST_BIN + 1)
    for numbers in _READ_SEVERAL.decode(f"[{texts}]"):
        for number, times in zip(numbers[::2], numbers[1::2], strict=True):
            counts[number] += times
    return Durations(sum(counts), total_s, {number: times for number, times in enumerate(counts) if times})


def bins_of(seconds: Collection[int]) -> list[int]:
    """Number the bin of each duration of none or more."""
    bounded = seconds if max(seconds, default=0) <= _DAY else [min(one, _DAY) for one in seconds]
    return list(map(_BINS.__getitem__, bounded))


def durations_of(seconds: Collection[int]) -> Durations:
    """Count durations of none or more."""
    return Durations(len(seconds), sum(seconds), dict(Counter(bins_of(seconds))))
