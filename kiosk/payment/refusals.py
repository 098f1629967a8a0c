"""An end of day that the server refuses: it is said as long as it stands, and told again, for its cause may be gone."""

import asyncio
from typing import Protocol

import structlog

from kiosk.errors import OutboxError
from kiosk.payment import reconciliation_journal
from kiosk.ports import Wakeable
from kiosk.tickets.outbox import OutboxWorker
from queue_server.contract.backoff import Backoff, woken
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)

#: It is told again after this at the latest, in seconds.
_LONGEST_S = 3600.0


class RefusalWatcher(Protocol):
    def day_refused(self, refused: bool) -> None:
        """Take note that the server refuses the newest end of day, or does not any more."""


class Refusals:
    """``refused``: the newest end of day that the server has answered was not taken.

    ``first_s`` is the pause until it is told again, and doubles up to an hour; ``uploads`` tells what is to be told.
    """

    def __init__(self, box: OutboxWorker, first_s: float, watcher: RefusalWatcher, uploads: Wakeable) -> None:
        self.refused = False
        self._box = box
        self._backoff = Backoff(first_s, _LONGEST_S)
        self._watcher = watcher
        self._uploads = uploads
        self._wake = asyncio.Event()
        self.task = Periodic("refusals", 0, self._follow, at_once=True)

    def answered(self) -> None:
        """Look now: the server has answered one, and that is on disk."""
        self._wake.set()

    async def _follow(self) -> None:
        self._wake.clear()
        await self._check()
        self.task.worked()
        if not self.refused:
            self._backoff.worked()
            await self._wake.wait()
            return
        if await woken(self._wake, self._backoff.failed()):
            return
        try:
            await self._box(reconciliation_journal.resend_refused)
        except OutboxError as error:
            _log.error("payment-journal", **error.placeholders)
            return
        self._uploads.wake()
        # A server that is away says nothing of it; this goes on when it is back.
        await self._wake.wait()

    async def _check(self) -> None:
        try:
            refused = bool(await self._box(reconciliation_journal.refused))
        except OutboxError as error:
            _log.error("payment-journal", **error.placeholders)
            return
        if refused is not self.refused:
            self.refused = refused
            self._watcher.day_refused(refused)
