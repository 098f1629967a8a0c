"""Versions of a catalogue where a server runs: who is there for what would go, and days that begin."""

import asyncio
import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import Connection, delete

from queue_server.catalogue import planning, store, toml, versions
from queue_server.catalogue.version_tables import catalogue_versions
from queue_server.domain.values import HOUR, CentreId, Micros, ServiceId, now_micros, to_micros
from tests.queue_server.house import TICKET, House, house

COMMAND = str(Path(sys.executable).parent / "queue-server")
DEMO = CentreId("demo")
TEXT = store.demo_catalogues()[0]
NAME = 'en = "Renew a passport"'


def command(data: Path, *words: str, status: int = 0) -> str:
    ran = subprocess.run([COMMAND, *words, "--data", str(data)], check=False, capture_output=True, text=True)
    assert ran.returncode == status, (ran.stdout, ran.stderr)
    return ran.stdout


def write(data: Path, text: str) -> str:
    file = data.parent / "demo.toml"
    file.write_text(text)
    return str(file)


def renamed(name: str) -> str:
    assert NAME in TEXT
    return TEXT.replace(NAME, f'en = "{name}"', 1)


def ahead(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def without(text: str, service: ServiceId) -> str:
    """Take a service out, and whatever names it."""
    setup = toml.parse(text)

    def rest(named: tuple[ServiceId, ...]) -> tuple[ServiceId, ...]:
        return tuple(one for one in named if one != service)

    left = replace(
        setup,
        services=tuple(one for one in setup.services if one.id != service),
        counters=tuple(replace(one, services=rest(one.services)) for one in setup.counters),
        staffing=tuple(replace(one, services=rest(one.services)) for one in setup.staffing),
        fees=tuple(one for one in setup.fees if one.service != service),
        checklists=tuple(replace(one, services=rest(one.services)) for one in setup.checklists if rest(one.services)),
        forms=tuple(replace(one, services=rest(one.services)) for one in setup.forms if rest(one.services)),
    )
    return toml.write(left)


async def test_a_check_counts_who_is_there_for_what_would_go(here: House, data: Path) -> None:
    kiosk = await here.kiosk()
    for _ in range(2):
        assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
    file = await asyncio.to_thread(write, data, without(TEXT, ServiceId("uto-passport-renewal")))
    said = await asyncio.to_thread(command, data, "import", file, "--check", status=3)
    assert "- services uto-passport-renewal\n" in said
    assert "! services uto-passport-renewal: 2 visits under way\n" in said


async def test_what_a_release_before_left_in_force_can_be_put_back(here: House) -> None:
    """It kept no text, and nobody knows when that was."""
    before = await here.server.log.run(partial(store.load, centre=DEMO))
    await here.server.log.write(lambda connection: connection.execute(delete(catalogue_versions)))
    text = renamed("A new passport")
    await here.server.log.write(lambda connection: store.import_catalogue(connection, text))
    kept = await here.server.log.run(partial(versions.history, centre=DEMO))
    assert [(one.version, one.at is None) for one in kept] == [(2, False), (1, True)]
    await here.server.log.write(lambda connection: store.undo(connection, DEMO, actor=versions.SYSTEM, at=now_micros()))
    after = await here.server.log.run(partial(store.load, centre=DEMO))
    assert before is not None
    assert after is not None
    assert after.setup == before.setup


async def test_a_catalogue_counts_from_its_day_on(data: Path) -> None:
    for name, days in (("Too early", 2), ("In some days", 2), ("Next week", 9)):
        # Of two for one day the second takes the place of the first.
        file = await asyncio.to_thread(write, data, renamed(name))
        await asyncio.to_thread(command, data, "import", file, "--from", ahead(days))
    three_days = 3 * 24 * HOUR
    async with house(data, clock=lambda: Micros(now_micros() + three_days)) as here:
        kiosk = await here.kiosk()
        while (read := await kiosk.get("/centres/demo/services")).body["version"] == 1:  # noqa: ASYNC110 - a server is asked
            await asyncio.sleep(0.02)
        # The one of a later day is still to come.
        await planning.put_due_in_force(here.server)
        read = await kiosk.get("/centres/demo/services")
    assert read.body["version"] == 2
    names = {one["id"]: one["name"]["en"] for one in read.body["services"]}
    assert names["uto-passport-renewal"] == "In some days"
    told = json.loads(await asyncio.to_thread(command, data, "catalogue", "history", "demo", "--json"))
    assert [one["from_day"] for one in told["planned"]] == [ahead(9)]
    assert [one["version"] for one in told["versions"]] == [2, 1]


async def test_of_two_servers_one_puts_a_plan_in_force(two: tuple[House, House]) -> None:
    one, other = two
    last_week = to_micros(datetime.now(UTC) - timedelta(days=7))

    def plan(connection: Connection) -> None:
        setup, day = toml.parse(TEXT), date.today() - timedelta(days=2)  # noqa: DTZ011 - any day that is over
        planning.plan(connection, setup, TEXT, from_day=day, actor=versions.SYSTEM, now=last_week)

    for round_ in range(1, 6):
        await one.server.log.write(plan)
        await asyncio.gather(*(planning.put_due_in_force(each.server) for each in (one, other, one, other)))
        assert await other.server.log.run(partial(store.version, centre=DEMO)) == round_ + 1
