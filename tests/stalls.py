"""Event loops whose clock does not count the time that their process is kept from running.

Many tests give a device tenths of a second to answer, so that one that is meant to be silent is soon found so. Its
simulator mostly runs in the same loop. When a busy machine stops that process for seconds, the answer and the end of
the wait come due together, and a device that is well is taken for silent. ``install`` makes every event loop of this
process count only time in which it could have run: a wait ends as soon as ever on an idle machine, and later on a busy
one. What a process waits for from another one needs a limit that no machine is slow enough to pass.
"""

import asyncio
import selectors
import time
from collections.abc import Mapping
from typing import Any

#: The most that is counted between two looks at the clock, and the shortest and longest sleep of a loop, in seconds.
_TICK_S, _LONGEST_TICK_S = 0.005, 0.05
#: A sleep ends a little late on an idle machine too, by this share of it.
_LATE = 1.25


class _InSlices(selectors.BaseSelector):
    """A selector that sleeps in short slices, each counted for as long as it was meant to be."""

    def __init__(self, inner: selectors.BaseSelector, loop: "StallProofLoop") -> None:
        self._inner, self._loop = inner, loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return self._inner.select(timeout)
        until = None if timeout is None else self._loop.time() + timeout
        tick = _TICK_S
        while True:
            sleep = tick if until is None else min(tick, max(until - self._loop.time(), 0))
            ready = self._inner.select(sleep)
            now = self._loop.count(max(sleep * _LATE, _TICK_S))
            if ready or (until is not None and now >= until):
                return ready
            # Who has been idle for a while is looked at less often.
            tick = min(tick * 2, _LONGEST_TICK_S)

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._inner.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._inner.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._inner.modify(fileobj, events, data)

    def close(self) -> None:
        self._inner.close()

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._inner.get_map()


class StallProofLoop(asyncio.SelectorEventLoop):
    """The event loop of this system, with a clock that a stall of the process holds up."""

    def __init__(self) -> None:
        self._seen = self._counted = time.monotonic()
        super().__init__(_InSlices(selectors.DefaultSelector(), self))

    def time(self) -> float:
        return self.count(_TICK_S)

    def count(self, most_s: float) -> float:
        """Count what has passed since the last look, but no more than ``most_s`` seconds, and give the time."""
        now = time.monotonic()
        self._counted += min(now - self._seen, most_s)
        self._seen = now
        return self._counted


def install() -> None:
    """Let every event loop that is made in this process from now on be one that counts no stalls."""
    # What ``asyncio.run``, ``new_event_loop`` and pytest-asyncio make their loops with.
    asyncio.DefaultEventLoopPolicy._loop_factory = StallProofLoop  # type: ignore[attr-defined]
