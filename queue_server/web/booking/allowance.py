"""How much was tried lately, and what that costs the next one. Pure but for the clock it is given.

Counts are forgotten by halves: what was tried ``memory_s`` seconds ago counts half.
"""

import math
from collections.abc import Callable
from typing import Final

from queue_server.web.booking.settings import BookingSettings

#: Addresses that are remembered at most; the ones that were quiet longest go first.
_MAX: Final = 50_000


class _Faded:
    """A count that fades."""

    __slots__ = ("_at", "_count")

    def __init__(self, now: float) -> None:
        self._count, self._at = 0.0, now

    def count(self, now: float, half_s: float) -> float:
        return self._count * math.pow(0.5, max(0.0, now - self._at) / half_s)

    def add(self, now: float, half_s: float) -> None:
        self._count, self._at = self.count(now, half_s) + 1, now


class Allowance:
    """Counts the times that are held, by address and together; ``clock`` gives seconds that only go up."""

    def __init__(self, settings: BookingSettings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._all = _Faded(clock())
        self._tried: dict[str, _Faded] = {}
        self._next: dict[str, float] = {}

    def count(self, address: str) -> None:
        """Note that somebody of this address tries to hold a time."""
        now, half = self._clock(), self._settings.memory_s
        self._all.add(now, half)
        # Put back at the end: who was quiet longest stands first.
        mine = self._tried.pop(address, None) or _Faded(now)
        mine.add(now, half)
        self._tried[address] = mine
        if len(self._tried) > _MAX:
            del self._tried[next(iter(self._tried))]

    def factor(self, address: str) -> float:
        """Say how much more than in calm times the next one of this address costs: 1 at least."""
        rules, now = self._settings, self._clock()
        mine = self._tried.get(address)
        own = 0.0 if mine is None else mine.count(now, rules.memory_s)
        together = self._all.count(now, rules.memory_s)
        return min(rules.max_factor, 1 + own / rules.calm_address + together / rules.calm)

    def rounds(self, address: str) -> int:
        """Say of how many derivations the next proof of this address is, on average."""
        return max(1, round(self._settings.proof_rounds * self.factor(address)))

    def wait_s(self, address: str) -> float:
        """Say how long the next one of this address waits that proves nothing: seconds from now."""
        queued = max(0.0, self._next.get(address, 0.0) - self._clock())
        return max(queued, self._settings.wait_s * self.factor(address))

    def may_go(self, address: str) -> float:
        """Let one go who has waited: 0 where they may, else the seconds that others of their address are before them.

        An address has its waits one after another, so that nobody waits for a hundred at once.
        """
        now = self._clock()
        remaining = self._next.get(address, 0.0) - now
        if remaining > 0:
            return remaining
        self._next.pop(address, None)
        self._next[address] = now + self._settings.wait_s * self.factor(address)
        if len(self._next) > _MAX:
            del self._next[next(iter(self._next))]
        return 0.0
