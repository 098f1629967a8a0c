"""Backoff: pauses between tries of what does not work now, each twice as long as the one before, up to the longest.

Every device waits for its server by this, and for its disk.
"""

import asyncio
import random


class Backoff:
    """``first_s`` doubles up to ``max_s`` seconds.

    ``works`` is whether the last try did: where it does not, its failing is no news, and one line in the log is enough
    for an outage.
    """

    def __init__(self, first_s: float, max_s: float) -> None:
        self._first_s = first_s
        self._max_s = max_s
        self._next_s = first_s
        self.works = True

    def failed(self) -> float:
        """Give the seconds until the next try."""
        pause_s = self._next_s
        self._next_s = min(pause_s * 2, self._max_s)
        self.works = False
        return pause_s

    def worked(self) -> None:
        self._next_s, self.works = self._first_s, True

    async def wait(self, wake: asyncio.Event) -> None:
        """Wait until the next try, or until ``wake`` is set before: then the pause after this one is as long again.

        Devices of one centre lose the server together and should not all come back in the same instant.
        """
        self.works = False
        if not await woken(wake, self._next_s * random.uniform(0.5, 1.0)):  # noqa: S311 - not a secret
            self._next_s = min(self._next_s * 2, self._max_s)


async def woken(wake: asyncio.Event, within_s: float) -> bool:
    """Wait until ``wake`` is set, and at most so long; False where it was not set."""
    try:
        async with asyncio.timeout(within_s):
            await wake.wait()
    except TimeoutError:
        return False
    return True
