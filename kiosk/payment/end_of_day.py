"""Ends the day of a terminal: at the set time, or as soon as it can be done after it, and once for each day.

While the terminal counts nobody can begin to pay; while somebody pays, or it is not certain what became of a payment,
it is not asked. What is older than the kiosk keeps is deleted here too, once a day and at the start.
"""

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Protocol

import structlog

from kiosk.errors import OutboxError
from kiosk.payment import reconciliation_journal, reconciliation_schedule, retention
from kiosk.payment.dependencies import PaymentDependencies, place_of
from kiosk.payment.errors import PaymentOpenError
from kiosk.payment.reconciliation_journal import ReconciliationRecord, ReconciliationStep
from kiosk.payment.session import PaymentSession
from kiosk.ports import Clock
from kiosk.settings import PaymentSettings
from kiosk.tickets.outbox import OutboxWorker
from peripherals.errors import PeripheralError
from queue_server.contract.backoff import Backoff, woken
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)

#: It is looked again after this at the latest, in seconds: the centre's time may have been learned anew.
_LOOK_AGAIN_S = 60.0


class DayCounter(Protocol):
    """Where one pays, as an end of day needs it (``kiosk.payment.availability.PaymentCounter``)."""

    @property
    def settled(self) -> bool:
        """Whether what was cut off is settled."""
        ...

    def free_desk(self) -> PaymentSession | None:
        """Give where payment could be begun now, None where it could not."""
        ...

    def shut(self, shut: bool) -> None:
        """Take note that nobody may begin to pay, or that they may again."""


class DayWatcher(Protocol):
    def day_ended(self, ended: bool) -> None:
        """Take note of a day that has ended, or of one that could not be ended for long."""


class EndOfDayRunner:
    def __init__(
        self, settings: PaymentSettings, clock: Clock, box: OutboxWorker, counter: DayCounter, watcher: DayWatcher
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._box = box
        self._counter = counter
        self._watcher = watcher
        self._cleared: date | None = None
        self._wake = asyncio.Event()
        self._backoff = Backoff(settings.retry_interval_s, settings.recover_s)
        self.task = Periodic("end-of-day", 0, self._follow, at_once=True)

    def wake(self) -> None:
        """Look now: the terminal is there, nobody pays any more, or the centre's time was heard."""
        self._wake.set()

    async def _follow(self) -> None:
        """Do what is to be done now, and wait until there may be more."""
        self._wake.clear()
        try:
            well = await self._check()
        except OutboxError as error:
            _log.error("payment-journal", **error.placeholders)
            well = False
        self.task.worked()
        if well:
            self._backoff.worked()
            await woken(self._wake, _LOOK_AGAIN_S)
        else:
            # Being woken does not end this pause: a terminal that restarts each time would be asked without any.
            pause_s = self._backoff.failed()
            await asyncio.sleep(pause_s)
            if pause_s == self._settings.recover_s:
                self._watcher.day_ended(False)

    async def _check(self) -> bool:
        """Do what is to be done now; False where it failed."""
        now = self._clock.now()
        if self._cleared != now.date() and self._counter.settled:
            self._cleared = now.date()
            await self._clear()
        ends, desk = self._settings.ends, self._counter.free_desk()
        if ends is None or desk is None:
            return True
        day, last = reconciliation_schedule.ended(ends, now), await self._box(reconciliation_journal.last, *desk.place)
        if last is None:
            await self._box(reconciliation_journal.meet, day, *desk.place)
            return True
        if last.over and last.day >= day:
            return True
        try:
            return await desk.alone(partial(self._end, day))
        except PaymentOpenError:
            # Whoever pays now, or finds out what became of a payment, wakes this when that is over.
            return True

    async def _clear(self) -> None:
        try:
            count = await self._box(retention.purge, datetime.now(UTC) - timedelta(days=self._settings.retention_days))
        except OutboxError as error:
            # One row that cannot be read must not keep the terminal's day from ending.
            _log.error("payment-journal", **error.placeholders)
        else:
            _log.info("payments-purged", count=count)

    async def _end(self, day: date, tools: PaymentDependencies) -> bool:
        self._counter.shut(True)
        try:
            ended = await end_day(tools, day)
        finally:
            self._counter.shut(False)
        if ended.over:
            self._watcher.day_ended(True)
        return ended.over


async def end_day(tools: PaymentDependencies, day: date) -> ReconciliationRecord:
    """Have the terminal close its day; written down before and after.

    Raises:
        OutboxError: the journal cannot be read or written; what the terminal said is lost if it had been asked.
    """
    box = tools.box
    asked = await box(reconciliation_journal.ask, day, *place_of(tools.terminal.url))
    if not tools.terminal.capabilities.closes_day:
        return await box(reconciliation_journal.failed, asked.id, ReconciliationStep.BY_HAND, "counted-by-hand")
    try:
        said = await tools.terminal.end_day()
    except PeripheralError as error:
        ended = await box(reconciliation_journal.failed, asked.id, ReconciliationStep.FAILED, error.code)
    except Exception as error:  # noqa: BLE001 - whatever it is, the terminal may have closed its day
        _log.error("end-of-day-driver-failed", reconciliation=asked.id, error=type(error).__name__)
        ended = await box(reconciliation_journal.failed, asked.id, ReconciliationStep.IN_DOUBT, "internal")
    else:
        ended = await box(reconciliation_journal.answer, asked.id, said)
    log = _log.info if ended.over else _log.warning
    log("end-of-day", reconciliation=ended.id, day=ended.day.isoformat(), step=ended.step, reason=ended.rows[-1].reason)
    return ended
