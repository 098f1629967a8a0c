"""An end of day that the server refuses: it is said as long as it stands, and told again, for its cause may be gone."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from kiosk.errors import OutboxError
from kiosk.pauses import Pauses
from kiosk.payment import closing
from kiosk.tickets.outbox import OutboxWorker

_log = structlog.get_logger(__name__)

#: It is told again after this at the latest, in seconds.
_LONGEST_S = 3600.0


class Refusals:
    """``refused``: the newest end of day that the server has answered was not taken.

    ``first_s`` is the pause until it is told again, and doubles up to an hour. ``changed`` hears when ``refused`` has
    changed, ``nudge`` tells what is to be told.
    """

    def __init__(self, first_s: float, changed: Callable[[], None], nudge: Callable[[], None]) -> None:
        self.refused = False
        self._pauses = Pauses(first_s, _LONGEST_S)
        self._changed = changed
        self._nudge = nudge
        self._wake = asyncio.Event()

    def answered(self) -> None:
        """Look now: the server has answered one, and that is on disk."""
        self._wake.set()

    async def run(self, box: OutboxWorker) -> None:
        """Go on until cancelled."""
        while True:
            self._wake.clear()
            await self._look(box)
            if not self.refused:
                self._pauses.worked()
                await self._wake.wait()
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pauses.failed()):
                    await self._wake.wait()
                continue
            try:
                await box(closing.tell_refused_again)
            except OutboxError as error:
                _log.error("payment-journal", **error.placeholders)
                continue
            self._nudge()
            # A server that is away says nothing of it; this goes on when it is back.
            await self._wake.wait()

    async def _look(self, box: OutboxWorker) -> None:
        try:
            refused = bool(await box(closing.refused))
        except OutboxError as error:
            _log.error("payment-journal", **error.placeholders)
            return
        if refused is not self.refused:
            self.refused = refused
            self._changed()
