"""Refresher: asks for the catalogue, the service day, the numbers that the server knows and what can be read."""

import asyncio
from typing import NamedTuple

import structlog

from kiosk.errors import KioskError
from kiosk.link.catalogue import Offering
from kiosk.link.information import InformationShelf
from kiosk.payment import journal, reconciliation_journal
from kiosk.ports import OutboxWatch, Wakeable
from kiosk.settings import KioskLinkSettings
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract.backoff import Backoff, woken
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.contract.client import ApiClient, ClientError, ProblemError, ServerUnreachableError
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)

#: The token is unknown or was revoked, or may not do this.
_NOT_OURS = {401, 403}


class Refresher:
    """``uploads`` are woken where the server has lost what it had, ``watch`` hears of the outbox then."""

    def __init__(
        self,
        client: ApiClient,
        centre: str,
        *,
        box: OutboxWorker,
        settings: KioskLinkSettings,
        offering: Offering,
        shelf: InformationShelf,
        uploads: Wakeable,
        watch: OutboxWatch,
    ) -> None:
        self._client = client
        self._centre = centre
        self._box = box
        self._settings = settings
        self._offering = offering
        self._shelf = shelf
        self._uploads = uploads
        self._watch = watch
        self._wake = asyncio.Event()
        self._backoff = Backoff(settings.retry_first_s, settings.retry_max_s)
        self.task = Periodic("catalogue", 0, self._follow, at_once=True)
        self._day_waits = False

    def wake(self) -> None:
        """Ask now."""
        self._wake.set()

    def drained(self) -> None:
        """Take note that no ticket waits any more: a day that had to wait for them can begin."""
        self._watch.moved()
        if self._day_waits:
            self._day_waits = False
            self.wake()

    async def _follow(self) -> None:
        """Ask, and wait until it is time to ask again."""
        self._wake.clear()
        try:
            await self.ask()
            await self._shelf.refresh(self._client, self._centre)
            self._backoff.worked()
            wait = self._settings.refresh_s
        except (ClientError, KioskError) as error:
            if not isinstance(error, ServerUnreachableError):
                _log.warning("catalogue-refused", code=error.code)
            if isinstance(error, ProblemError) and error.status in _NOT_OURS:
                self._offering.refused()
            wait = self._backoff.failed()
        self.task.worked()
        await woken(self._wake, wait)

    async def ask(self) -> bool:
        """Ask once; False where the day must wait for tickets that are not delivered yet.

        Raises:
            ClientError, KioskError: no answer, or the outbox cannot take it over.
        """
        catalogue, begun, anew = await refresh(self._client, self._centre, self._box)
        self._day_waits = not begun
        await self._offering.accept(catalogue)
        if anew:
            self._uploads.wake()
            self._watch.moved()
        return begun


class RefreshResult(NamedTuple):
    """``begun``: the outbox is in the server's day. ``anew``: the server has lost what it had (``meet``)."""

    catalogue: ServicesAnswer
    begun: bool
    anew: bool


async def refresh(client: ApiClient, centre: str, box: OutboxWorker) -> RefreshResult:
    """Take the catalogue, and start the series again where the server says that a new day has begun."""
    catalogue = await client.services(centre)
    before = await box(Outbox.standing)
    series = await client.series(centre)
    # The outbox may have been lost, or the series changed, since this kiosk was enrolled.
    await box(Outbox.enrol, centre, series)
    anew = bool(series.epoch) and await box(meet, series.epoch)
    if anew:
        _log.warning("resending", epoch=series.epoch)
    day = catalogue.centre.day.isoformat()
    begun = await box(Outbox.begin_day, day, series.highest, before.last)
    if begun and before.day < day:
        _log.info("day-begun", day=day, highest=series.highest)
    return RefreshResult(catalogue, begun, anew)


def meet(box: Outbox, epoch: str) -> bool:
    """Note which life the server's database is in; tells whether everything has to be told again.

    It has, where an older copy of the database has taken the place of what was there.

    Together or not at all: a power cut in between must not leave a part of it untold.
    """
    with box.transaction():
        if not box.meet(epoch):
            return False
        journal.prepare(box)
        reconciliation_journal.prepare(box)
        journal.PAYMENTS.resend_all(box)
        reconciliation_journal.RECONCILIATIONS.resend_all(box)
        return True
