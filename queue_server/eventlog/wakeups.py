"""Notifying watchers that a stream has grown, once for each new end, however this process came to know it."""

import asyncio
from collections.abc import Callable, Mapping
from itertools import chain

from queue_server.eventlog.port import Wakeup

#: So many live streams are polled by one process; those used longest ago are let go first.
MAX_FOLLOWED = 4096


class Wakeups:
    """The watchers of this process, and the ends of the live streams as far as they were told.

    Wake-ups come from own commits, from other processes and from the poll: whichever is first is told, the others
    are known by their ``seq`` and dropped.
    """

    def __init__(self) -> None:
        #: By how the streams begin that they wait for: with hundreds of centres nobody is asked about another's.
        self._callbacks: dict[str, dict[object, Callable[[Wakeup], None]]] = {}
        self._ends: dict[str, int] = {}

    @property
    def followed(self) -> Mapping[str, int]:
        """The live streams that this process has used, with the end last told of each."""
        return self._ends

    def watch(self, callback: Callable[[Wakeup], None], folder: str = "") -> Callable[[], None]:
        key, those = object(), self._callbacks.setdefault(folder, {})
        those[key] = callback

        def stop() -> None:
            those.pop(key, None)

        return stop

    def follow(self, stream: str, seq: int) -> None:
        """Poll this stream from now on; it goes at least as far as ``seq``, which other watchers may not know yet."""
        self._ends[stream] = self._ends.pop(stream, 0)
        if len(self._ends) > MAX_FOLLOWED:
            del self._ends[next(iter(self._ends))]
        self.notify(stream, seq)

    def notify(self, stream: str, seq: int) -> None:
        """Call the watchers, unless they were told of this end before."""
        if seq <= self._ends.get(stream, 0):
            return
        if stream in self._ends:
            self._ends[stream] = seq
        loop = asyncio.get_running_loop()
        folder = stream[: stream.rfind("/") + 1]
        for callback in chain(self._callbacks.get(folder, {}).values(), self._callbacks.get("", {}).values()):
            loop.call_soon(callback, Wakeup(stream, seq))
