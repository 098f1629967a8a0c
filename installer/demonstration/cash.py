"""Money goes back: one cashier asks for it, another one agrees and gives it, as their page does over the API."""

import asyncio
import re
from typing import Any

from playwright.async_api import APIRequestContext, APIResponse

from installer.demonstration.centre import DemoCentre
from installer.demonstration.desk import Office
from installer.demonstration.process import DemoError
from queue_server.domain.values import new_id

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Cashier:
    """Somebody who is signed in at the centre's pages."""

    def __init__(self, request: APIRequestContext, server: str, account: dict[str, Any]) -> None:
        self._request = request
        self._server = server
        self._account = account
        self._csrf = ""

    async def sign_in(self) -> None:
        form = await self._request.get(f"{self._server}/sign-in?centre={self._account['centre']}")
        fields = {name: self._account[name] for name in ("login", "password", "centre")}
        landed = await self._request.post(
            f"{self._server}/sign-in",
            form={**fields, "csrf": await self._token(form)},
            headers={"Origin": self._server},
        )
        self._csrf = await self._token(landed)

    async def _token(self, page: APIResponse) -> str:
        found = _CSRF.search(await page.text())
        if found is None:
            raise DemoError(f"{self._account['login']} is not let in: {page.status} {page.url}")
        return found[1]

    async def do(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Post to a route of the API, and give the payment that comes of it."""
        answer = await self._request.post(
            f"{self._server}/api/v1/centres/{self._account['centre']}/payments/{path}",
            data=body,
            headers={"Origin": self._server, "X-CSRF-Token": self._csrf, "Idempotency-Key": new_id()},
        )
        said = await answer.json()
        if not answer.ok:
            raise DemoError(f"{self._account['login']}: {path} was refused with {said.get('code')}")
        payment: dict[str, Any] = said["payment"]
        return payment

    async def payment_of(self, visit: str) -> str:
        """Give the id of the first payment of a visit."""
        address = f"{self._server}/api/v1/centres/{self._account['centre']}/visits/{visit}/payments"
        found = (await (await self._request.get(address)).json())["payments"]
        if not found:
            raise DemoError(f"nothing was paid for {visit}")
        return str(found[0]["id"])


async def refund(office: Office, centre: DemoCentre, accounts: list[dict[str, Any]], visit: str) -> dict[str, Any]:
    """Give a whole payment of a visit back, by two cashiers; returns the refund as it then stands.

    Raises:
        DemoError: somebody was not let in, or something was refused.
    """
    contexts = [await office.request() for _ in accounts]
    try:
        one, other = (
            Cashier(context, centre.server_url, account) for context, account in zip(contexts, accounts, strict=True)
        )
        await asyncio.gather(one.sign_in(), other.sign_in())
        payment = await one.payment_of(visit)
        asked = (await one.do(f"{payment}/refunds", {"reason": "paid-twice"}))["refunds"][-1]["id"]
        await other.do(f"{payment}/refunds/{asked}/confirm", {})
        settled = await other.do(f"{payment}/refunds/{asked}/settle", {"done": True, "reference": "R-0001"})
        refund: dict[str, Any] = settled["refunds"][-1]
        return refund
    finally:
        for context in contexts:
            await context.dispose()
