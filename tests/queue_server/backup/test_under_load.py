"""A backup while people come and are called; the server is lost; another, at another address, goes on from it."""

import asyncio
import json
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, text

from queue_server.contract.client import ApiClient
from queue_server.database import open_database, parse_url
from queue_server.domain.values import new_id
from tests.faults import callers as c
from tests.faults import hall
from tests.faults.judge import Judge, Row
from tests.faults.server_process import Installation, installed, stop_if_running
from tests.postgres import Postgres, programs

COUNTERS = ("1", "2", "3")


@dataclass
class Kiosk:
    """A device that made visits and codes by itself, and tells again what it holds."""

    token: str
    letter: str
    told: list[c.Request] = field(default_factory=list)

    async def issue(self, callers: c.Callers) -> None:
        while not callers.over:
            code = f"{self.letter}{len(self.told) + 1:03}"
            own = {"services": ["uto-evacuation"], "category": "walk-in", "language": "en", "id": new_id()}
            ticket = c.request(self.token, "/visits", **own, code=code)
            self.told.append(ticket)
            assert (await callers.ask(ticket)).status == 201


async def read_log(there: Installation, url: str | None) -> list[Row]:
    statement = text("SELECT stream, seq, type, command, payload, at FROM events ORDER BY stream, seq")

    def read(connection: Connection) -> list[Row]:
        return [Row(*row) for row in connection.execute(statement)]

    async with open_database(parse_url(url, there.data)) as database:
        return [row for row in await database.run(read) if row.stream.startswith("queue/demo/")]


async def enrol(there: Installation) -> tuple[str, Kiosk]:
    address = there.servers[0].url
    assert address is not None
    async with ApiClient(address, None) as client:
        manager = await client.enrol(await there.enrol_code("integration", "load", "manager"))
        kiosk = await client.enrol(await there.enrol_code("kiosk", "hall"))
    assert kiosk.series is not None
    return manager.token, Kiosk(kiosk.token, kiosk.series.letter)


async def epoch_and_cursor(there: Installation, kiosk: Kiosk, after: str | None) -> tuple[str, str, str]:
    """Ask as the kiosk does which life the database is in, and follow the day: the kind and cursor of what comes."""
    address = there.servers[0].url
    assert address is not None
    async with ApiClient(address, kiosk.token) as client:
        life = (await client.series("demo")).epoch
        async for frame in client.feed("demo", after):
            return life, frame.type, frame.cursor
    raise AssertionError("the feed ended")


def lost_or_twice(before: Sequence[c.Answer], log: Sequence[Row]) -> list[object]:
    """Find the answers that are not in the log as they were given, and the tickets that are there twice."""
    judge = Judge()
    judge.read(log)
    issued = Counter(json.loads(row.payload)["code"] for row in log if row.type == "visit-issued")
    keys = {row.key for row in log}
    gone = [answer for answer in before if answer.request.verb == "issue" and answer.request.key not in keys]
    return [*judge.faults, *gone, *(code for code, count in issued.items() if count > 1)]


async def nothing_lost(
    here: Installation, url: str | None, before: Sequence[c.Answer], kiosk: Kiosk, told: Sequence[c.Answer]
) -> None:
    """Look at what was restored, ask again for what was answered, and let the kiosk tell again what it holds."""
    restored = await read_log(here, url)
    assert lost_or_twice(before, restored) == []
    async with c.calling(here.servers, 2) as again:
        await c.ask_again(again, [one for one in before if one.done and one.request.verb == "issue"])
        for ticket in kiosk.told:
            assert (await again.ask(ticket)).status == 201
    log = await read_log(here, url)
    assert lost_or_twice([*before, *told], log) == []
    assert len(log) > len(restored), "the kiosk told again what had come after the backup"


@pytest.fixture(params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest) -> Iterator[tuple[str | None, str | None]]:
    """Give the database that is lost, and an empty one; None for the files of their data folders."""
    if request.param == "sqlite":
        yield None, None
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    old: URL = request.getfixturevalue("postgres_url")
    name = postgres.create_database()
    yield old.render_as_string(hide_password=False), postgres.url(name).render_as_string(hide_password=False)
    postgres.drop_database(name)


async def test_a_lost_server_goes_on_elsewhere(tmp_path: Path, databases: tuple[str | None, str | None]) -> None:
    folder, (old, new) = tmp_path, databases
    chance = random.Random(1)
    key, kept = folder / "recovery", folder / "kept.backup"
    tools = {"PATH": programs()}
    async with installed(folder / "data", old) as there:
        there.environment |= tools
        manager, kiosk = await enrol(there)
        here = Installation(folder / "elsewhere", new, tools)
        (public,) = await Installation(folder, None).plain("recovery-key", str(key))
        async with c.calling(there.servers, 1) as callers:
            callers.pause = 0.02
            async with asyncio.TaskGroup() as group:
                group.create_task(kiosk.issue(callers))
                group.create_task(hall.issue(callers, manager, random.Random(chance.random())))
                for counter in COUNTERS:
                    group.create_task(hall.serve(callers, manager, counter, COUNTERS, random.Random(chance.random())))
                await callers.more(150)
                before = callers.answers.copy()
                await there.command("backup", "--to", str(kept), "--recovery-key", public)
                meanwhile = len(callers.answers) - len(before)
                await callers.more(50)
                callers.over = True
            answers = callers.answers.copy()
        first, _, cursor = await epoch_and_cursor(there, kiosk, None)
        await there.servers[0].kill()
        await asyncio.to_thread(shutil.rmtree, folder / "data")

    began = time.monotonic()
    said = await here.command("restore", str(kept), "--key", str(key))
    assert said[0].startswith("ok: ")
    server = here.server()
    await server.start()
    seconds = time.monotonic() - began
    try:
        # What the kiosk would find: another life, and a whole picture in place of what follows its old cursor.
        life, frame, now = await epoch_and_cursor(here, kiosk, cursor)
        assert life != first
        assert (frame, now != cursor) == ("snapshot", True)
        await nothing_lost(here, new, before, kiosk, [one for one in answers if one.request in kiosk.told])
        report = await here.verify()
        assert report["ok"], report
    finally:
        await stop_if_running(server)
    print(
        f"{len(answers)} answers, {len(before)} before the backup, {meanwhile} while it was made;"
        f" 0 lost, 0 twice; restored and ready in {seconds:.1f} s by 2 commands"
    )
