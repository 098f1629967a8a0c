"""Signing in as a browser does: a stranger who guesses keeps nobody out who has worked here before."""

import asyncio
import re
from http import HTTPStatus
from pathlib import Path

import aiohttp
from msgspec.structs import replace
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.domain.values import now_micros
from queue_server.framework.settings import HttpSettings
from tests.queue_server.house import QUICK, House, house

LOGIN = "amina.haddad"


def command(data: Path, *arguments: str) -> str:
    ran = CliRunner().invoke(app, [*arguments, "--data", str(data)])
    assert ran.exit_code == 0, ran.output
    return ran.output.splitlines()[-1]


class Browser:
    """Keeps its cookies."""

    def __init__(self, here: House, headers: dict[str, str] | None = None) -> None:
        self.here = here
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers)

    async def sign_in(self, password: str) -> tuple[int, str]:
        """Fill in the form; returns the status and the page."""
        async with self.http.get(f"{self.here.address}/sign-in?centre=demo") as page:
            csrf = re.search(r'name="csrf" value="([^"]+)"', await page.text())
        assert csrf is not None
        form = {"csrf": csrf[1], "login": LOGIN, "centre": "demo", "password": password}
        headers = {"Origin": self.here.address}
        async with self.http.post(
            f"{self.here.address}/sign-in", data=form, headers=headers, allow_redirects=False
        ) as answer:
            return answer.status, await answer.text()

    def leave(self) -> None:
        """Sign out as somebody does who closes the window: what the browser knows stays."""
        self.http.cookie_jar.clear(lambda cookie: cookie.key == "session")


async def test_strangers_keep_no_member_of_staff_out(data: Path) -> None:
    added = ("staff", "add", LOGIN, "--name", "Amina Haddad", "--centre", "demo", "--role", "counter")
    password = await asyncio.to_thread(command, data, *added)
    # The clock stands still while somebody guesses, however long the passwords take.
    moment = now_micros()
    async with house(data, clock=lambda: moment) as here:
        own, stranger, new = Browser(here), Browser(here), Browser(here)
        try:
            assert (await own.sign_in(password))[0] == HTTPStatus.SEE_OTHER
            own.leave()
            statuses = [(await stranger.sign_in("wrong"))[0] for _ in range(12)]
            assert statuses == [403] * 5 + [429] * 7
            status, page = await stranger.sign_in(password)
            assert status == HTTPStatus.TOO_MANY_REQUESTS
            assert re.search(r"Try again in 1 second\.", page)
            # All from one address: the browser that was used here before is no stranger.
            assert (await own.sign_in(password))[0] == HTTPStatus.SEE_OTHER
            # Another one is, until a colleague lets its owner in.
            assert (await new.sign_in(password))[0] == HTTPStatus.TOO_MANY_REQUESTS
            await asyncio.to_thread(command, data, "staff", "admit", LOGIN)
            moment = now_micros()
            assert (await new.sign_in(password))[0] == HTTPStatus.SEE_OTHER
            # From now on it is known, too.
            new.leave()
            for _ in range(3):
                await stranger.sign_in("wrong")
            assert (await new.sign_in(password))[0] == HTTPStatus.SEE_OTHER
        finally:
            for browser in (own, stranger, new):
                await browser.http.close()


async def test_over_tls_cookies_are_of_this_host_alone(data: Path) -> None:
    added = ("staff", "add", LOGIN, "--name", "Amina Haddad", "--centre", "demo", "--role", "counter")
    password = await asyncio.to_thread(command, data, *added)
    settings = QUICK.but(replace(QUICK[HttpSettings], public_url="https://queue.example"))
    async with house(data, settings, behind_proxy=True) as here:
        browser = Browser(here, {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "queue.example"})
        try:
            async with browser.http.get(f"{here.address}/sign-in?centre=demo") as page:
                assert page.status == HTTPStatus.OK
                (form,) = [line for line in page.headers.getall("Set-Cookie") if line.startswith("__Host-form=")]
                csrf = re.search(r'name="csrf" value="([^"]+)"', await page.text())
            assert "; secure" in form.lower()
            assert "; path=/" in form.lower()
            assert "domain" not in form.lower()
            assert csrf is not None
            body = {"csrf": csrf[1], "login": LOGIN, "centre": "demo", "password": password}
            kept = form.partition(";")[0]
            for sent, status in (("", 403), (kept.replace("__Host-", ""), 403), (kept, 303)):
                headers = {"Origin": "https://queue.example", "Cookie": sent}
                async with browser.http.post(
                    f"{here.address}/sign-in", data=body, headers=headers, allow_redirects=False
                ) as answer:
                    assert answer.status == status, sent
            names = {line.partition("=")[0] for line in answer.headers.getall("Set-Cookie")}
            assert names == {"__Host-session", "__Host-known-demo"}
            # Nobody is signed in by a field that is empty on both sides.
            async with browser.http.post(
                f"{here.address}/sign-in", data=body | {"csrf": ""}, headers={"Origin": "https://queue.example"}
            ) as answer:
                assert answer.status == HTTPStatus.FORBIDDEN
        finally:
            await browser.http.close()
