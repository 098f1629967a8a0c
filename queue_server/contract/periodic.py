"""Work that is done again and again under supervision: one way for every loop of the server and of its devices.

What goes wrong is logged once an outage, with its code, and tried again after a pause that grows. Nothing that work
raises ends the loop: it ends when it is stopped or cancelled, and whoever tells of the health of a process finds out
that it fails, or has ended, by ``stalled_s`` and ``has_ended``.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog

from queue_server.contract.backoff import Backoff, woken
from queue_server.domain.values import ConsularError

_log = structlog.get_logger(__name__)

#: The first pause after a failure is no longer than this, however seldom the work is done, in seconds.
_RETRY_S: Final = 1.0
#: The longest pause after failures of what is done more often than that, in seconds.
_MAX_RETRY_S: Final = 30.0


class Periodic:
    """Does ``work`` every ``interval_s`` seconds, measured from the end of one time to the beginning of the next.

    With an interval of 0 it is begun again at once: for work that waits by itself, as for a connection to be lost.

    ``wake`` ends a pause. ``worked`` is for long work, to say in its midst that all is well.

    Args:
        name: what it is called in the log and among figures, such as ``retention``.
        at_once: whether it is done once before the first interval.
        retry_s: the first pause after a failure; each one after it is twice as long.
        max_retry_s: the longest; never shorter than the interval.
        expected: errors that say by their ``code`` what is wrong, beside those of the server; others are logged with
            where they came from.
    """

    def __init__(
        self,
        name: str,
        interval_s: float,
        work: Callable[[], Awaitable[object]],
        *,
        at_once: bool = False,
        retry_s: float | None = None,
        max_retry_s: float = _MAX_RETRY_S,
        expected: tuple[type[Exception], ...] = (),
    ) -> None:
        self.name = name
        self._interval_s = interval_s
        self._work = work
        self._at_once = at_once
        self._expected: tuple[type[Exception], ...] = (ConsularError, *expected)
        first_s = (min(interval_s, _RETRY_S) or _RETRY_S) if retry_s is None else retry_s
        self._backoff = Backoff(first_s, max(first_s, interval_s, max_retry_s))
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._is_finished = False
        self._code = ""
        self._failing_since: float | None = None
        self._ended_at: float | None = None

    # --- for whoever keeps it ----------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Do it until cancelled, in the task of whoever calls."""
        try:
            await self._go_on()
        except BaseException:
            self._ended_at = time.monotonic()
            raise

    def start(self) -> None:
        """Do it in a task of its own, where it does not run already."""
        if self._task is None or self._task.done():
            self._is_finished, self._ended_at = False, None
            self._task = asyncio.create_task(self.run(), name=self.name)

    async def begin(self) -> None:
        """Do it once, wait for that, and go on in a task of its own, whether it has succeeded or not."""
        if not await self._succeeds():
            self.wake()
        self.start()

    async def stop(self) -> None:
        """End it, and what it is just doing; it may be started again."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        self._failing_since = None

    def finish(self) -> None:
        """End it after this time: there is nothing left to be done. For the work itself."""
        self._is_finished = True

    def wake(self) -> None:
        """Do it now, or once more where it is being done."""
        self._wake.set()

    # --- how it is ---------------------------------------------------------------------------------------------------

    @property
    def has_ended(self) -> bool:
        """Whether it has ended though nobody has stopped it, and it was not finished: only a new start helps."""
        return self._task is not None and self._ended_at is not None

    @property
    def stalled_s(self) -> float:
        """For how long it has not been done, in seconds: since it fails, or has ended; 0 while all is well."""
        since = self._ended_at if self.has_ended else self._failing_since
        return 0.0 if since is None else time.monotonic() - since

    def worked(self) -> None:
        """Note that it goes well; after an outage that is logged."""
        if self._failing_since is not None:
            self._log("info", "task-recovered")
        self._code, self._failing_since = "", None
        self._backoff.worked()

    # --- the loop ----------------------------------------------------------------------------------------------------

    async def _go_on(self) -> None:
        if not self._at_once:
            await woken(self._wake, self._interval_s)
        while not self._is_finished:
            self._wake.clear()
            if not await self._succeeds():
                await self._backoff.wait(self._wake)
            elif self._interval_s:
                await woken(self._wake, self._interval_s)
            else:
                # Work that did not wait after all holds up nobody else.
                await asyncio.sleep(0)

    async def _succeeds(self) -> bool:
        try:
            await self._work()
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # Something that it waited for was cancelled, and not it.
            self._failed(error)
        except Exception as error:  # noqa: BLE001 - whatever it was, the work has to be done once it is mended
            self._failed(error)
        else:
            self.worked()
            return True
        return False

    def _failed(self, error: BaseException) -> None:
        told = isinstance(error, self._expected)
        code = str(getattr(error, "code", "")) if told else "internal"
        if self._failing_since is None:
            self._failing_since = time.monotonic()
        if code == self._code:
            return
        self._code = code
        if told:
            self._log("warning", "task-failed", code=code, placeholders=getattr(error, "placeholders", {}))
        else:
            self._log("error", "task-failed", code=code, error=type(error).__name__, exc_info=error)

    def _log(self, level: str, event: str, **about: object) -> None:
        # A log that cannot be written must not end what it tells of.
        with suppress(Exception):
            getattr(_log, level)(event, task=self.name, **about)
