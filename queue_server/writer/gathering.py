"""Callers that are answered together ask again together: how long to wait for them, so that one commit serves all.

A commit of many commands costs hardly more than a commit of one. The quicker it is, the fewer have asked again when the
next could begin; without a pause a writer with many callers makes more commits, each with fewer commands, and answers
fewer of them. PostgreSQL has the same remedy for its own commits (``commit_delay`` and ``commit_siblings``).
"""

import asyncio
from collections.abc import Sized
from contextlib import suppress


class Gathering:
    """Knows the last batch: how many ``commands`` it had and how many seconds it took to store them."""

    def __init__(self) -> None:
        self.commands = 0
        self.took_s = 0.0

    async def wait(self, waiting: Sized, wake: asyncio.Event) -> None:
        """Wait until as many ask as the last time; half as long as the last batch took at most.

        Returns at once where nobody waits, or where the last caller was alone. ``wake`` is set for each who comes.
        """
        if self.commands <= 1 or not waiting:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(self.took_s / 2):
                while len(waiting) < self.commands:
                    wake.clear()
                    await wake.wait()
