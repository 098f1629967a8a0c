"""The time of a server: that of its machine, for as long as it moves as time does.

A clock that leaps (an empty battery, a wrong time server, a hand that slips) must not end a day, destroy a key or sign
anybody out. So it is compared with one that nobody sets, which counts from the start of the machine, sleep included:
after a leap the time that has really passed is added to what was believed before, until the two agree again or the
server is started anew, which is how people say that the new time is the right one.
"""

import time
from collections.abc import Callable

from queue_server.conditions import CLOCK_JUMPED, Condition
from queue_server.domain.values import SECOND, Micros, now_micros

#: Clocks are set by so much without anybody having to know, in microseconds: over this it is a leap.
MAX_STEP = 300 * SECOND


def steady_micros() -> Micros:
    """Read the clock that counts from the start of this machine (clock_gettime(2), CLOCK_BOOTTIME)."""
    return Micros(time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000)


class GuardedClock:
    """Gives the time, in microseconds since the epoch, and never leaps by more than ``max_step`` at once."""

    def __init__(
        self,
        wall: Callable[[], Micros] = now_micros,
        steady: Callable[[], Micros] = steady_micros,
        max_step: int = MAX_STEP,
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._max_step = max_step
        #: What the clock shows when the steady one shows nothing.
        self._base = 0
        self.begin_anew()

    def begin_anew(self) -> None:
        """Believe the machine's clock as it is now."""
        self._base = self._wall() - self._steady()

    def __call__(self) -> Micros:
        wall, passed = self._wall(), self._base + self._steady()
        if abs(wall - passed) > self._max_step:
            return Micros(passed)
        self._base += wall - passed
        return wall

    def condition(self) -> Condition | None:
        """Say by how many seconds the machine's clock is ahead of the time that is believed, where it is not."""
        leap = self._wall() - self._base - self._steady()
        return Condition(CLOCK_JUMPED, leap // SECOND, is_unready=True) if abs(leap) > self._max_step else None
