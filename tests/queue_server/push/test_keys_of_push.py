"""The key of messages to phones is changed: each phone is told by the key with which it subscribed."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from queue_server import ticket_token
from queue_server.accounts import tokens
from queue_server.accounts.model import EnrolledDevice, Role
from queue_server.domain.values import VisitId
from queue_server.push.settings import PushSettings
from queue_server.push.tables import push_subscriptions
from queue_server.vault.keys import Keys
from queue_server.vault.model import KeyRules, RowKind
from queue_server.vault.tables import people_rows
from tests.queue_server.accounts.test_keys_change import SettableClock, finished, issued, rotated, until
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import QUICK, Client, House, house
from tests.queue_server.push.push_service import PushService, push_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[PushService]:
    with push_service(tmp_path / "push") as started:
        yield started


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let commands block: each has a loop of its own, in a thread of its own."""


class Street:
    """Phones of people who have a ticket of one kiosk, and a counter that calls them."""

    def __init__(
        self, house_: House, service: PushService, kiosk: Client, device: EnrolledDevice, counter: Client
    ) -> None:
        self.house, self.service, self.kiosk, self.device, self.counter = house_, service, kiosk, device, counter
        self.pages: dict[str, str] = {}
        self.visits: dict[str, str] = {}

    async def open(self, name: str) -> str:
        """Take a ticket and open its page; gives the key that the page has a browser subscribe with."""
        visit = await issued(self.kiosk, "")
        self.visits[name] = visit["id"]
        mark = tokens.ticket_key(self.house.server[Keys].tickets, self.device.id)
        self.pages[name] = f"/t/{ticket_token.make(VisitId(visit['id']), mark)}"
        page = await self.house.anonymous().get(self.pages[name])
        found = re.search(r'data-key="([A-Za-z0-9_-]{87})"', page.body)
        assert found is not None
        return found[1]

    async def subscribe(self, name: str, key: str | None) -> int:
        """Subscribe as the script of the page does, without a key as that of a release before; gives the status."""
        fields = {"endpoint": self.service.endpoint(name)} | ({} if key is None else {"key": key})
        address, own = self.house.address + self.pages[name] + "/push", {"Origin": self.house.address}
        async with self.house.http.post(address, data=fields, headers=own) as answer:
            if answer.status == 204 and key is not None:
                self.service.subscribed[name] = key
            return answer.status

    async def call(self, name: str) -> None:
        """Call one, and begin to serve them once a phone was told."""
        count = len(self.service.taken)
        await self._does("call", {"visit": self.visits[name], "reason": "agreed"})
        await until(lambda: len(self.service.taken) > count)
        assert not self.service.wrong, self.service.wrong
        assert self.service.taken[count:] == [name]
        await self.serve()

    async def call_in_vain(self, name: str) -> None:
        """Call one whose phone is not told."""
        await self._does("call", {"visit": self.visits[name], "reason": "agreed"})

    async def serve(self) -> None:
        for verb in ("start", "finish"):
            await self._does(verb)

    async def count(self) -> tuple[int, int]:
        """Count the phones that are told, and their sealed addresses."""

        def work(connection: Connection) -> tuple[int, int]:
            sealed = people_rows.c.kind == RowKind.PUSH_SUBSCRIPTION
            asked = (
                select(func.count()).select_from(push_subscriptions),
                select(func.count()).select_from(people_rows).where(sealed),
            )
            phones, addresses = (connection.execute(one).scalar_one() for one in asked)
            return phones, addresses

        return await self.house.server.log.run(work)

    async def until_count(self, wanted: tuple[int, int]) -> None:
        async with asyncio.timeout(60):
            while await self.count() != wanted:  # noqa: ASYNC110 - it is asked, not heard
                await asyncio.sleep(0.02)

    async def _does(self, verb: str, body: object = None) -> None:
        answer = await self.counter.post(f"/centres/demo/counters/1/{verb}", body)
        assert answer.status == 200, answer


@asynccontextmanager
async def street(data: Path, service: PushService) -> AsyncIterator[Street]:  # noqa: F811 - a fixture
    rules = PushSettings(
        contact="mailto:push@centre.example",
        private_hosts=(f"localhost:{service.port}",),
        ca_file=str(service.ca_file),
        poll_s=0.1,
    )
    async with house(data, QUICK.but(rules, KeyRules(poll_s=1)), SettableClock()) as here:
        kiosk, device = await here.device("kiosk")
        counter, _ = await here.staff(Role.COUNTER, "1")
        assert (await counter.post("/centres/demo/counters/1/open")).status == 200
        yield Street(here, service, kiosk, device, counter)


async def test_each_phone_is_told_by_the_key_with_which_it_subscribed(data: Path, service: PushService) -> None:  # noqa: F811 - a fixture
    async with street(data, service) as here:
        first = await here.open("before")
        assert await here.open("opened-before") == first
        assert await here.subscribe("before", first) == 204
        await rotated(here.house, "push")
        second = await here.open("after")
        assert second != first
        assert await here.subscribe("after", second) == 204
        # The page was there before the change, and had its browser subscribe with the key of then.
        assert await here.subscribe("opened-before", first) == 204
        assert await here.open("older-release") == second
        assert await here.subscribe("older-release", None) == 204
        by = {"before": first, "opened-before": first, "after": second, "older-release": second}
        for name in by:
            await here.call(name)
        assert service.signed == by


async def test_a_phone_whose_key_was_let_go_is_forgotten(data: Path, service: PushService) -> None:  # noqa: F811 - a fixture
    async with street(data, service) as here:
        first = await here.open("let-go")
        assert await here.subscribe("let-go", first) == 204
        await here.open("late")
        await rotated(here.house, "push")
        await finished(here.house, "push")
        second = await here.open("after")
        for key in (first, "A" * 87, "x", second[:-1]):
            assert await here.subscribe("late", key) == 409
        assert await here.subscribe("after", second) == 204
        assert await here.count() == (2, 2)
        await here.call_in_vain("let-go")
        await here.until_count((1, 1))
        await here.serve()
        await here.call("after")
        assert "let-go" not in service.signed
