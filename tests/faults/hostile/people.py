"""Who is at the centre in a hostile hour: people at kiosks, staff who call, and one who signs in over and over again.

Staff use the forms of the real pages, in a browser that keeps its cookies, and the routes that the pages use.
"""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp

from queue_server.domain.values import new_id
from tests.faults.hostile.machines import Machine
from tests.faults.server_process import QueueServer

_FORM = re.compile(r'name="csrf" value="([^"]+)"')
_OWN = re.compile(r'data-csrf="([^"]+)"')
_ALARM = re.compile(r'<li id="alarm-([^"]+)"')
_PAUSE_S = 0.1
_SEE_OTHER, _OK, _UNAUTHORIZED, _TOO_EARLY = 303, 200, 401, 429
#: What may go wrong on a line to a server that is killed at any moment.
LOST = (aiohttp.ClientError, TimeoutError, OSError)


class NoServerError(OSError):
    """None listens."""


class Browser:
    """The browser of a member of staff at the demo centre."""

    def __init__(
        self,
        servers: Sequence[QueueServer],
        login: str,
        password: str,
        chance: random.Random,
        connector: aiohttp.TCPConnector | None = None,
    ) -> None:
        self._servers = servers
        self.login, self._password, self._chance = login, password, chance
        jar, patience = aiohttp.CookieJar(unsafe=True), aiohttp.ClientTimeout(total=20)
        self._http = aiohttp.ClientSession(connector=connector, cookie_jar=jar, timeout=patience)
        self._csrf = ""

    async def close(self) -> None:
        await self._http.close()

    def _url(self) -> str:
        urls = [server.url for server in self._servers if server.url is not None]
        if not urls:
            raise NoServerError
        return self._chance.choice(urls)

    async def sign_in(self) -> int:
        """Fill in the form; returns the status: 303 where it was right."""
        url = self._url()
        async with self._http.get(f"{url}/sign-in?centre=demo", allow_redirects=False) as page:
            found = _FORM.search(await page.text())
        if found is None:
            return page.status
        form = {"csrf": found[1], "centre": "demo", "login": self.login, "password": self._password}
        return await self._send(url, "/sign-in", form)

    async def sit_at(self, counter: str) -> bool:
        """Choose a counter, as the second form asks."""
        url = self._url()
        async with self._http.get(f"{url}/sign-in/counter", allow_redirects=False) as page:
            found = _FORM.search(await page.text())
        if found is None:
            return False
        if await self._send(url, "/sign-in/counter", {"csrf": found[1], "counter": counter}) != _SEE_OTHER:
            return False
        await self.page("/counter")
        return True

    async def _send(self, url: str, path: str, form: dict[str, str]) -> int:
        async with self._http.post(url + path, data=form, headers={"Origin": url}, allow_redirects=False) as answer:
            await answer.read()
            return answer.status

    def leave(self) -> None:
        """Close the window: what the browser knows stays, the session does not."""
        self._http.cookie_jar.clear(lambda cookie: cookie.key.endswith("session"))

    async def show(self, path: str) -> dict[str, Any] | None:
        """Read what a page reads; None where that is refused."""
        async with self._http.get(f"{self._url()}/api/v1/centres/demo{path}") as answer:
            found: dict[str, Any] = await answer.json(content_type=None)
            return found if answer.status == _OK else None

    async def ask(self, path: str, **body: object) -> tuple[int, dict[str, Any]]:
        """Ask what a button of a page asks."""
        url = self._url()
        headers = {"X-CSRF-Token": self._csrf, "Origin": url, "Idempotency-Key": new_id()}
        async with self._http.post(f"{url}/api/v1/centres/demo{path}", json=body, headers=headers) as answer:
            found: dict[str, Any] = await answer.json(content_type=None)
            return answer.status, found

    async def alarms(self, url: str | None) -> set[str] | None:
        """Read the alarms on the manager's page, of a certain server or of any; None where it shows no page."""
        text = await self.page("/manager", url)
        return {found[1] for found in _ALARM.finditer(text)} if text else None

    async def page(self, path: str, url: str | None = None) -> str:
        """Look at a page; "" where there is none for this browser."""
        async with self._http.get(f"{url or self._url()}{path}", allow_redirects=False) as answer:
            text = await answer.text()
        if (found := _OWN.search(text)) is not None:
            self._csrf = found[1]
        return text if answer.status == _OK else ""

    async def post(self, path: str, **form: str) -> int:
        """Send a form of a page that needs the session's own token."""
        url = self._url()
        return await self._send(url, path, form | {"csrf": self._csrf})


#: What one at a counter does after what, and after which refusal.
_NEXT = {"open": "call-next", "call-next": "start", "start": "finish", "finish": "call-next"}
_AFTER_REFUSAL = {
    "counter-not-open": "open",
    "counter-busy": "start",
    "visit-not-started": "start",
    "visit-not-called": "finish",
    "counter-free": "call-next",
}


async def serve(browser: Browser, counter: str, over: asyncio.Event, called: asyncio.Event) -> None:
    """Work at a counter; whoever finds that they are not signed in signs in again; sets ``called`` with a visit."""
    verb, seated = "open", False
    while not over.is_set():
        await asyncio.sleep(_PAUSE_S)
        try:
            if not seated:
                seated = await browser.sign_in() == _SEE_OTHER and await browser.sit_at(counter)
                continue
            status, body = await browser.ask(f"/counters/{counter}/{verb}")
        except LOST:
            continue
        if status == _OK:
            if body.get("visit") is not None:
                called.set()
            verb = "call-next" if verb == "call-next" and body.get("visit") is None else _NEXT[verb]
        elif status == _UNAUTHORIZED:
            seated = False
        else:
            verb = _AFTER_REFUSAL.get(str(body.get("code")), verb)


class Latecomer:
    """Somebody who works here signs in again and again with the right password; ``put_off`` is in how many tries in a
    row they were told to wait."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.put_off = 0
        self.let_in = 0

    async def work(self, over: asyncio.Event) -> None:
        in_a_row = 0
        while not over.is_set():
            try:
                status = await self._browser.sign_in()
            except LOST:
                status = 0
            if status == _TOO_EARLY:
                in_a_row += 1
                self.put_off = max(self.put_off, in_a_row)
            elif status == _SEE_OTHER:
                in_a_row = 0
                self.let_in += 1
                self._browser.leave()
            await asyncio.sleep(0.5)

    def let_in_once_more(self) -> Callable[[], Awaitable[bool]]:
        """Return a question: have they been let in since now?"""
        before = self.let_in

        async def let_in() -> bool:
            return self.let_in > before

        return let_in


#: What is touched on each page of the way to a ticket; the service is chosen by chance.
_PAID, _FREE = ("passport-id", "uto-passport-renewal"), ("help", "uto-evacuation")
_ACTS: dict[str, list[str]] = {
    "language": ["language", "en"],
    "identify": ["no-document"],
    "chip": ["no-chip"],
    "government": ["choose", "UTO"],
    "more": ["go-on"],
    "confirm": ["confirm"],
    "priority": ["no-ask"],
    "idle": ["continue"],
    "unavailable": ["restart"],
    "help": ["no-help"],
    "status": ["done"],
}
#: Paying is over, one way or another.
_PAY_ENDS = {"not-paid", "given-back", "going-back", "staff", "broken"}


async def visit(machine: Machine, over: asyncio.Event, chance: random.Random, taken: Callable[[], None]) -> None:
    """Take one ticket after the other at a kiosk, whatever becomes of it; whoever can pay there does."""
    wanted, shown = _FREE, ""
    while True:
        await asyncio.sleep(_PAUSE_S)
        try:
            await machine.look()
            page = machine.page
            if page in {"language", "closed", "recovering", "setup"}:
                # Nobody is in the middle of anything.
                machine.empty.set()
                if over.is_set():
                    return
                if page == "language":
                    shown = ""
                    wanted = _PAID if machine.terminal is not None and chance.random() < 0.6 else _FREE
                    if not machine.open.is_set():
                        continue
                    machine.empty.clear()
            if page == "ticket" and machine.model["code"] != shown:
                shown = machine.model["code"]
                machine.shown.append(shown)
                taken()
            broken = page == "pay" and machine.model["payment"]["phase"] == "broken"
            machine.unavailable += page == "unavailable" or broken
            act = _act(page, machine.model, wanted)
            if act is not None:
                await machine.touch(act)
        except (OSError, ValueError, TimeoutError):
            # It was killed, or has no time to answer.
            continue


def _act(  # noqa: PLR0911 - one case a page
    page: str, model: dict[str, Any], wanted: tuple[str, str]
) -> list[str] | None:
    match page:
        case "kind":
            return ["choose", wanted[0]]
        case "service":
            return ["choose", wanted[1]]
        case "fee":
            return None if model["working"] else ["pay" if model["can_pay"] and not model["by_hand"] else "pay-later"]
        case "pay" if model["payment"]["phase"] == "offer":
            return ["paper", "have-it"]
        case "pay" if model["payment"]["phase"] in _PAY_ENDS and not model["working"]:
            return ["restart"]
        case "ticket" if model["paper"] != "printing":
            return ["done"]
    return _ACTS.get(page)
