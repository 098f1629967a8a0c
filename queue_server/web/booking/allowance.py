"""How much was tried lately, and what that costs the next party. Pure but for the clock it is given.

A party costs as much as its people would one by one. The addresses of one IPv6 network (/64) count as one.
Counts are forgotten by halves: what was tried ``memory_s`` seconds ago counts half.
"""

import math
from collections.abc import Callable
from typing import Final

from queue_server.framework.counted_address import counted_address
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

    def add(self, more: int, now: float, half_s: float) -> None:
        self._count, self._at = self.count(now, half_s) + more, now


class Allowance:
    """Counts the people for whom times are held, by address and together; ``clock`` gives seconds that only go up."""

    def __init__(self, settings: BookingSettings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._all = _Faded(clock())
        self._tried: dict[str, _Faded] = {}
        self._next: dict[str, float] = {}

    def count(self, address: str, people: int = 1) -> None:
        """Note that somebody of this address tries to hold a time for so many people."""
        now, half, address = self._clock(), self._settings.memory_s, counted_address(address)
        self._all.add(people, now, half)
        # Put back at the end: who was quiet longest stands first.
        mine = self._tried.pop(address, None) or _Faded(now)
        mine.add(people, now, half)
        self._tried[address] = mine
        if len(self._tried) > _MAX:
            del self._tried[next(iter(self._tried))]

    def factor(self, address: str) -> float:
        """Say how much more than in calm times a person of this address costs: 1 at least."""
        rules, now = self._settings, self._clock()
        mine = self._tried.get(counted_address(address))
        own = 0.0 if mine is None else mine.count(now, rules.memory_s)
        together = self._all.count(now, rules.memory_s)
        return min(rules.max_factor, 1 + own / rules.calm_address + together / rules.calm)

    def rounds(self, address: str, people: int = 1) -> int:
        """Say of how many derivations the next proof of this address for so many people is, on average."""
        return max(1, round(self._settings.proof_rounds * self.factor(address) * people))

    def wait_s(self, address: str, people: int = 1) -> float:
        """Say how long the next party of this address waits that proves nothing: seconds from now."""
        queued = max(0.0, self._next.get(counted_address(address), 0.0) - self._clock())
        return max(queued, self._settings.wait_s * self.factor(address) * people)

    def may_go(self, address: str, people: int = 1) -> float:
        """Let a party go that has waited: 0 where it may, else the seconds that others of its address are before it.

        An address has its waits one after another, so that nobody waits for a hundred at once.
        """
        now, address = self._clock(), counted_address(address)
        remaining = self._next.get(address, 0.0) - now
        if remaining > 0:
            return remaining
        self._next.pop(address, None)
        self._next[address] = now + self._settings.wait_s * self.factor(address) * people
        if len(self._next) > _MAX:
            del self._next[next(iter(self._next))]
        return 0.0
