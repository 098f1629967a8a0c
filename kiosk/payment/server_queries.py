"""What a payment asks the server while it goes on; and what it is told where there is none."""

import asyncio

from kiosk.link.centre import CentreState
from kiosk.link.health import HealthBook
from queue_server.contract.client import ApiClient, ClientError
from queue_server.contract.payments import ManualConfirmation
from queue_server.contract.visits import AheadAnswer


class CentreServer:
    """``answer_wait_s``: whoever waits for their ticket does not wait longer for the number of those before it."""

    def __init__(
        self, client: ApiClient, ident: str, centre: CentreState, book: HealthBook, answer_wait_s: float
    ) -> None:
        self._client = client
        self._ident = ident
        self._centre = centre
        self._book = book
        self._answer_wait_s = answer_wait_s

    def may_pay(self) -> bool:
        return self._book.connected or self._centre.pays_offline

    async def ahead(self, service: str, /) -> AheadAnswer | None:
        try:
            async with asyncio.timeout(self._answer_wait_s):
                return await self._client.ahead(self._ident, service)
        except (ClientError, TimeoutError):
            return None

    async def confirmations(self, attempt: str) -> tuple[ManualConfirmation, ...]:
        return (await self._client.payment_confirmations(self._ident, attempt)).confirmations


class NoServer:
    """A kiosk that is not enrolled: nothing is begun, and nobody says anything."""

    def may_pay(self) -> bool:
        return False

    async def ahead(self, service: str, /) -> AheadAnswer | None:
        del service
        return None

    async def confirmations(self, attempt: str) -> tuple[ManualConfirmation, ...]:
        del attempt
        return ()
