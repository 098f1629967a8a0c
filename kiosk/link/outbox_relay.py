"""How the server is told what only the kiosk knows: one thing at a time, again and again until it has answered.

What is told stands on the disk, so a loop remembers nothing: it asks what is next, tells it, and waits where the server
is away. Whatever is told carries the same key each time, and a repetition changes nothing there.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Container
from typing import ClassVar, Protocol

import structlog

from kiosk.errors import OutboxError
from kiosk.settings import KioskLinkSettings
from kiosk.tickets.outbox import OutboxWorker
from queue_server.contract.backoff import Backoff
from queue_server.contract.client import ProblemError, ServerUnreachableError
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)

#: Not the server's word on this: it has to be asked again (RFC 9110: time-out, too early, too many, and rights that may
#: be given back). Everything else below 500 is a refusal.
_ASK_AGAIN = {401, 403, 408, 425, 429}
_ASK_AGAIN_CODES = {"day-not-open"}
_SERVER_FAULT = 500


def is_final(problem: ProblemError) -> bool:
    """Tell whether the server will say the same again."""
    return problem.status < _SERVER_FAULT and problem.status not in _ASK_AGAIN and problem.code not in _ASK_AGAIN_CODES


async def answer_to[A](
    sending: Awaitable[A], name: str, *, refusals: Container[int] = (), **ids: str
) -> A | ProblemError | None:
    """Give the server's answer, its refusal, or None where it must be asked again; the log calls it ``name``.

    ``refusals`` are further statuses that are the server's last word on this.
    """
    try:
        return await sending
    except ServerUnreachableError:
        return None
    except ProblemError as problem:
        if is_final(problem) or problem.status in refusals:
            _log.error(f"{name}-refused", **ids, problem=problem.code)
            return problem
        _log.warning(f"{name}-put-off", **ids, status=problem.status, problem=problem.code)
        return None


class Uploader[T, A](Protocol):
    """Sends one thing to the server. Raises ClientError."""

    async def send(self, one: T, /) -> A: ...


class DrainWatcher(Protocol):
    def drained(self) -> None:
        """Take note that nothing waits any more."""


class OutboxRelay[T](ABC):
    """Sends what waits on the disk, one by one. ``fault`` is what the log calls a disk that is full or gone."""

    name: ClassVar[str]
    fault: ClassVar[str] = "journal"

    def __init__(self, box: OutboxWorker, settings: KioskLinkSettings, watcher: DrainWatcher | None = None) -> None:
        self._box = box
        self._settings = settings
        self._watcher = watcher
        self._wake = asyncio.Event()
        self._away = Backoff(settings.retry_first_s, settings.retry_max_s)
        self._disk = Backoff(settings.retry_first_s, settings.retry_max_s)
        self.task = Periodic(self.name, 0, self._relay, at_once=True)

    def wake(self) -> None:
        """Try now: there is something new, or the server is heard again."""
        self._wake.set()

    async def _relay(self) -> None:
        """Send what is next, and wait: for something new, or for a better time."""
        self._wake.clear()
        try:
            one = await self._next()
            if one is None:
                if self._watcher is not None:
                    self._watcher.drained()
                self.task.worked()
                await self._wake.wait()
                return
            if await self._send(one):
                self._away.worked()
                self._disk.worked()
                return
        except OutboxError as error:
            # It is told again, with the same key, when it can be marked as told. No waking ends this pause: what is
            # new can be marked no better than this.
            if self._disk.works:
                _log.error(self.fault, **error.placeholders)
            await asyncio.sleep(self._disk.failed())
            return
        self.task.worked()
        await self._away.wait(self._wake)

    @abstractmethod
    async def _next(self) -> T | None:
        """Give what is to be told now, None where nothing is."""

    @abstractmethod
    async def _send(self, one: T) -> bool:
        """Tell it; True where it need not be told again as it is."""
