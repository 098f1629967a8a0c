"""The link to the server: tickets out, the catalogue, notices and their changes in.

Everything goes on without it: whoever holds this object is told by callbacks, in the loop's thread, and never waits.
"""

import asyncio
from typing import NamedTuple, Protocol

import structlog
from msgspec import UNSET

from kiosk.errors import KioskError
from kiosk.link import again
from kiosk.settings import LinkSettings
from kiosk.store.identity import Identity
from kiosk.tickets.delivery import Delivery, send
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.contract.client import ApiClient, ClientError, ProblemError, ServerAwayError
from queue_server.contract.feeds import Frame, QueueView
from queue_server.contract.hall import HelpView, NoticeView
from queue_server.domain.values import Intake, NoticePlace

_log = structlog.get_logger(__name__)

#: The token is unknown or was revoked, or may not do this.
_NOT_OURS = {401, 403}


class Listener(Protocol):
    """Who is told what the server says."""

    def catalogue_changed(self, catalogue: ServicesAnswer) -> None: ...

    def refused(self) -> None:
        """Tell that the server does not know this kiosk, or no longer: nothing may be issued."""

    def heard(self, *, connected: bool) -> None:
        """Tell that the feed is heard, or is lost."""

    def said(self, intake: Intake | None, notices: tuple[NoticeView, ...] | None) -> None:
        """Tell what the server says of its day; None for what it did not speak of."""

    def helped(self, calls: tuple[HelpView, ...], *, all_: bool) -> None:
        """Tell of this kiosk's calls for staff; ``all_``: no others wait."""

    def outbox_moved(self) -> None:
        """Tell that a ticket was delivered or refused."""

    def begun_anew(self) -> None:
        """Tell that the server's database is an older copy: what it once had waits to be told again."""


class Link:
    """Runs until cancelled. ``client`` speaks as this kiosk and is closed by whoever made it."""

    def __init__(
        self, client: ApiClient, identity: Identity, box: OutboxWorker, settings: LinkSettings, listener: Listener
    ) -> None:
        self._client = client
        self._centre = identity.centre
        self._box = box
        self._settings = settings
        self._listener = listener
        #: Whether the feed is heard now: an answer can be hoped for.
        self.connected = False
        self._refresh = asyncio.Event()
        self._day_waits = False
        self.delivery = Delivery(
            box,
            lambda ticket: send(client, self._centre, ticket),
            settings,
            drained=self._drained,
        )

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for work in (self.delivery.run(), self._follow(), self._keep_fresh()):
                tasks.create_task(work)

    def refresh(self) -> None:
        """Ask for the catalogue and the service day now."""
        self._refresh.set()

    async def _follow(self) -> None:
        cursor: str | None = None
        stream = ""
        pause = self._settings.retry_first_s
        while True:
            heard = False
            try:
                async for frame in self._client.feed(self._centre, cursor, self._settings.silence_s):
                    if not heard:
                        heard = self.connected = True
                        pause = self._settings.retry_first_s
                        _log.info("feed-connected")
                        self._listener.heard(connected=True)
                        self.delivery.nudge()
                        self.refresh()
                    cursor = frame.cursor
                    if frame.type == "snapshot" or (stream and frame.stream != stream):
                        self.refresh()
                    stream = frame.stream
                    self._hear(frame)
            except ClientError as error:
                self.connected = False
                if heard:
                    _log.warning("feed-lost", code=error.code)
                    self._listener.heard(connected=False)
                elif isinstance(error, ProblemError):
                    _log.warning("feed-refused", code=error.code)
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._settings.retry_max_s)

    def _hear(self, frame: Frame) -> None:
        if frame.version is not UNSET:
            self.refresh()
        if isinstance(frame.queue, QueueView):
            self._listener.said(frame.queue.intake, _for_kiosks(frame.queue.notices))
            self._listener.helped(frame.queue.help, all_=True)
        elif frame.intake is not UNSET or frame.notices is not UNSET:
            self._listener.said(
                None if frame.intake is UNSET else frame.intake,
                None if frame.notices is UNSET else _for_kiosks(frame.notices),
            )
        if isinstance(frame.help, HelpView):
            self._listener.helped((frame.help,), all_=False)

    async def _keep_fresh(self) -> None:
        pause = self._settings.retry_first_s
        while True:
            self._refresh.clear()
            try:
                await self.ask()
                pause, wait = self._settings.retry_first_s, self._settings.refresh_s
            except (ClientError, KioskError) as error:
                if not isinstance(error, ServerAwayError):
                    _log.warning("catalogue-refused", code=error.code)
                if isinstance(error, ProblemError) and error.status in _NOT_OURS:
                    self._listener.refused()
                wait, pause = pause, min(pause * 2, self._settings.retry_max_s)
            try:
                async with asyncio.timeout(wait):
                    await self._refresh.wait()
            except TimeoutError:
                continue

    async def ask(self) -> bool:
        """Take the catalogue, the service day and the numbers that the server knows; False where the day must wait."""
        catalogue, begun, anew = await look(self._client, self._centre, self._box)
        self._day_waits = not begun
        self._listener.catalogue_changed(catalogue)
        if anew:
            self.delivery.nudge()
            self._listener.begun_anew()
        return begun

    def _drained(self) -> None:
        self._listener.outbox_moved()
        if self._day_waits:
            self._day_waits = False
            self.refresh()


def _for_kiosks(notices: tuple[NoticeView, ...]) -> tuple[NoticeView, ...]:
    return tuple(one for one in notices if one.where is not NoticePlace.BOARDS)


class Looked(NamedTuple):
    """``begun``: the outbox is in the server's day. ``anew``: the server has lost what it had (``again.meet``)."""

    catalogue: ServicesAnswer
    begun: bool
    anew: bool


async def look(client: ApiClient, centre: str, box: OutboxWorker) -> Looked:
    """Take the catalogue, and start the series again where the server says that a new day has begun."""
    catalogue = await client.services(centre)
    before = await box(Outbox.standing)
    series = await client.series(centre)
    # The outbox may have been lost, or the series changed, since this kiosk was enrolled.
    await box(Outbox.enrol, centre, series)
    anew = bool(series.epoch) and await box(again.meet, series.epoch)
    if anew:
        _log.warning("told-again", epoch=series.epoch)
    day = catalogue.centre.day.isoformat()
    begun = await box(Outbox.begin_day, day, series.highest, before.last)
    if begun and before.day < day:
        _log.info("day-begun", day=day, highest=series.highest)
    return Looked(catalogue, begun, anew)
