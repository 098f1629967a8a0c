"""How a screen is: told to the server, at once when it changes. The answer says what time it is there."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from queue_server.contract.client import ApiClient, ClientError, ServerAwayError
from queue_server.contract.messages import StatusRequest
from signage.settings import LinkSettings

_log = structlog.get_logger(__name__)


class Reporter:
    """Tells the server; ``status`` says what, ``heard`` takes the server's time from its answer."""

    def __init__(
        self,
        client: ApiClient,
        centre: str,
        settings: LinkSettings,
        status: Callable[[], StatusRequest],
        heard: Callable[[datetime], None],
    ) -> None:
        self._client = client
        self._centre = centre
        self._settings = settings
        self._status = status
        self._heard = heard
        self._changed = asyncio.Event()

    def nudge(self) -> None:
        """Tell now: something changed."""
        self._changed.set()

    async def run(self) -> None:
        refused = ""
        pause = self._settings.retry_first_s
        while True:
            self._changed.clear()
            try:
                answer = await self._client.report_status(self._centre, self._status())
            except ClientError as error:
                if not isinstance(error, ServerAwayError) and error.code != refused:
                    _log.warning("status-refused", code=error.code)
                    refused = error.code
                wait, pause = pause, min(pause * 2, self._settings.retry_max_s)
            else:
                refused = ""
                self._heard(answer.at)
                wait, pause = self._settings.status_s, self._settings.retry_first_s
            # A player that comes and goes is told of, and does not flood the server.
            await asyncio.sleep(self._settings.retry_first_s)
            try:
                async with asyncio.timeout(wait):
                    await self._changed.wait()
            except TimeoutError:
                continue
