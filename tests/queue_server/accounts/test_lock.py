"""A session at whose page nobody was for the minutes of its centre is locked by the server itself."""

import asyncio
from http import HTTPStatus
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from msgspec.structs import replace

from queue_server.accounts import locking
from queue_server.accounts.errors import SessionLockedError
from queue_server.accounts.model import Role
from queue_server.domain.values import MINUTE, SECOND, Micros, now_micros
from queue_server.framework.server import SERVER
from queue_server.framework.settings import HttpSettings
from queue_server.web.page_context import signed_in
from tests.queue_server.house import QUICK, Client, House, house

QUEUE = "/centres/demo/queue"


class Hand:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = now_micros()

    def __call__(self) -> Micros:
        return self.now

    def pass_by(self, micros: int) -> None:
        self.now = Micros(self.now + micros)


async def stay(here: House, desk: Client) -> int:
    async with here.http.post(f"{here.address}/active", headers=desk.headers) as answer:
        return answer.status


async def test_the_server_locks_a_page_that_says_nothing(data: Path) -> None:
    clock = Hand()
    async with house(data, clock=clock) as here:
        desk, _ = await here.staff(Role.COUNTER, "1")
        for _ in range(3):
            clock.pass_by(9 * MINUTE)
            assert (await desk.get(QUEUE)).status == HTTPStatus.OK
            assert await stay(here, desk) == HTTPStatus.NO_CONTENT
        events = f"{here.address}/api/v1/centres/demo/events"
        async with here.http.get(events, headers=desk.headers | {"Accept": "text/event-stream"}) as feed:
            assert await feed.content.readany()
            # Reading is no hand at the keys.
            clock.pass_by(10 * MINUTE + 59 * SECOND)
            assert (await desk.get(QUEUE)).status == HTTPStatus.OK
            clock.pass_by(SECOND)
            # An open line is cut, and sends nothing any more.
            async with asyncio.timeout(60):
                try:
                    while await feed.content.readany():
                        pass
                except OSError:
                    pass
                except Exception as error:  # noqa: BLE001 - whatever the library calls a line that was cut
                    assert "payload" in str(error).lower() or "closed" in str(error).lower()  # noqa: PT017
        for path in (QUEUE, "/centres/demo/services"):
            locked = await desk.get(path)
            assert (locked.status, locked.code) == (423, "session-locked")
        assert (await desk.post("/centres/demo/counters/1/open")).code == "session-locked"
        assert await stay(here, desk) == HTTPStatus.LOCKED
        # Its counter stays taken, and nobody else's session is touched.
        other, _ = await here.staff(Role.COUNTER, "2")
        assert (await other.get(QUEUE)).status == HTTPStatus.OK


async def test_a_desk_that_locks_while_its_page_is_asked_for_is_told_so(data: Path) -> None:
    """Between the question whether somebody may open a page and its handler: 401 would load the page anew."""
    async with house(data) as here:
        desk, _ = await here.staff(Role.COUNTER, "1")
        async with here.http.post(f"{here.address}/lock", headers=desk.headers) as answer:
            assert answer.status == HTTPStatus.NO_CONTENT
        app = web.Application()
        app[SERVER] = here.server
        with pytest.raises(SessionLockedError):
            await signed_in(make_mocked_request("GET", "/counter/page", headers=desk.headers, app=app))


async def test_what_was_unlocked_at_another_server_is_open_here_at_once(data: Path) -> None:
    moment = now_micros()
    settings = QUICK.but(replace(QUICK[HttpSettings], identity_cache_ms=2000))
    async with house(data, settings, clock=lambda: moment) as here:
        desk, session = await here.staff(Role.RECEPTION, None)
        async with here.http.post(f"{here.address}/lock", headers=desk.headers) as answer:
            assert answer.status == HTTPStatus.NO_CONTENT
        assert (await desk.get(QUEUE)).code == "session-locked"
        # As the other server does it, behind this one's back.
        await here.server.log.write(lambda connection: locking.unlock(connection, session.id, moment))
        assert (await desk.get(QUEUE)).status == HTTPStatus.OK


async def test_somebody_locks_their_own_session_alone(data: Path) -> None:
    async with house(data) as here:
        desk, _ = await here.staff(Role.RECEPTION, None)
        other, _ = await here.staff(Role.RECEPTION, None)
        async with here.http.post(f"{here.address}/lock", headers=desk.headers | {"X-CSRF-Token": "x"}) as answer:
            assert answer.status == HTTPStatus.FORBIDDEN
        assert (await desk.get(QUEUE)).status == HTTPStatus.OK
        async with here.http.post(f"{here.address}/lock", headers=desk.headers) as answer:
            assert answer.status == HTTPStatus.NO_CONTENT
        assert (await desk.get(QUEUE)).code == "session-locked"
        assert (await other.get(QUEUE)).status == HTTPStatus.OK
        for method, path, status in (
            ("GET", "/lock", 200),
            ("POST", "/lock", 200),
            ("POST", "/unlock", 415),
            ("GET", "/reception", 423),
            ("GET", "/account/page", 423),
        ):
            async with here.http.request(method, here.address + path, headers=desk.headers) as answer:
                assert answer.status in {status, 403}, path
        async with here.http.get(f"{here.address}/lock") as answer:
            assert answer.status == HTTPStatus.UNAUTHORIZED


async def test_a_lock_leads_back_to_pages_of_this_server_alone(data: Path) -> None:
    async with house(data) as here:
        desk, _ = await here.staff(Role.RECEPTION, None)
        for to, there in (
            ("/waiting", "/waiting"),
            ("https://elsewhere.example/", "/"),
            ("//elsewhere.example", "/"),
            ("/\\elsewhere.example", "/"),
            ("javascript:alert(1)", "/"),
            ("", "/"),
        ):
            url = f"{here.address}/locked"
            async with here.http.get(url, params={"to": to}, headers=desk.headers, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Location"]) == (HTTPStatus.SEE_OTHER, there), to
