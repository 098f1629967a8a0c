"""How many requests a second an address may send, and all together. Pure but for the clock it is given.

A bucket for each holds what it may send at once, and fills while it is quiet (a token bucket).
"""

from collections.abc import Callable
from typing import Final

from queue_server.framework.counted_address import counted_address

#: Addresses that are remembered at most; the ones that were quiet longest go first.
_MAX: Final = 50_000


class Rates:
    """``each`` requests a second of an address, ``together`` of all; as many at once as in two seconds.

    The addresses of one IPv6 network (/64) count as one.
    ``clock`` gives seconds that only go up.
    """

    def __init__(self, each: int, together: int, clock: Callable[[], float]) -> None:
        self._each = each
        self._together = together
        self._clock = clock
        self._all = (2.0 * together, clock())
        self._left: dict[str, tuple[float, float]] = {}

    def admit(self, address: str) -> bool:
        """Count a request; false where it is one too many: then it costs nobody else anything."""
        now, address = self._clock(), counted_address(address)
        mine = _filled(self._left.pop(address, (2.0 * self._each, now)), self._each, now)
        every = _filled(self._all, self._together, now)
        may = mine >= 1 and every >= 1
        # Put back at the end: who was quiet longest stands first.
        self._left[address] = (mine - may, now)
        self._all = (every - may, now)
        if len(self._left) > _MAX:
            del self._left[next(iter(self._left))]
        return may


def _filled(bucket: tuple[float, float], rate: int, now: float) -> float:
    left, since = bucket
    return min(2.0 * rate, left + (now - since) * rate)
