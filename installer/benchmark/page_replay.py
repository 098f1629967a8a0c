"""Open pages of staff without a browser: each does what its scripts do (``static/js/live.js``), and nothing else.

It keeps its line, takes what is pushed to it, and fetches its part where a frame tells of more than it shows: one fetch
at a time, and one more where more was told meanwhile. Run as a process of its own, so that what the pages cost here is
not taken for what they cost the server: ``python -m installer.benchmark.page_replay URL CENTRE PASSWORD`` with pages
as JSON (login, path, counter, language) in its input's first line; it says when all are open, and where its input ends
what each was shown, and when: places of the feed and milliseconds since the epoch. ``--listen``: they only listen.
"""

import asyncio
import json
import re
import sys
import time
from typing import Final
from urllib.parse import urlencode

import msgspec
import uvloop
from aiohttp import ClientSession, ClientTimeout, CookieJar

from installer.benchmark.load import Connection, connect

_CSRF: Final = re.compile(rb'name="csrf" value="([^"]+)"')
_CURSOR: Final = re.compile(rb'data-cursor="([^"]*)"')
_FEED: Final = re.compile(rb'hx-sse:connect="([^"]+)"')
_PART: Final = re.compile(rb'hx-(?:get|post)="([^"]+)"')
_NAME: Final = re.compile(rb'"X-Page": "([^"]+)"')
#: Nothing of a page that is open ends by itself.
_EVER: Final = ClientTimeout(total=None)


class StaffPage(msgspec.Struct, frozen=True):
    """``path`` is the page's own; ``counter`` where this member of staff sits, empty for whoever sits at none."""

    login: str
    path: str
    counter: str
    language: str


class ReplayedPage:
    """One page that is open; ``shown`` are the places of the feed that it showed, and when (ms since the epoch)."""

    def __init__(self, url: str, asked: StaffPage, *, listens: bool) -> None:
        self._url, self._asked, self._listens = url, asked, listens
        self._http = ClientSession(cookie_jar=CookieJar(unsafe=True), timeout=_EVER)
        self.shown: list[tuple[str, float]] = []
        self._connection: Connection | None = None
        self._request = b""
        self._known = self._covered = ""
        self._fetching: asyncio.Task[None] | None = None

    async def open(self, centre: str, password: str) -> str:
        """Sign in as staff do, and open the page; the address of its line."""
        asked, http = self._asked, self._http
        text = await self._text(f"/sign-in?centre={centre}&lang={asked.language}")
        fields = {"csrf": _csrf(text), "centre": centre, "login": asked.login, "password": password}
        async with http.post(f"{self._url}/sign-in", data=fields) as answer:
            text = await answer.read()
        if asked.counter:
            async with http.post(
                f"{self._url}/sign-in/counter", data={"csrf": _csrf(text), "counter": asked.counter}
            ) as answer:
                answer.raise_for_status()
        text = await self._text(asked.path)
        self._known = self._covered = _place(text)
        self._connection = await connect(self._url)
        self._request = self._fetch(_found(_PART, text), _csrf(text), _NAME.search(text))
        return _found(_FEED, text)

    async def _text(self, path: str) -> bytes:
        async with self._http.get(self._url + path) as answer:
            answer.raise_for_status()
            return await answer.read()

    def _fetch(self, path: str, csrf: str, name: re.Match[bytes] | None) -> bytes:
        """Write the request for the part of the page, as htmx sends it."""
        cookies = "; ".join(f"{one.key}={one.value}" for one in self._http.cookie_jar)
        head = f"Host: bench\r\nCookie: {cookies}\r\nHX-Request: true\r\nAccept: text/html\r\n"
        if name is not None:
            head += f"X-Page: {name[1].decode()}\r\n"
        if self._asked.path != "/reception":
            return f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()
        body = urlencode({"csrf": csrf, "visit": "", "only": "", "service": "", "typed": ""})
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        return f"POST {path} HTTP/1.1\r\n{head}\r\n{body}".encode()

    async def follow(self, feed: str, joined: asyncio.Event) -> None:
        """Keep the line, as long as the server does."""
        async with self._http.get(self._url + feed, headers={"Accept": "text/event-stream"}) as line:
            line.raise_for_status()
            rest = b""
            async for data in line.content.iter_any():
                *frames, rest = (rest + data).split(b"\n\n")
                for frame in frames:
                    joined.set()
                    fields = dict(part.partition(b": ")[::2] for part in frame.split(b"\n"))
                    self._on_frame(fields[b"event"], fields.get(b"id", b"").decode())

    async def close(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
        if self._connection is not None:
            self._connection.close()
        await self._http.close()

    def _on_frame(self, kind: bytes, place: str) -> None:
        if self._listens:
            self.shown.append((place, time.time() * 1000))
        elif kind == b"page":
            self._known = self._covered = place
            self.shown.append((place, time.time() * 1000))
        elif kind not in (b"beat", b"mention") and place and not _reaches(self._covered, place):
            if not _reaches(self._known, place):
                self._known = place
            self._covered = self._known
            if self._fetching is None:
                self._fetching = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        assert self._connection is not None
        asked = None
        while asked != self._covered:
            asked = self._covered
            status, text = await self._connection.ask(self._request)
            if status != 200:  # noqa: PLR2004 - OK
                raise RuntimeError(f"{status}: {text.decode()}")
            self.shown.append((_place(text), time.time() * 1000))
        self._fetching = None


def _found(pattern: re.Pattern[bytes], text: bytes) -> str:
    found = pattern.search(text)
    if found is None:
        raise RuntimeError(text.decode())
    return found[1].decode().replace("&amp;", "&")


def _csrf(text: bytes) -> str:
    return _found(_CSRF, text)


def _place(text: bytes) -> str:
    found = _CURSOR.search(text)
    return "" if found is None else found[1].decode()


def _reaches(place: str, other: str) -> bool:
    (day, _, number), (other_day, _, other_number) = place.partition(":"), other.partition(":")
    return int(number) >= int(other_number) if day == other_day else day > other_day


async def _replay(url: str, centre: str, password: str, *, listens: bool) -> None:
    asked = msgspec.json.decode(await asyncio.to_thread(sys.stdin.readline), type=list[StaffPage])
    pages = [ReplayedPage(url, one, listens=listens) for one in asked]
    lines = list[asyncio.Task[None]]()
    try:
        for page in pages:
            feed, joined = await page.open(centre, password), asyncio.Event()
            path = f"/api/v1/centres/{centre}/events" if listens else feed
            lines.append(asyncio.create_task(page.follow(path, joined)))
            await asyncio.wait((lines[-1], asyncio.create_task(joined.wait())), return_when=asyncio.FIRST_COMPLETED)
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        for line in lines:
            if line.done():
                line.result()
        print(json.dumps([page.shown for page in pages]), flush=True)
    finally:
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        for page in pages:
            await page.close()


if __name__ == "__main__":
    uvloop.run(_replay(*sys.argv[1:4], listens="--listen" in sys.argv))
