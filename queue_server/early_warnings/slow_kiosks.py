"""Kiosks that give out fewer tickets than they usually do at this time of the week. Pure.

What is usual is the mean of the same hour of the same weekday in the weeks before, on days on which the kiosk was in
use. A quiet day is no fault of a kiosk: what the other kiosks give out, against what they usually do, is taken off
first. What is left must be less than half, and so little that chance alone would hardly do it (Poisson).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from queue_server.domain.values import HOUR, DeviceId, Micros
from queue_server.early_warnings.model import SlowKiosk

#: Tickets are counted over so long.
WINDOW: Final = HOUR
#: Of fewer days than this nobody knows what is usual.
MIN_DAYS: Final = 3
#: Where fewer tickets than this are expected, none at all may be chance.
_MIN_USUAL: Final = 6.0
#: Of so little that it comes by chance less often than this, something is the matter.
_CHANCE: Final = 0.01
_HALF: Final = 0.5

#: How many tickets each kiosk gave out in the window.
type KioskTickets = Mapping[DeviceId, int]


def slow_kiosks(
    today: KioskTickets, before: Mapping[DeviceId, Sequence[int]], now: Micros, kiosks: Sequence[DeviceId]
) -> tuple[SlowKiosk, ...]:
    """Find those of ``kiosks`` that are slower than they usually are, in their order.

    ``before`` has for each kiosk what it gave out in the same window on each day of the weeks before on which it was in
    use at all.
    """
    usual = {kiosk: sum(counts) / len(counts) for kiosk, counts in before.items() if len(counts) >= MIN_DAYS}
    found = []
    for kiosk in kiosks:
        if kiosk not in usual:
            continue
        others = [one for one in kiosks if one != kiosk and one in usual]
        expected = usual[kiosk] * _busyness(today, usual, others)
        tickets = today.get(kiosk, 0)
        if expected >= _MIN_USUAL and tickets <= _HALF * expected and _at_most(tickets, expected) < _CHANCE:
            found.append(SlowKiosk(kiosk, Micros(now - WINDOW), tickets, expected))
    return tuple(found)


def _busyness(today: KioskTickets, usual: Mapping[DeviceId, float], others: Sequence[DeviceId]) -> float:
    """Say how busy today is by the other kiosks, at most as usual; without others it is taken to be usual."""
    mean = sum(usual[one] for one in others)
    return min(1.0, sum(today.get(one, 0) for one in others) / mean) if mean >= _MIN_USUAL else 1.0


def _at_most(count: int, mean: float) -> float:
    """Give the chance of at most ``count`` where ``mean`` are expected."""
    term = total = math.exp(-mean)
    for number in range(1, count + 1):
        term *= mean / number
        total += term
    return total
