"""A door is followed although the line to the server loses answers: whoever stands before it knows what it does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from sqlalchemy import select

from kiosk.devices.document_session import DocumentSession
from kiosk.inbox import Inbox
from kiosk.journey.events import DoorChanged, OpenDoor, ProofAnswered, Prove
from kiosk.link.collecting import CollectionLink
from kiosk.settings import KioskCollection
from queue_server.collection.tables import collections
from queue_server.contract.client import ApiClient
from tests.queue_server.collection.people import code_for
from tests.queue_server.collection.test_doors import Lockers, lockers
from tests.queue_server.conftest import _own_house as here  # noqa: F401 - fixtures
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import DEMO, House
from tests.queue_server.lockers.scripted import accepted, closed, opened


class LossyLine:
    """A line to a server.

    Answers to requests whose address ends as one of ``loses`` are lost once they were carried out; those of ``fails``
    are not carried out, and answered as by a server whose database is away.
    """

    def __init__(self, server: str) -> None:
        self.loses: set[str] = set()
        self.fails: set[str] = set()
        self.lost = 0
        self.failed = 0
        self._server = server

    async def carry(self, request: web.Request) -> web.StreamResponse:
        verb = request.path.rpartition("/")[2]
        if verb in self.fails:
            self.failed += 1
            return web.json_response({"type": "about:blank", "title": "x", "status": 503, "code": "x"}, status=503)
        headers = {
            name: request.headers[name] for name in ("Authorization", "Idempotency-Key") if name in request.headers
        }
        headers["Content-Type"] = "application/json"
        async with (
            aiohttp.ClientSession() as http,
            http.request(
                request.method, self._server + request.path, headers=headers, data=await request.read()
            ) as answer,
        ):
            body = await answer.read()
            if verb in self.loses:
                self.lost += 1
                assert request.transport is not None
                request.transport.close()
            return web.Response(status=answer.status, body=body, content_type=answer.content_type)


class Person:
    """Somebody at a kiosk who has typed their code."""

    def __init__(self, link: CollectionLink, inbox: Inbox) -> None:
        self.link = link
        self._inbox = inbox
        self._work: set[asyncio.Task[None]] = set()

    def _starts(self, work: Awaitable[None] | None) -> None:
        assert work is not None
        self._work.add(asyncio.ensure_future(work))

    async def types(self, code: str) -> str:
        self._starts(self.link.work(Prove(1, 1, code=code)))
        async with asyncio.timeout(60):
            answer = await self._inbox.get()
        assert isinstance(answer, ProofAnswered)
        (found,) = answer.items
        return found.item

    def opens(self, item: str, look: int = 1) -> None:
        self._starts(self.link.work(OpenDoor(1, look, item)))

    async def sees(self) -> tuple[str, str]:
        """Wait for what is told next of the door: how it is, and which."""
        async with asyncio.timeout(60):
            answer = await self._inbox.get()
        assert isinstance(answer, DoorChanged)
        return answer.state, answer.door

    async def leaves(self) -> None:
        if (work := self.link.clear()) is not None:
            await work
        for one in self._work:
            one.cancel()
        await asyncio.wait(self._work)


@asynccontextmanager
async def person_at(
    server: House, place: Lockers, settings: KioskCollection
) -> AsyncIterator[tuple[Person, LossyLine, str]]:
    item = await place.load("A1")
    code = await code_for(place.desk, item)
    kiosk, line, inbox = await server.kiosk(), LossyLine(server.address), Inbox()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", line.carry)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    token = kiosk.headers["Authorization"].removeprefix("Bearer ")
    try:
        async with ApiClient(url, token, timeout=60) as client:
            link = CollectionLink(client, DEMO, papers=DocumentSession(), settings=settings, events=inbox)
            person = Person(link, inbox)
            assert await person.types(code) == item
            yield person, line, item
            await person.leaves()
    finally:
        await runner.cleanup()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - the line is another task's
            await asyncio.sleep(0.01)


async def test_a_door_whose_order_was_not_answered_is_followed(here: House) -> None:  # noqa: F811 - a fixture
    place = await lockers(here)
    settings = KioskCollection(offered=True, poll_s=0.05, wait_s=5, order_s=60)
    async with person_at(here, place, settings) as (person, line, item):
        line.loses.add("open")
        person.opens(item)
        order = await place.last_order()
        assert await person.sees() == ("opening", "A1")
        assert line.lost
        await place.bank.tell(accepted(order), opened("A1"))
        assert await person.sees() == ("open", "A1")
        await place.bank.tell(closed("A1", "empty"))
        assert await person.sees() == ("taken", "A1")


async def test_whoever_tries_again_is_shown_their_own_door(here: House) -> None:  # noqa: F811 - a fixture
    place = await lockers(here)
    settings = KioskCollection(offered=True, poll_s=0.05, wait_s=5, order_s=0.2)
    async with person_at(here, place, settings) as (person, line, item):
        line.loses |= {"open", "door"}
        person.opens(item)
        order = await place.last_order()
        assert await person.sees() == ("away", "")
        line.loses.clear()
        person.opens(item, 2)
        assert await person.sees() == ("opening", "A1")
        await place.bank.tell(accepted(order), opened("A1"))
        assert await person.sees() == ("open", "A1")


async def test_what_the_same_person_had_proved_before_is_forgotten_at_the_server(here: House) -> None:  # noqa: F811 - a fixture
    place = await lockers(here)
    async with person_at(here, place, KioskCollection(offered=True, poll_s=0.05)) as (person, _, item):
        before = await proofs(here)
        assert len(before) == 1
        assert await person.types(await code_for(place.desk, item)) == item
        async with asyncio.timeout(60):
            while len(now := await proofs(here)) != 1 or now == before:  # noqa: ASYNC110 - a real server
                await asyncio.sleep(0.05)
        person.opens(item)
        assert await person.sees() == ("opening", "A1")


async def proofs(server: House) -> list[str]:
    return await server.server.log.run(lambda connection: list(connection.execute(select(collections.c.id)).scalars()))


async def test_a_server_that_fails_meanwhile_ends_no_following_of_an_open_door(here: House) -> None:  # noqa: F811 - a fixture
    place = await lockers(here)
    settings = KioskCollection(offered=True, poll_s=0.05)
    async with person_at(here, place, settings) as (person, line, item):
        person.opens(item)
        assert await person.sees() == ("opening", "A1")
        await place.bank.tell(accepted(await place.last_order()), opened("A1"))
        assert await person.sees() == ("open", "A1")
        line.fails.add("door")
        await until(lambda: line.failed > 2)
        line.fails.clear()
        await place.bank.tell(closed("A1", "empty"))
        assert await person.sees() == ("taken", "A1")
