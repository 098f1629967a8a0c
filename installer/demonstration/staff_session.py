"""Somebody who is signed in at the centre's pages, and does over the API what their page does."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from installer.demonstration.process import DemoError
from queue_server.domain.values import new_id

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class StaffSession:
    """``account`` is one of those that ``queue-server init --demo`` makes."""

    def __init__(self, http: aiohttp.ClientSession, server: str, account: dict[str, Any]) -> None:
        self._http = http
        self._server = server
        self._account = account
        self._csrf = ""

    async def sign_in(self) -> None:
        """Give name and password.

        Raises:
            DemoError: they are not let in.
        """
        async with self._http.get(f"{self._server}/sign-in?centre={self._account['centre']}") as form:
            token = await self._token(form)
        fields = {name: self._account[name] for name in ("login", "password", "centre")} | {"csrf": token}
        headers = {"Origin": self._server}
        async with self._http.post(f"{self._server}/sign-in", data=fields, headers=headers) as landed:
            self._csrf = await self._token(landed)

    async def _token(self, page: aiohttp.ClientResponse) -> str:
        found = _CSRF.search(await page.text())
        if found is None:
            raise DemoError(f"{self._account['login']} is not let in: {page.status} {page.url}")
        return found[1]

    async def get(self, path: str) -> dict[str, Any]:
        """Read something of their centre; ``path`` follows that of the centre."""
        async with self._http.get(self._address(path)) as answer:
            return await self._said(path, answer)

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Do something at their centre.

        Raises:
            DemoError: it was refused; says with which code.
        """
        headers = {"Origin": self._server, "X-CSRF-Token": self._csrf, "Idempotency-Key": new_id()}
        async with self._http.post(self._address(path), json=body, headers=headers) as answer:
            return await self._said(path, answer)

    def _address(self, path: str) -> str:
        return f"{self._server}/api/v1/centres/{self._account['centre']}/{path}"

    async def _said(self, path: str, answer: aiohttp.ClientResponse) -> dict[str, Any]:
        said: dict[str, Any] = await answer.json(content_type=None)
        if not answer.ok:
            raise DemoError(f"{self._account['login']}: {path} was refused with {said.get('code')}")
        return said


@asynccontextmanager
async def signed_in(server: str, account: dict[str, Any]) -> AsyncIterator[StaffSession]:
    """Sign somebody in, with cookies of their own."""
    # Cookies are taken from an address too, which has no name.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        session = StaffSession(http, server, account)
        await session.sign_in()
        yield session
