"""What time it is at the server: this machine's own clock is believed in nothing."""

import time
from collections.abc import Callable
from datetime import datetime

#: After so many seconds without a word of the server nobody knows what time it is there.
_STALE_S = 60.0


def since_boot() -> float:
    """Give the seconds since the start of the machine, with those in which it was asleep (clock_gettime(2))."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class ServerClock:
    """Counts on from what the server said last. ``passed`` gives seconds that only go forward."""

    def __init__(self, passed: Callable[[], float] = since_boot) -> None:
        self._passed = passed
        self._ahead: float | None = None
        self._heard = 0.0

    def note(self, at: datetime) -> None:
        """Hear what time it is at the server."""
        self._heard = self._passed()
        self._ahead = at.timestamp() - self._heard

    def now(self) -> float | None:
        """Give the second of the epoch at the server; None where it was not heard of late."""
        passed = self._passed()
        return None if self._ahead is None or passed - self._heard > _STALE_S else self._ahead + passed
