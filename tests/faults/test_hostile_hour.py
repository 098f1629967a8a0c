"""A hostile hour: everything that can happen to a centre, at once, by a schedule that a seed makes.

Two servers on one PostgreSQL, kiosks with printers and a card terminal, staff at counters, and one member of staff who
signs in again and again. What is judged in the end: ``tests.faults.hostile.judge``.

``TEST_SEED`` gives the seed, ``HOSTILE_MINUTES`` the length of the long one, ``HOSTILE_ONLY`` names what is done
(``tests.faults.hostile.mischief``), where not all is.
"""

import asyncio
import os
import random
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.faults.hostile import judge, mischief, people
from tests.faults.hostile.centre import COUNTER_STAFF, LATECOMER, Centre, a_centre
from tests.faults.hostile.mischief import Mischief
from tests.faults.test_clock_leaps import LIBRARY
from tests.postgres import Postgres

#: Nobody who works here has to wait in so many tries in a row: a minute of them.
MAX_TRIES_PUT_OFF = 120
MINUTES = 10.0
#: Each of the short ones does these at once; together they have all of them but what only time brings.
SHORT = (
    ("leap", "kill_server", "copy_kiosk", "fill_database"),
    ("start_by_a_wrong_clock", "damage_kiosk", "guess", "kill_database"),
)

pytestmark = pytest.mark.skipif(LIBRARY is None, reason="libfaketime is not installed")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: whatever they try is another process."""


def _only(names: Iterable[str]) -> list[str]:
    return os.environ["HOSTILE_ONLY"].split(",") if "HOSTILE_ONLY" in os.environ else list(names)


def service_day(at: datetime) -> str:
    """Say in which service day of the demo centre a moment lies: it begins at four."""
    return f"{(at.astimezone(ZoneInfo('Europe/Brussels')) - timedelta(hours=4)).date()}"


async def _suffer(centre: Centre, names: Sequence[str], chance: random.Random, until: float) -> None:
    """Do each of these at once, again and again until it is late; each at least once."""

    async def again(mischief: Mischief, dice: random.Random) -> None:
        while True:
            await centre.more(dice.randrange(3))
            await mischief(centre, dice)
            if time.monotonic() > until:
                return

    async with asyncio.TaskGroup() as group:
        for name in names:
            group.create_task(again(mischief.ALL[name], random.Random(chance.random())), name=name)


async def _settle(centre: Centre) -> None:
    """Wait until every kiosk has told all that it holds."""
    for machine in centre.machines:
        await centre.until(f"all of {machine.name} told", machine.told)


async def _is_set(event: asyncio.Event) -> bool:
    return event.is_set()


async def hostile(centre: Centre, names: Sequence[str], seed: int, seconds: float) -> None:
    chance, began = random.Random(seed), datetime.now(UTC)
    over, closed, called = asyncio.Event(), asyncio.Event(), asyncio.Event()
    latecomer = people.Latecomer(centre.browser(LATECOMER, random.Random(seed)))

    def taken() -> None:
        centre.taken += 1

    async with asyncio.TaskGroup() as group:
        for counter, login in enumerate(COUNTER_STAFF, start=2):
            browser = centre.browser(login, random.Random(chance.random()))
            group.create_task(people.serve(browser, str(counter), over, called))
        group.create_task(latecomer.work(over))
        visitors = [
            group.create_task(people.visit(machine, closed, random.Random(chance.random()), taken))
            for machine in centre.machines
        ]
        try:
            await _suffer(centre, names, chance, time.monotonic() + seconds)
        finally:
            print("; ".join(centre.told))
        closed.set()
        await asyncio.gather(*visitors)
        await _settle(centre)
        # Whoever signs in while somebody guesses, and servers are killed, may sit down when all else is over.
        await centre.until("a call", lambda: _is_set(called))
        await centre.until("a sign-in", latecomer.let_in_once_more())
        over.set()
    alarms = await centre.alarms()
    for server in centre.servers:
        assert await server.process.stop() == 0
    for machine in centre.machines:
        await machine.kill()
        await machine.note()
    verdict = judge.Log(await centre.everything())
    kept, tills = [one.kept for one in centre.machines], [till for one in centre.machines if (till := one.till())]
    papers, shown = [one.paper() for one in centre.machines], [one.shown for one in centre.machines]
    charged = sum(sum(till.kept().values()) for till in tills)
    print(
        f"seed {seed}: {(datetime.now(UTC) - began).total_seconds():.0f} s, {len(centre.told)} faults, "
        f"{len(verdict.issued)} tickets, {charged} paid, {verdict.calls()} calls, {latecomer.let_in} sign-ins, "
        f"put off in {latecomer.put_off} tries in a row"
    )
    assert judge.tickets(verdict, kept, papers, shown) == []
    assert judge.payments(verdict, kept, tills) == []
    assert verdict.order() == []
    assert verdict.days() <= {service_day(began), service_day(datetime.now(UTC))}, "a day was ended by mistake"
    assert latecomer.put_off < MAX_TRIES_PUT_OFF
    assert alarms is not None
    assert not {one for one in alarms if one.partition("-")[0] in {"clock", "disk", "copied", "not_heard", "database"}}
    assert (await centre.installation.verify())["ok"]
    assert verdict.calls() > 0


@pytest.mark.timeout(600)
@pytest.mark.parametrize("names", SHORT, ids=lambda names: names[0])
async def test_a_hostile_minute(
    tmp_path: Path, postgres: Postgres, empty_postgres: str, names: Sequence[str], *, seed: int
) -> None:
    async with a_centre(tmp_path, postgres, empty_postgres, seed, kiosks=2) as centre:
        await hostile(centre, _only(names), seed, 0)


@pytest.mark.long
@pytest.mark.timeout(7200)
async def test_a_hostile_hour(tmp_path: Path, postgres: Postgres, empty_postgres: str, seed: int) -> None:
    minutes = float(os.environ.get("HOSTILE_MINUTES", MINUTES))
    print(f"{minutes} minutes")
    async with a_centre(tmp_path, postgres, empty_postgres, seed, kiosks=3) as centre:
        await hostile(centre, _only(mischief.ALL), seed, minutes * 60)
