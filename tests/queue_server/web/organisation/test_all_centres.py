"""All centres beside each other, through the front door: who sees which, in which order, and what it costs."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Connection, update

from queue_server.accounts import staff_store
from queue_server.accounts.model import Role
from queue_server.accounts.tables import sessions
from queue_server.catalogue.tables import centres
from queue_server.domain.values import HOUR, MINUTE, CentreId, Micros, now_micros
from queue_server.web.organisation.look import OrganisationLook
from queue_server.web.organisation.settings import OrganisationSettings
from tests.queue_server.house import DEMO, QUICK, TICKET, Client, House, house

HARBOUR: Final = CentreId("harbour")
DAY: Final = 24 * HOUR
#: Everything that is asked for is looked at anew.
AT_ONCE: Final = QUICK.but(OrganisationSettings(snapshot_ms=0))
WALK_IN: Final = TICKET | {"services": ["uto-passport-renewal"]}


class Shift:
    """A clock that is set forward: promises break without anybody waiting for it.

    It begins at a noon to come: no service day ends meanwhile, whenever the test runs.
    """

    def __init__(self) -> None:
        now = now_micros()
        self._ahead = (now // DAY + 1) * DAY + 12 * HOUR - now
        self.by = 0

    def __call__(self) -> Micros:
        return Micros(now_micros() + self._ahead + self.by)


@pytest.fixture
def shift() -> Shift:
    return Shift()


@pytest.fixture
async def here(data: Path, shift: Shift) -> AsyncIterator[House]:
    async with house(data, AT_ONCE, shift) as running:
        yield running


async def manager_of(here: House, *centres: CentreId, at: CentreId = DEMO) -> Client:
    """Sign in at one centre somebody who manages all of these."""
    client, session = await here.staff(Role.MANAGER, None, at)

    def give(connection: Connection) -> None:
        for centre in centres:
            staff_store.set_roles(connection, session.staff, centre, (Role.MANAGER,))

    await here.server.log.write(give)
    return client


async def seen(client: Client) -> list[dict[str, Any]]:
    answer = await client.get("/organisation/centres")
    assert answer.status == 200, answer
    found: list[dict[str, Any]] = answer.body["centres"]
    return found


async def test_managers_see_the_centres_that_they_manage_and_no_other(here: House) -> None:
    one, both = await manager_of(here), await manager_of(here, HARBOUR)
    assert [centre["id"] for centre in await seen(one)] == ["demo"]
    assert {centre["id"] for centre in await seen(both)} == {"demo", "harbour"}
    counter, session = await here.staff(Role.COUNTER, "1")
    # Who only serves elsewhere does not manage there.
    await here.server.log.write(
        lambda connection: staff_store.set_roles(connection, session.staff, DEMO, (Role.MANAGER,))
    )
    await here.server.log.write(
        lambda connection: staff_store.set_roles(connection, session.staff, HARBOUR, (Role.COUNTER,))
    )
    assert [centre["id"] for centre in await seen(counter)] == ["demo"]


async def test_a_program_of_a_centre_sees_that_one_and_monitoring_sees_all(here: House) -> None:
    own, _ = await here.device("integration", "manager", "harbour")
    watching, _ = await here.device("integration", "metrics", "harbour")
    assert [centre["id"] for centre in await seen(own)] == ["harbour"]
    assert {centre["id"] for centre in await seen(watching)} == {"demo", "harbour"}
    for client in ((await here.device("integration", "booking"))[0], await here.kiosk(), here.anonymous()):
        assert (await client.get("/organisation/centres")).status in (401, 403)


async def test_a_centre_that_asks_for_a_second_factor_is_not_seen_by_a_password_alone(here: House) -> None:
    client = await manager_of(here, HARBOUR)
    strict = update(centres).where(centres.c.id == HARBOUR).values(manager_second_factor=True)
    await here.server.log.write(lambda connection: connection.execute(strict))
    answer = (await client.get("/organisation/centres")).body
    assert ([centre["id"] for centre in answer["centres"]], answer["barred"]) == (["demo"], 1)
    proved = update(sessions).values(proof="code")
    await here.server.log.write(lambda connection: connection.execute(proved))
    answer = (await client.get("/organisation/centres")).body
    assert ({centre["id"] for centre in answer["centres"]}, answer["barred"]) == ({"demo", "harbour"}, 0)


async def test_the_centre_with_trouble_stands_above_and_comes_down_when_it_is_over(here: House, shift: Shift) -> None:
    """One waits at each; at the other one, whose id comes later, the promise breaks."""
    client, kiosk = (await here.device("integration", "metrics"))[0], (await here.device("kiosk", centre="harbour"))[0]
    await here.kiosk()
    assert [centre["needs_somebody"] for centre in await seen(client)] == [False, False]
    visit = (await kiosk.post("/centres/harbour/visits", WALK_IN)).body["visit"]
    first = (await seen(client))[0]
    assert (first["id"], first["waiting"], first["overdue"]) == ("harbour", 1, 0)
    shift.by = (visit["promise_min"] + 2) * MINUTE
    worst, other = await seen(client)
    assert (worst["id"], worst["overdue"], worst["needs_somebody"]) == ("harbour", 1, True)
    assert worst["alarms_of_people"] >= 1
    assert worst["oldest_s"] >= (visit["promise_min"] + 2) * 60 - 1
    assert other["overdue"] == 0
    cancelled = await (await here.device("integration", "manager", "harbour"))[0].post(
        f"/centres/harbour/visits/{visit['id']}/cancel", {"reason": "left"}
    )
    assert cancelled.status == 200, cancelled
    calm = next(centre for centre in await seen(client) if centre["id"] == "harbour")
    assert (calm["waiting"], calm["overdue"], calm["oldest_s"], calm["alarms_of_people"]) == (0, 0, None, 0)


async def test_devices_and_counters_are_counted(here: House, shift: Shift) -> None:
    client, (kiosk, _) = await here.manager(), await here.device("kiosk")
    desk, _ = await here.staff(Role.COUNTER, "1")
    assert (await desk.post("/centres/demo/counters/1/open")).status == 200
    assert (await kiosk.post("/centres/demo/devices/self/status", {"mode": "in-service", "parts": []}, key=None)).status
    (centre,) = await seen(client)
    assert (centre["opened"], centre["devices"], centre["away"], centre["unwell"]) == (1, 1, 0, 0)
    shift.by = 10 * MINUTE
    (centre,) = await seen(client)
    assert (centre["away"], centre["alarms_of_devices"]) == (1, 1)
    broken = {"mode": "out-of-order", "parts": []}
    assert (await kiosk.post("/centres/demo/devices/self/status", broken, key=None)).status == 200
    (centre,) = await seen(client)
    assert (centre["away"], centre["unwell"], centre["alarms_of_devices"]) == (0, 1, 1)


async def test_the_page_is_of_the_same_centres(here: House) -> None:
    client = await manager_of(here, HARBOUR)
    async with here.http.get(f"{here.address}/organisation", headers=client.headers) as answer:
        assert answer.status == 200
        text = await answer.text()
    assert ('id="centre-demo"' in text, 'id="centre-harbour"' in text) == (True, True)
    alone = await manager_of(here)
    async with here.http.get(f"{here.address}/organisation", headers=alone.headers) as answer:
        assert 'id="centre-harbour"' not in await answer.text()


async def test_all_who_ask_share_one_look(data: Path) -> None:
    """Forty pages and programs ask at once, and once more: all centres are looked at once."""
    stopped = now_micros()
    async with house(data, QUICK.but(OrganisationSettings(snapshot_ms=60_000)), lambda: stopped) as here:
        client = await manager_of(here, HARBOUR)
        look = here.server[OrganisationLook]
        await asyncio.gather(*(seen(client) for _ in range(20)))
        for path in ("/organisation", "/organisation/page", "/manager"):
            async with here.http.get(f"{here.address}{path}", headers=client.headers) as answer:
                assert answer.status == 200
        assert look.looks == 1
