"""A member of staff at a counter: calls a visit, starts it, and reads the page of its document in any language."""

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import Any, NamedTuple

import aiohttp

from tests.faults.server_process import Installation

COUNTER, LOGIN = "1", "amina.haddad"
_FORM = re.compile(r'name="csrf" value="([^"]+)"')
_VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "use", "path"})
_PAGE = re.compile(r'data-csrf="([^"]+)"')


class Line(NamedTuple):
    """What stands there, and what to do."""

    means: str
    do: str


class Check(NamedTuple):
    """One check of the dialog: which, how it ended, what that means and what to do."""

    what: str
    outcome: str
    means: str
    do: str = ""


class Told(NamedTuple):
    """What stands on the page: the line, each check of the dialog, and what stands beside the face."""

    line: Line
    checks: tuple[Check, ...]
    face: Line | None


class Counter:
    def __init__(self, http: aiohttp.ClientSession, url: str, csrf: str) -> None:
        self._http, self._url, self._csrf = http, url, csrf

    async def say(self, path: str, body: dict[str, object] | None = None) -> dict[str, Any]:
        headers = {"Origin": self._url, "X-CSRF-Token": self._csrf, "Idempotency-Key": secrets.token_hex(8)}
        async with self._http.post(
            f"{self._url}/api/v1/centres/demo/{path}", json=body or {}, headers=headers
        ) as answer:
            assert answer.status in {200, 201}, await answer.text()
            said: dict[str, Any] = await answer.json()
            return said

    async def queue(self) -> dict[str, Any]:
        async with self._http.get(f"{self._url}/api/v1/centres/demo/queue") as answer:
            queue: dict[str, Any] = (await answer.json())["queue"]
            return queue

    async def serve(self, code: str) -> None:
        """Call a visit out of turn, as somebody who was asked for it, and start it."""
        (visit,) = (one["id"] for one in (await self.queue())["visits"] if one["code"] == code)
        await self.say(f"counters/{COUNTER}/call", {"visit": visit, "reason": "agreed"})
        await self.say(f"counters/{COUNTER}/start")

    async def finish(self) -> None:
        await self.say(f"counters/{COUNTER}/hand-back")

    async def reads(self, language: str) -> Told:
        """Read what the page says of the document of the visit that is here."""
        async with self._http.get(f"{self._url}/counter/document", params={"lang": language}) as answer:
            assert answer.status == 200, await answer.text()
            return _told(await answer.text())


@asynccontextmanager
async def sitting(place: Installation, url: str) -> AsyncIterator[Counter]:
    """Sign in at the counter as a browser does, and open it."""
    added = ("staff", "add", LOGIN, "--name", "Amina Haddad", "--centre", "demo", "--role", "counter")
    password = (await place.command(*added))[-1]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        await _send(http, url, "/sign-in", centre="demo", login=LOGIN, password=password)
        await _send(http, url, "/sign-in/counter", counter=COUNTER)
        async with http.get(f"{url}/counter") as answer:
            found = _PAGE.search(await answer.text())
        assert found is not None
        counter = Counter(http, url, found[1])
        await counter.say(f"counters/{COUNTER}/open")
        yield counter


async def _send(http: aiohttp.ClientSession, url: str, path: str, **fields: str) -> None:
    async with http.get(f"{url}{path}") as answer:
        found = _FORM.search(await answer.text())
    assert found is not None, path
    async with http.post(f"{url}{path}", data=fields | {"csrf": found[1]}, headers={"Origin": url}) as answer:
        assert answer.status == 200, await answer.text()


class _Words(HTMLParser):
    """Takes the words out of the page, with the tags and classes that they stand in, the outermost first."""

    def __init__(self) -> None:
        super().__init__()
        self._within: list[tuple[str, frozenset[str]]] = []
        self.words: list[tuple[frozenset[str], str]] = []
        #: How many items of a list have begun, by the place of the words.
        self.items: list[int] = []
        self._item = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._item += tag == "li"
        if tag not in _VOID:
            self._within.append((tag, frozenset((dict(attrs).get("class") or "").split())))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self.words.append(
                (frozenset({tag for tag, _ in self._within}).union(*(one for _, one in self._within)), text)
            )
            self.items.append(self._item)


def _told(page: str) -> Told:
    parser = _Words()
    parser.feed(page)
    outside = [(where, text) for where, text in parser.words if not where & {"faces", "verdicts"}]
    items: dict[int, list[str]] = {}
    for (where, text), item in zip(parser.words, parser.items, strict=True):
        if "verdicts" in where:
            items.setdefault(item, []).append(text)
    beside = [(where, text) for where, text in parser.words if {"faces", "p"} <= where]
    face = [next((text for where, text in beside if name in where), "") for name in ("st", "face-do")]
    return Told(
        Line(
            next(text for where, text in outside if "st" in where),
            next((text for where, text in outside if "doc-do" in where), ""),
        ),
        tuple(Check(*one) for one in items.values()),
        Line(*face) if any(face) else None,
    )
