"""Settlement of what was cut off, before anybody may pay: at the start, and whenever the journal could not be written.

It asks for no server, and goes on in a kiosk that is not enrolled.
"""

import asyncio

import structlog

from kiosk.devices.printer import ManagedPrinter
from kiosk.errors import OutboxError
from kiosk.payment import journal, reconciliation_journal
from kiosk.payment.availability import PaymentCounter
from kiosk.payment.recovery import leave_to_staff
from kiosk.payment.sessions import PaymentSessions
from kiosk.ports import OutboxWatch, Wakeable
from kiosk.settings import KioskSettings
from kiosk.tickets.outbox import OutboxWorker
from queue_server.contract.backoff import Backoff, woken
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)


async def has_unsettled(box: OutboxWorker) -> bool:
    """Take the journals; tell whether something in them is to be settled before anybody is served.

    Raises:
        OutboxError: they cannot be read or written.
    """
    await box(journal.prepare)
    await box(reconciliation_journal.prepare)
    return bool(await box(journal.unsettled) or await box(journal.unclaimed))


class PaymentRecovery:
    """``confirmations`` is woken before the terminal is asked, ``uploads`` when there is something to tell."""

    def __init__(
        self,
        desks: PaymentSessions,
        counter: PaymentCounter,
        printer: ManagedPrinter,
        *,
        box: OutboxWorker,
        settings: KioskSettings,
        watch: OutboxWatch,
        confirmations: Wakeable,
        uploads: Wakeable,
    ) -> None:
        self._desks = desks
        self._counter = counter
        self._printer = printer
        self._box = box
        self._settings = settings
        self._watch = watch
        self._confirmations = confirmations
        self._uploads = uploads
        self._broken = asyncio.Event()
        self.task = Periodic("recovery", 0, self._follow, at_once=True)

    def broken(self) -> None:
        """Settle once more: the journal could not be written."""
        self._broken.set()

    async def _follow(self) -> None:
        """Settle, at the start and after each failure of the journal."""
        self._broken.clear()
        await self._settle()
        self._counter.settle(True)
        self.task.worked()
        await self._broken.wait()
        self._counter.settle(False)

    async def _settle(self) -> None:
        # A claim slip comes out only where the printer is known.
        await woken(self._printer.known, self._settings.link.request_s)
        self._confirmations.wake()
        disk = Backoff(self._settings.payment.retry_interval_s, self._settings.link.retry_max_s)
        while True:
            try:
                await self._recover()
            except OutboxError as error:
                if disk.works:
                    _log.error("payment-journal", **error.placeholders)
                await asyncio.sleep(disk.failed())
            else:
                break
        self._watch.moved()
        self._uploads.wake()

    async def _recover(self) -> None:
        desk = self._desks.current()
        if desk is None:
            await leave_to_staff(self._box)
            return
        for one in await desk.recover():
            _log.warning("payment-settled", attempt=one.id, step=one.step, reason=one.reason)
