"""How a device is: told to the server, at once when it changes. The answer says what time it is there."""

import asyncio
from typing import Protocol

from msgspec.structs import replace

from queue_server.contract.client import ApiClient, ClientError
from queue_server.contract.devices import StatusAnswer, StatusRequest
from queue_server.contract.periodic import Periodic
from queue_server.contract.release import RUNNING


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

    async def accept(self, answer: StatusAnswer) -> None:
        """Take what the server answers: its time, and what is to be used from now on; it is heard now."""
        ...


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
        self.task = Periodic(
            "status",
            pauses.status_s,
            self._report,
            at_once=True,
            retry_s=pauses.retry_first_s,
            max_retry_s=pauses.retry_max_s,
            expected=(ClientError,),
        )

    def wake(self) -> None:
        """Tell now: something changed, or the server is heard again."""
        self.task.wake()

    async def _report(self) -> None:
        try:
            status = replace(self._device.status(), version=RUNNING)
            answer = await self._client.report_status(self._centre, status)
            await self._device.accept(answer)
        except ClientError:
            await self._breathe()
            raise
        await self._breathe()

    async def _breathe(self) -> None:
        """Wait a little: what comes and goes is told of, and does not flood the server."""
        await asyncio.sleep(self._pauses.retry_first_s)
