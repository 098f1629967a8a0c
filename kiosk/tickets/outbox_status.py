"""OutboxCount: how the outbox stands, for the technician's page and the server, after each change in it."""

import structlog

from kiosk.errors import OutboxError
from kiosk.link.health import HealthBook
from kiosk.tasks import Tasks
from kiosk.tickets.outbox import Outbox, OutboxWorker

_log = structlog.get_logger(__name__)


class OutboxCount:
    def __init__(self, box: OutboxWorker, book: HealthBook, tasks: Tasks) -> None:
        self._box = box
        self._book = book
        self._tasks = tasks

    def moved(self) -> None:
        self._tasks.begin(self.count())

    async def count(self) -> None:
        try:
            self._book.outbox(await self._box(Outbox.standing))
        except OutboxError as error:
            _log.error("outbox", **error.placeholders)
