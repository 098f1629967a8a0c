"""CopyGuard: a machine gives no numbers where another one is, or was, the same kiosk.

It gives them again once the server has said that this one stays, and which numbers the other has given.
"""

import asyncio
from typing import Protocol

import structlog

from kiosk.errors import KioskError, OutboxError
from kiosk.journey.events import CopiedChanged, FailureCode
from kiosk.kit.start_file import StartFile
from kiosk.ports import EventSink
from kiosk.settings import KioskLinkSettings
from kiosk.store.identity import KioskIdentity
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract.backoff import Backoff
from queue_server.contract.client import ClientError
from queue_server.contract.periodic import Periodic
from queue_server.contract.starts import DeviceStart, sign

_log = structlog.get_logger(__name__)


class NumberSource(Protocol):
    async def ask(self) -> bool:
        """Take over the numbers that the server knows; False where that must wait."""
        ...


class CopyGuard:
    """``start`` is what the client shows to the server. ``load`` it before anything else is asked."""

    def __init__(
        self,
        identity: KioskIdentity,
        starts: StartFile,
        *,
        box: OutboxWorker,
        settings: KioskLinkSettings,
        events: EventSink,
    ) -> None:
        self._box = box
        self._settings = settings
        self._events = events
        self._changed = asyncio.Event()
        #: Whether another machine may have given numbers that this one has not heard of (``Outbox.doubt``).
        self._unsure = False
        self.start = DeviceStart(identity.device, identity.centre, starts, self._on_copied)

    async def load(self) -> None:
        """Read what is known of earlier starts.

        Raises:
            OutboxError: it cannot be read.
        """
        await asyncio.to_thread(self.start.load)
        self._unsure = await self._box(Outbox.doubts)
        if self.start.copied:
            await self._doubt()

    @property
    def sign(self) -> str:
        """What this machine shows where another one is, or was, the same kiosk; empty where it may give numbers."""
        if not (self.start.copied or self._unsure):
            return ""
        # One that was enrolled anew has no id before its first request.
        return sign(self.start.id) or "-"

    def task(self, numbers: NumberSource) -> Periodic:
        """Make the work that goes by what is noted here; ``numbers`` are those that the server knows."""

        async def follow() -> None:
            work.worked()
            await self._changed.wait()
            self._changed.clear()
            if self.start.copied:
                await self._doubt()
            elif self._unsure:
                await self._ask(numbers)

        work = Periodic("copies", 0, follow, at_once=True)
        return work

    def _on_copied(self, copied: bool) -> None:
        if copied:
            self._unsure = True
            _log.error(FailureCode.COPIED, sign=self.sign)
        self._changed.set()
        self._events.post(CopiedChanged(self.sign))

    async def _doubt(self) -> None:
        self._unsure = True
        try:
            await self._box(Outbox.doubt)
        except OutboxError as error:
            _log.error("outbox", **error.placeholders)

    async def _ask(self, numbers: NumberSource) -> None:
        """Hear which numbers the other machine gave, before this one gives any."""
        backoff = Backoff(self._settings.retry_first_s, self._settings.retry_max_s)
        while self._unsure and not self.start.copied:
            try:
                if await numbers.ask() and not self.start.copied:
                    await self._box(Outbox.trust)
                    self._unsure = False
            except (ClientError, KioskError) as error:
                _log.warning("numbers-unknown", code=error.code)
            if self._unsure:
                await asyncio.sleep(backoff.failed())
        self._events.post(CopiedChanged(self.sign))
