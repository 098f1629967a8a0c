"""Alarms that rooms bring count for a centre as its managers see them: for people, by API and as metrics."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, insert
from sqlalchemy.engine import URL

from queue_server.accounts.model import Role
from queue_server.catalogue import store as catalogue
from queue_server.catalogue import toml
from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.centre.centres import Centres
from queue_server.collection.tables import collection_kiosks
from queue_server.custody import overview
from queue_server.domain.appointments import PoolId
from queue_server.domain.values import HOUR, CentreId, Micros, StepId
from queue_server.early_warnings.settings import EarlyWarningRules
from queue_server.notices import store as notices
from queue_server.payments import reconciliation_store, store
from queue_server.rooms import ROOMS
from queue_server.web.organisation.settings import OrganisationSettings
from tests.queue_server.appointments.booked import booked, soon
from tests.queue_server.early_warnings.test_front_door import Hands, come, opened, until
from tests.queue_server.house import DEMO, QUICK, Client, House, house
from tests.queue_server.web.organisation.test_metrics import scraped, series

ON: Final = QUICK.but(OrganisationSettings(snapshot_ms=0, metrics=True), EarlyWarningRules(poll_s=0.03))


@pytest.fixture
def clock() -> Hands:
    return Hands("09:00")


@pytest.fixture
async def here(data: Path, clock: Hands) -> AsyncIterator[House]:
    async with house(data, ON, clock=clock) as running:
        yield running


@pytest.fixture
async def on_postgres(shared: Path, shared_url: URL, clock: Hands) -> AsyncIterator[House]:
    async with house(shared, ON, clock=clock, url=shared_url.render_as_string(hide_password=False)) as running:
        yield running


async def demo(client: Client) -> dict[str, Any]:
    answer = await client.get("/organisation/centres")
    assert answer.status == 200, answer
    found: dict[str, Any] = next(one for one in answer.body["centres"] if one["id"] == "demo")
    return found


def total(one: dict[str, Any]) -> int:
    return sum(one[f"alarms_of_{what}"] for what in ("people", "devices", "others"))


async def listed(client: Client) -> int:
    """Count the alarms on the page of the centre's managers, but for those of the machine."""
    async with client.http.get(f"{client.address}/manager?lang=en", headers=client.headers) as answer:
        text = await answer.text()
    return len([one for one in re.findall(r'id="alarm-([^"]+)"', text) if not one.startswith("machine")])


async def wrong_proofs(here: House, clock: Hands, kiosk: str) -> None:
    def write(connection: Connection) -> None:
        row = {"id": kiosk, "centre": "demo", "way": "code", "wrong": 4, "changed_at": clock.now, "seq": 0}
        connection.execute(insert(collection_kiosks), row)

    await here.server.log.write(write)


async def test_a_centre_has_as_many_alarms_as_its_managers_see(here: House, clock: Hands) -> None:
    """A counter that calls nobody, and a kiosk at which somebody tries codes."""
    _, device = await here.device("kiosk")
    await opened(here)
    await come(here, 1)
    manager, _ = await here.staff(Role.MANAGER, None)
    assert total(await demo(manager)) == await listed(manager) == 0
    clock.turn(5)
    await until(lambda: demo(manager), lambda one: one["alarms_of_people"] == 1)
    await wrong_proofs(here, clock, device.id)
    standing = await demo(manager)
    assert (standing["alarms_of_people"], standing["alarms_of_others"]) == (1, 1)
    assert standing["needs_somebody"]
    assert total(standing) == await listed(manager)
    told = series(await scraped(here), "queue_centre_alarms")
    assert (told["demo", "early-warning"], told["demo", "wrong-proof"]) == (1, 1)
    # Every kind is there, at every centre.
    kinds = {kind for centre, kind in told if centre == "harbour"}
    assert kinds >= {
        "help",
        "part",
        "early-warning",
        "wrong-proof",
        "payment",
        "custody",
        "staffing-gap",
        "staffing-overbooked",
        "locker",
        "information",
    }


async def test_what_nobody_serves_counts_once(here: House, clock: Hands) -> None:
    await come(here, 1)
    clock.turn(1)
    manager, _ = await here.staff(Role.MANAGER, None)
    assert total(await demo(manager)) == await listed(manager) == 1


async def test_a_gap_in_the_plan_is_counted_aside(here: House) -> None:
    """Nobody waits for plans to be read: who looks is told what was read last, and soon the rest."""
    manager, _ = await here.staff(Role.MANAGER, None)
    assert (await demo(manager))["alarms_of_others"] == 0
    await planned_by_papers_alone(here)
    await until(lambda: demo(manager), lambda one: one["alarms_of_others"] == 1)
    assert await listed(manager) == 1


async def test_a_plan_that_shrinks_after_somebody_has_booked_is_an_alarm(here: House) -> None:
    manager, _ = await here.staff(Role.MANAGER, None)
    await booked(manager, soon(here))
    assert (await demo(manager))["alarms_of_others"] == await listed(manager) == 0
    await planned_by_papers_alone(here)
    await until(lambda: demo(manager), lambda one: one["alarms_of_others"] == 2)
    assert await listed(manager) == 2
    told = series(await scraped(here), "queue_centre_alarms")
    assert (told["demo", "staffing-gap"], told["demo", "staffing-overbooked"]) == (1, 1)


async def planned_by_papers_alone(here: House) -> None:
    """Plan nobody but for papers on Tuesdays."""
    stored = await here.server.log.run(lambda connection: catalogue.load(connection, DEMO))
    assert stored is not None
    papers = StaffingDefinition(PoolId("papers"), ("tuesday",), "08:00-16:00", 1, steps=(StepId("documents"),))
    setup = toml.parse(toml.write(replace(stored.setup, staffing=(papers,))))
    await here.server.log.write(lambda connection: catalogue.save(connection, setup))
    await here.server[Centres].refresh()


async def test_all_rooms_are_counted_on_postgresql_too(on_postgres: House, clock: Hands) -> None:
    _, device = await on_postgres.device("kiosk")
    await wrong_proofs(on_postgres, clock, device.id)
    manager, _ = await on_postgres.staff(Role.MANAGER, None)
    assert (await demo(manager))["alarms_of_others"] == 1

    def read(connection: Connection) -> list[dict[CentreId, int]]:
        now = Micros(clock.now + 24 * HOUR)
        return [
            store.waiting_by_centre(connection, now),
            reconciliation_store.alarms_by_centre(connection),
            notices.alarms_by_centre(connection, now),
            overview.alarm_counts(connection, late_before=now, silent_before=now),
        ]

    assert await on_postgres.server.log.run(read) == [{}, {}, {}, {}]


def test_every_room_with_alarms_counts_them() -> None:
    for room in ROOMS:
        assert len(list(room.alarms())) == len(room.alarm_counts()), room.name
