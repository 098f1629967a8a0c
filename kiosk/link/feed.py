"""Feed: hears what the server says of its day, and comes back when the line is cut.

Everything goes on without it: whoever is told here never waits for it.
"""

import structlog
from msgspec import UNSET

from kiosk.link.availability import AvailabilityStore
from kiosk.link.health import HealthBook
from kiosk.link.help_calls import HelpCalls
from kiosk.ports import Wakeable
from kiosk.settings import KioskLinkSettings
from queue_server.contract.client import ApiClient, ClientError
from queue_server.contract.feeds import FeedFrame, QueueView
from queue_server.contract.hall import HelpView, NoticeView
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import NoticePlace

_log = structlog.get_logger(__name__)


class ServerFeed:
    """``line`` is woken when the server is heard again, ``refresher`` when it has news."""

    def __init__(
        self,
        client: ApiClient,
        centre: str,
        *,
        settings: KioskLinkSettings,
        book: HealthBook,
        hall: AvailabilityStore,
        calls: HelpCalls,
        line: Wakeable,
        refresher: Wakeable,
    ) -> None:
        self._client = client
        self._centre = centre
        self._settings = settings
        self._book = book
        self._hall = hall
        self._calls = calls
        self._line = line
        self._refresher = refresher
        self._cursor: str | None = None
        self._stream = ""
        self.task = Periodic(
            "feed",
            0,
            self._follow,
            at_once=True,
            retry_s=settings.retry_first_s,
            max_retry_s=settings.retry_max_s,
            expected=(ClientError,),
        )

    async def _follow(self) -> None:
        connected = False
        try:
            async for frame in self._client.feed(self._centre, self._cursor, self._settings.silence_s):
                if not connected:
                    connected = True
                    self.task.worked()
                    self._connected()
                self._accept(frame)
        finally:
            if connected:
                self._book.line(connected=False)

    def _connected(self) -> None:
        _log.info("feed-connected")
        self._book.line(connected=True)
        self._line.wake()
        self._refresher.wake()

    def _accept(self, frame: FeedFrame) -> None:
        self._cursor = frame.cursor
        new_day = bool(self._stream) and frame.stream != self._stream
        self._stream = frame.stream
        if frame.type == "snapshot" or new_day or frame.version is not UNSET:
            self._refresher.wake()
        if isinstance(frame.queue, QueueView):
            view = frame.queue
            self._hall.receive(view.intake, _for_kiosks(view.notices), view.closed_services)
            self._calls.receive(frame.queue.help, all_=True)
        elif not frame.intake is frame.notices is frame.closed_services is UNSET:
            self._hall.receive(
                None if frame.intake is UNSET else frame.intake,
                None if frame.notices is UNSET else _for_kiosks(frame.notices),
                None if frame.closed_services is UNSET else frame.closed_services,
            )
        if isinstance(frame.help, HelpView):
            self._calls.receive((frame.help,), all_=False)


def _for_kiosks(notices: tuple[NoticeView, ...]) -> tuple[NoticeView, ...]:
    return tuple(one for one in notices if one.where is not NoticePlace.BOARDS)
