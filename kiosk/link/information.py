"""Information shelf: the pages that the server told last; they are kept, and read while it is away."""

import asyncio
from http import HTTPStatus

import msgspec
import structlog

from kiosk.errors import KioskError
from kiosk.journey.events import InformationChanged
from kiosk.journey.information import KioskInformation
from kiosk.ports import Clock, EventSink
from kiosk.store.data import DataFolder
from queue_server.contract.client import ApiClient, ProblemError
from queue_server.contract.information import InformationAnswer

_log = structlog.get_logger(__name__)

_FILE = "information.json"


class StoredInformation(msgspec.Struct, frozen=True):
    """The pages, and the day and time of the centre at which the server told them last."""

    answer: InformationAnswer
    day: str
    time: str


class InformationShelf:
    """``clock`` is the centre's."""

    def __init__(self, clock: Clock, data: DataFolder, events: EventSink) -> None:
        self._clock = clock
        self._data = data
        self._events = events
        self._held: StoredInformation | None = None

    async def load(self) -> KioskInformation:
        """Read what was kept.

        Raises:
            DataError: a damaged file cannot be put aside.
        """
        self._held = await asyncio.to_thread(self._data.read, _FILE, StoredInformation)
        return _told(self._held)

    async def refresh(self, client: ApiClient, centre: str) -> None:
        """Ask for the pages, and keep them where they are others, or of another hour.

        Raises:
            ClientError: no answer.
        """
        try:
            answer = await client.information(centre)
        except ProblemError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
            # A server that tells none yet.
            return
        now = self._clock.now()
        before, stored = self._held, StoredInformation(answer, f"{now:%Y-%m-%d}", f"{now:%H:%M}")
        # Not each time: a disk of a kiosk lives for years. Before it is shown: whoever has seen it finds it again.
        if before is None or before.answer != answer or (before.day, before.time[:2]) != (stored.day, stored.time[:2]):
            try:
                await asyncio.to_thread(self._data.write, _FILE, stored)
            except KioskError as error:
                _log.error("information-not-kept", code=error.code)
        self._held = stored
        self._events.post(InformationChanged(_told(stored)))


def _told(stored: StoredInformation | None) -> KioskInformation:
    return KioskInformation() if stored is None else KioskInformation(stored.answer.topics, stored.day, stored.time)
