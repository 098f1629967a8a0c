"""Pauses between tries of what does not work now: each twice as long as the one before."""

import asyncio
import random


class Pauses:
    """``first`` is whether it works, so that its failing is news: one line in the log is enough for an outage."""

    def __init__(self, first_s: float, most_s: float) -> None:
        self._first_s = first_s
        self._most_s = most_s
        self._next_s = first_s
        self.first = True

    def failed(self) -> float:
        """Give the seconds until the next try."""
        pause = self._next_s
        self._next_s = min(pause * 2, self._most_s)
        self.first = False
        return pause

    def worked(self) -> None:
        self._next_s, self.first = self._first_s, True

    async def wait(self, wake: asyncio.Event) -> None:
        """Wait until the next try, or until ``wake`` is set before: then the pause after this one is as long again.

        Devices of one centre lose the server together and should not all come back in the same instant.
        """
        self.first = False
        try:
            async with asyncio.timeout(self._next_s * random.uniform(0.5, 1.0)):  # noqa: S311 - not a secret
                await wake.wait()
        except TimeoutError:
            self._next_s = min(self._next_s * 2, self._most_s)
