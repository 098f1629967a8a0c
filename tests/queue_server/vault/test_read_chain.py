"""Who looked cannot be taken back: a line that was removed, changed, moved or made up is named by ``verify``."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection
from typer.testing import CliRunner

from queue_server.accounts.model import Role
from queue_server.centre.witness import went_back
from queue_server.cli import app
from queue_server.domain.values import HOUR, Micros
from queue_server.eventlog.port import StreamHead
from queue_server.framework.room import shred
from queue_server.framework.settings import ServerSettings, WitnessSettings
from queue_server.vault import read_chain
from queue_server.vault.model import PeopleRules
from tests.queue_server.house import KNOWN, QUICK, TICKET, House, house
from tests.queue_server.vault.room import NOON, Room

SETTINGS = QUICK.but(WitnessSettings(poll_s=1))
DAY = 24 * HOUR


def verify(data: Path) -> dict[str, Any]:
    ran = CliRunner().invoke(app, ["verify", "--json", "--data", str(data)])
    found: dict[str, Any] = json.loads(ran.output.splitlines()[-1])
    assert ran.exit_code == (0 if found["ok"] else 1), ran.output
    return found


async def look(here: House, times: int) -> None:
    """Let a manager read the notes of a visit."""
    manager, _ = await here.staff(Role.MANAGER, None)
    visit = (await manager.post("/centres/demo/visits", TICKET)).body["visit"]["id"]
    await manager.post(f"/centres/demo/visits/{visit}/notes", {"text": "Waits outside"})
    for _ in range(times):
        assert (await manager.get(f"/centres/demo/visits/{visit}/notes")).status == 200


@asynccontextmanager
async def read_five_times(data: Path) -> AsyncIterator[Path]:
    async with house(data, SETTINGS) as here:
        await look(here, 5)
    assert (await asyncio.to_thread(verify, data))["ok"]
    yield data


def change(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data / "queue.sqlite")) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def made_anew(data: Path, seq: int) -> None:
    """Change who looked, and hash that line and all behind it anew, as whoever knows how it is done can."""
    with closing(sqlite3.connect(data / "queue.sqlite")) as db:
        db.row_factory = sqlite3.Row
        previous = b""
        for row in db.execute("SELECT * FROM people_reads WHERE centre = 'demo' ORDER BY seq").fetchall():
            line = dict(row)
            if line["seq"] > seq:
                line["previous"] = previous
            if line["seq"] == seq:
                line["actor"] = "staff/somebody-else"
            previous = read_chain.line_hash(line)
            db.execute(
                "UPDATE people_reads SET actor = ?, previous = ?, hash = ? WHERE id = ?",
                (line["actor"], line["previous"], previous, line["id"]),
            )
        db.commit()


FORGERIES: dict[str, tuple[Callable[[Path], None], int, str]] = {
    "removed": (lambda data: change(data, "DELETE FROM people_reads WHERE seq = 3"), 3, "missing"),
    "the first": (lambda data: change(data, "DELETE FROM people_reads WHERE seq = 1"), 1, "missing"),
    "the newest": (lambda data: change(data, "DELETE FROM people_reads WHERE seq = 5"), 5, "missing"),
    "all": (lambda data: change(data, "DELETE FROM people_reads"), 1, "missing"),
    "another person": (lambda data: change(data, "UPDATE people_reads SET actor = 'x' WHERE seq = 2"), 2, "hash"),
    "another time": (lambda data: change(data, "UPDATE people_reads SET at = at - 1 WHERE seq = 4"), 4, "hash"),
    "another kind": (lambda data: change(data, "UPDATE people_reads SET at = x'00' WHERE seq = 4"), 4, "hash"),
    "moved": (
        lambda data: change(
            data,
            "UPDATE people_reads SET seq = 99 WHERE seq = 2",
            "UPDATE people_reads SET seq = 2 WHERE seq = 3",
            "UPDATE people_reads SET seq = 3 WHERE seq = 99",
        ),
        2,
        "hash",
    ),
    "hashed anew": (lambda data: made_anew(data, 3), 5, "link"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_line_that_is_not_as_it_was_written_is_named(data: Path, forgery: str) -> None:
    forge, seq, code = FORGERIES[forgery]
    async with read_five_times(data):
        await asyncio.to_thread(forge, data)
        found = await asyncio.to_thread(verify, data)
        assert found["bad"] == {"stream": "reads/demo", "seq": seq, "code": code}


async def test_what_is_old_goes_and_what_is_left_is_whole(any_room: Room) -> None:
    rules = ServerSettings(PeopleRules(access_log_days=30))
    row = await any_room.put(hours=1000)
    for _ in range(4):
        await any_room.get(row)
        any_room.now = Micros(any_room.now + 10 * DAY)

    def keep(connection: Connection) -> list[Any]:
        shred(connection, any_room.now, rules, KNOWN.tables)
        return [
            read_chain.check(connection, read_chain.ends(connection, ["demo"]), Micros(any_room.now - 30 * DAY)),
            [one.seq for one in read_chain.ends(connection, ["demo"])],
            # To whom the time is shorter, lines are missing that should be there.
            [one.code for one in read_chain.check(connection, (), Micros(NOON - DAY))],
        ]

    assert await any_room.database.write(keep) == [[], [4], ["missing"]]
    any_room.now = Micros(any_room.now + 400 * DAY)
    assert (await any_room.database.write(keep))[:2] == [[], [4]], "the newest stays"


async def test_a_server_sees_a_chain_that_has_gone_back_and_not_one_that_old_lines_have_left(any_room: Room) -> None:
    rules = ServerSettings(PeopleRules(access_log_days=30))
    row = await any_room.put(hours=1000)
    await any_room.get(row)

    def ends(connection: Connection) -> list[StreamHead]:
        return read_chain.ends(connection, ["demo"])

    before = await any_room.database.write(ends)
    any_room.now = Micros(any_room.now + 40 * DAY)
    await any_room.get(row)

    def keep(connection: Connection) -> tuple[int, int, int, list[StreamHead]]:
        shred(connection, any_room.now, rules, KNOWN.tables)
        [now] = ends(connection)
        further, other = replace(now, seq=now.seq + 1), replace(now, hash=b"another")
        return (
            went_back(connection, before, [now]),
            went_back(connection, [further], [now]),
            went_back(connection, [other], [now]),
            [now],
        )

    *counts, now = await any_room.database.write(keep)
    assert counts == [0, 1, 1]
    # Whoever knows nothing of this centre any more has lost nothing.
    assert await any_room.database.write(lambda connection: went_back(connection, now, [])) == 0


async def test_two_servers_write_one_chain(two: tuple[House, House]) -> None:
    await asyncio.gather(*(look(here, 10) for here in two for _ in range(2)))
    found, ends = await two[0].server.log.run(
        lambda connection: (
            read_chain.check(connection, (), Micros(0)),
            read_chain.ends(connection, ["demo"]),
        )
    )
    assert (found, [end.seq for end in ends]) == ([], [40])
