"""How a device is: told to the server, at once when it changes. The answer says what time it is there."""

import asyncio
from datetime import datetime
from typing import Protocol

import structlog

from queue_server.contract.backoff import Backoff, woken
from queue_server.contract.client import ApiClient, ClientError, ServerAwayError
from queue_server.contract.devices import StatusRequest

_log = structlog.get_logger(__name__)


class Pauses(Protocol):
    """Seconds: ``retry_first_s`` doubles up to ``retry_max_s``; after ``status_s`` it is told anew."""

    @property
    def retry_first_s(self) -> float: ...

    @property
    def retry_max_s(self) -> float: ...

    @property
    def status_s(self) -> float: ...


class Reporting(Protocol):
    """The device that is told of."""

    def status(self) -> StatusRequest:
        """Say how it is now."""
        ...

    def heard(self, server: datetime) -> None:
        """Take the server's time; it is heard now."""


class Reporter:
    """Tells the server how a device is."""

    def __init__(
        self,
        client: ApiClient,
        centre: str,
        pauses: Pauses,
        device: Reporting,
    ) -> None:
        self._client = client
        self._centre = centre
        self._pauses = pauses
        self._device = device
        self._changed = asyncio.Event()

    def nudge(self) -> None:
        """Tell now: something changed, or the server is heard again."""
        self._changed.set()

    async def run(self) -> None:
        refused = ""
        backoff = Backoff(self._pauses.retry_first_s, self._pauses.retry_max_s)
        while True:
            self._changed.clear()
            try:
                answer = await self._client.report_status(self._centre, self._device.status())
            except ClientError as error:
                if not isinstance(error, ServerAwayError) and error.code != refused:
                    _log.warning("status-refused", code=error.code)
                    refused = error.code
                wait_s = backoff.failed()
            else:
                refused = ""
                self._device.heard(answer.at)
                backoff.worked()
                wait_s = self._pauses.status_s
            # What comes and goes is told of, and does not flood the server.
            await asyncio.sleep(self._pauses.retry_first_s)
            await woken(self._changed, wait_s)
