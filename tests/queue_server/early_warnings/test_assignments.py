"""Whoever sees to an alarm says so, whatever it is about; others see who, auditors who did, and it ends with it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from queue_server.accounts.model import Role
from queue_server.early_warnings.assignment_events import ALARMS
from queue_server.early_warnings.assignments import assignments
from queue_server.eventlog import statements
from tests.queue_server.early_warnings.test_front_door import (
    LOOKS_OFTEN,
    WARNINGS,
    Hands,
    come,
    day_of,
    manager_of,
    opened,
    page,
    until_there,
)
from tests.queue_server.house import DEMO, Client, House, house

BREAK = {"reason": "break"}
PAUSED = "/centres/demo/alarms/paused-5"


@pytest.fixture
def clock() -> Hands:
    return Hands("09:00")


@pytest.fixture(params=["sqlite", "postgres"])
async def here(
    request: pytest.FixtureRequest, data: Path, shared: Path, shared_url: URL, clock: Hands
) -> AsyncIterator[House]:
    if request.param == "sqlite":
        async with house(data, LOOKS_OFTEN, clock=clock) as running:
            yield running
    else:
        url = shared_url.render_as_string(hide_password=False)
        async with house(shared, LOOKS_OFTEN, clock=clock, url=url) as running:
            yield running


async def deeds(here: House) -> list[tuple[str, str]]:
    stream = ALARMS.stream(f"demo/{await day_of(here)}")
    events = await here.server.log.run(lambda connection: statements.read(connection, stream, 0, None))
    return [(event.type, str(event.actor).removeprefix("staff/")) for event in events]


async def paused(here: House, clock: Hands) -> Client:
    """Let a counter pause for so long that its managers are told."""
    client = await opened(here)
    assert (await client.post("/centres/demo/counters/5/pause", BREAK)).status == 200
    clock.turn(120)
    return client


async def test_an_alarm_of_the_day_is_taken_relieved_and_given_back(here: House, clock: Hands) -> None:
    await paused(here, clock)
    (elin, session), (ines, other) = await here.staff(Role.MANAGER, None), await here.staff(Role.MANAGER, None)
    assert "I do it" in await page(elin)
    for _ in range(2):
        answer = await elin.post(f"{PAUSED}/take")
        assert (answer.status, answer.body["taken_by"]) == (200, session.staff)
    assert "You do it, since 11:00" in await page(elin)
    assert "I do it instead" in await page(ines)
    assert (await ines.post(f"{PAUSED}/give-back")).body["taken_by"] == session.staff
    assert (await ines.post(f"{PAUSED}/take")).body["taken_by"] == other.staff
    assert (await ines.post(f"{PAUSED}/give-back")).body["taken_by"] is None
    # Said again it is as when it was said first, and recorded once.
    assert await deeds(here) == [
        ("alarm-taken", session.staff),
        ("alarm-taken", other.staff),
        ("alarm-given-back", other.staff),
    ]


async def test_it_ends_with_the_alarm_and_nobody_has_taken_the_next(here: House, clock: Hands) -> None:
    client = await paused(here, clock)
    manager = await manager_of(here)
    assert (await manager.post(f"{PAUSED}/take")).status == 200
    clock.turn(1)
    assert "You do it" in await page(manager)
    assert (await client.post("/centres/demo/counters/5/open")).status == 200
    assert "You do it" not in await page(manager)
    known = await here.server.log.run(lambda connection: assignments(connection, DEMO, clock.now))
    assert known == {}
    assert (await client.post("/centres/demo/counters/5/pause", BREAK)).status == 200
    clock.turn(120)
    assert "You do it" not in await page(manager)


async def test_early_warnings_are_recorded_too(here: House, clock: Hands) -> None:
    client = await opened(here)
    await come(here, 1)
    clock.turn(5)
    await until_there(client, "idle-5")
    manager, session = await here.staff(Role.MANAGER, None)
    for verb in ("take", "take", "give-back"):
        assert (await manager.post(f"{WARNINGS}/idle-5/{verb}")).status == 200
    assert await deeds(here) == [("alarm-taken", session.staff), ("alarm-given-back", session.staff)]


async def test_auditors_see_who_took_it(here: House, clock: Hands) -> None:
    await paused(here, clock)
    manager = await manager_of(here)
    assert (await manager.post(f"{PAUSED}/take")).status == 200
    auditor, _ = await here.staff(Role.AUDITOR, None)
    path = f"{auditor.address}/audit?view=acted&lang=en"
    async with auditor.http.get(path, headers=auditor.headers) as answer:
        assert "Took an alarm" in await answer.text()
