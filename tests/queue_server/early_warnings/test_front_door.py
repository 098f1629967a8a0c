"""Warnings by what kiosks and counters do alone: they come in time, are taken, and end with their cause."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from operator import ne
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import URL

from queue_server.accounts.model import Role
from queue_server.catalogue import store, toml
from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.centre.centres import Centres
from queue_server.domain.appointments import PoolId
from queue_server.domain.values import HOUR, MINUTE, Micros, StepId
from queue_server.early_warnings.settings import EarlyWarningRules
from queue_server.early_warnings.store import episodes
from tests.queue_server.house import DEMO, QUICK, TICKET, Client, House, house
from tests.queue_server.web.days import at

WARNINGS = "/centres/demo/warnings"
BIRTH = TICKET | {"services": ["uto-birth"]}
LOOKS_OFTEN = QUICK.but(EarlyWarningRules(poll_s=0.03, believed_ms=0))


class Hands:
    """A clock whose hands are moved by the test alone."""

    def __init__(self, clock: str) -> None:
        self.now = at(clock)

    def __call__(self) -> Micros:
        return self.now

    def turn(self, minutes: float) -> None:
        self.now = Micros(self.now + round(minutes * MINUTE))


@pytest.fixture
def clock() -> Hands:
    return Hands("09:00")


@pytest.fixture
async def here(data: Path, clock: Hands) -> AsyncIterator[House]:
    async with house(data, LOOKS_OFTEN, clock=clock) as running:
        yield running


async def warnings(client: Client) -> dict[str, dict[str, Any]]:
    answer = await client.get(WARNINGS)
    assert answer.status == 200, answer
    return {one["id"]: one for one in answer.body["warnings"]}


async def until[T](ask: Callable[[], Awaitable[T]], holds: Callable[[T], bool]) -> T:
    """Ask until the answer is as it should be."""
    async with asyncio.timeout(120):
        while True:
            found = await ask()
            if holds(found):
                return found
            await asyncio.sleep(0.03)


async def until_there(client: Client, name: str, **fields: object) -> None:
    """Wait until a warning stands so."""

    def holds(found: dict[str, dict[str, Any]]) -> bool:
        return name in found and all(found[name][key] == value for key, value in fields.items())

    await until(lambda: warnings(client), holds)


async def day_of(here: House) -> str:
    """Name the service day that goes on: the new one begins by itself, some moments after its hour."""
    return here.server[Centres][DEMO].state.day


async def page(client: Client, language: str = "en") -> str:
    async with client.http.get(f"{client.address}/manager?lang={language}", headers=client.headers) as answer:
        assert answer.status == 200
        return " ".join(html.unescape(re.sub(r"<[^>]+>", "", await answer.text())).split())


async def manager_of(here: House) -> Client:
    return (await here.staff(Role.MANAGER, None))[0]


async def opened(here: House, counter: str = "5") -> Client:
    client = await here.manager()
    assert (await client.post(f"/centres/demo/counters/{counter}/open")).status == 200
    return client


async def come(here: House, many: int, ticket: dict[str, Any] = BIRTH) -> None:
    kiosk = await here.kiosk()
    for _ in range(many):
        assert (await kiosk.post("/centres/demo/visits", ticket)).status == 201


async def test_promises_that_will_break_are_told_twenty_minutes_before(here: House, clock: Hands) -> None:
    client = await opened(here)
    await come(here, 6)
    clock.turn(24)
    assert "promise-documents" not in await warnings(client)
    clock.turn(1)
    found = (await warnings(client))["promise-documents"]
    assert found["kind"] == "promise"
    assert found["at"].startswith("2026-11-24T08:45:00")
    text = await page(await manager_of(here))
    assert "will be called too late, the first is due at 09:45" in text
    assert "Open this counter by 09:45" in text or "Open these counters by 09:45" in text
    for _ in range(6):
        visit = (await client.post("/centres/demo/counters/5/call-next")).body["visit"]["id"]
        for act in ("start", "finish"):
            assert (await client.post(f"/centres/demo/counters/5/{act}", {"visit": visit})).status == 200
    assert "promise-documents" not in await warnings(client)


async def test_somebody_takes_it_and_others_see_who(here: House, clock: Hands) -> None:
    client = await opened(here)
    await come(here, 1)
    clock.turn(5)
    await until_there(client, "idle-5")
    (elin, session), ines = await here.staff(Role.MANAGER, None), await manager_of(here)
    assert "I do it" in await page(elin)
    answer = await elin.post(f"{WARNINGS}/idle-5/take")
    assert answer.status == 200
    assert (await warnings(client))["idle-5"]["taken_by"] == session.staff
    assert "You do it, since 09:05" in await page(elin)
    text = await page(ines)
    assert "Somebody does it, since 09:05" in text
    assert "I do it instead" in text
    # What another one has taken stays theirs, until they give it back.
    assert (await ines.post(f"{WARNINGS}/idle-5/give-back")).status == 200
    assert (await warnings(client))["idle-5"]["taken_by"] == session.staff
    assert (await elin.post(f"{WARNINGS}/idle-5/give-back")).status == 200
    assert (await warnings(client))["idle-5"]["taken_by"] is None


async def test_who_has_taken_it_has_done_so_once_it_is_over(here: House, clock: Hands) -> None:
    client, manager = await opened(here), await manager_of(here)
    await come(here, 2)
    clock.turn(5)
    assert (await manager.post(f"{WARNINGS}/idle-5/take")).status == 200
    visit = (await client.post("/centres/demo/counters/5/call-next")).body["visit"]["id"]
    assert "idle-5" not in await warnings(client)
    refused = await manager.post(f"{WARNINGS}/idle-6/take")
    assert (refused.status, refused.code) == (409, "warning-over")
    # It lingers for a moment; then it is gone, and the next time nobody has taken it.
    clock.turn(3)
    await until(lambda: here.server.log.run(partial(episodes, centre=DEMO)), lambda known: "idle-5" not in known)
    assert (await manager.post(f"{WARNINGS}/idle-5/take")).status == 409
    for act in ("start", "finish"):
        assert (await client.post(f"/centres/demo/counters/5/{act}", {"visit": visit})).status == 200
    clock.turn(5)
    await until_there(client, "idle-5", taken_by=None)


async def test_what_nobody_serves_can_be_taken_too(here: House) -> None:
    await come(here, 1)
    manager = await manager_of(here)
    assert (await manager.post(f"{WARNINGS}/unserved-documents/take")).status == 200
    text = await page(manager)
    assert "1 waits and nobody serves: " in text
    assert "You do it, since 09:00" in text


async def test_a_break_after_which_nobody_is_there(here: House, clock: Hands) -> None:
    client = await opened(here)
    stored = await here.server.log.run(lambda connection: store.load(connection, DEMO))
    assert stored is not None
    papers = StaffingDefinition(
        PoolId("papers"),
        ("tuesday",),
        "08:00-16:00",
        1,
        breaks=("10:00-10:45",),
        steps=(StepId("documents"), StepId("submission")),
    )
    setup = toml.parse(toml.write(replace(stored.setup, staffing=(papers,))))
    await here.server.log.write(lambda connection: store.save(connection, setup))
    await here.server[Centres].refresh()
    await come(here, 12)
    clock.turn(39)
    assert "gap-documents" not in await warnings(client)
    clock.turn(1)
    assert (await warnings(client))["gap-documents"]["at"].startswith("2026-11-24T09:00:00")
    text = await page(await manager_of(here))
    assert "From 10:00 nobody is there for" in text
    assert "Somebody is back at 10:45." in text


async def test_a_kiosk_that_is_slower_than_in_the_weeks_before(data: Path, clock: Hands) -> None:
    clock.now = Micros(clock.now + HOUR - 4 * 7 * 24 * HOUR)
    async with house(data, LOOKS_OFTEN, clock=clock) as here:
        kiosk, device = await here.device("kiosk")
        for _ in range(4):
            for _ in range(12):
                answer = await kiosk.post("/centres/demo/visits", BIRTH)
                assert answer.status == 201, answer
            before = await day_of(here)
            clock.turn(7 * 24 * 60)
            await until(lambda: day_of(here), partial(ne, before))
        clock.turn(10)
        client = await here.manager()
        # Of a kiosk that is not in service something else is told.
        assert f"slow-kiosk-{device.id}" not in await warnings(client)
        assert (await kiosk.post("/centres/demo/devices/self/status", {"mode": "in-service"})).status == 200
        await until_there(client, f"slow-kiosk-{device.id}", kind="slow-kiosk", count=0)
        assert "usually it is 12" in await page(await manager_of(here))
        for _ in range(8):
            assert (await kiosk.post("/centres/demo/visits", BIRTH)).status == 201
        assert f"slow-kiosk-{device.id}" not in await warnings(client)


async def test_on_two_servers_it_is_one_warning(shared: Path, shared_url: URL, clock: Hands) -> None:
    url = shared_url.render_as_string(hide_password=False)
    async with (
        house(shared, LOOKS_OFTEN, clock=clock, url=url) as one,
        house(shared, LOOKS_OFTEN, clock=clock, url=url) as other,
    ):
        client = await opened(one)
        await come(other, 1)
        clock.turn(5)
        manager, session = await other.staff(Role.MANAGER, None)
        await until_there(manager, "idle-5")
        assert (await manager.post(f"{WARNINGS}/idle-5/take")).status == 200
        await until_there(client, "idle-5", taken_by=session.staff)
