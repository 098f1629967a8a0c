"""Tables are looked through by two processes: it is the same answer, whichever of them finds what, and if one dies."""

import asyncio
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import URL, Connection, delete, insert, update

from queue_server.database import Database, open_database
from queue_server.domain.values import Actor, Micros, new_id
from queue_server.eventlog.rebuild import bad_rows_of, ranges, rebuild
from queue_server.eventlog.tables import events
from queue_server.eventlog.verify import BadRow, Report, RowFault
from queue_server.maintenance import prepare
from queue_server.second_process import SharedPieces
from tests.queue_server.eventlog.found_things import THINGS, Found, metadata, things, waiting

#: Five times as many as are looked at together.
MANY = 1_000


def find(connection: Connection, thing: str, shelf: int) -> None:
    found = (Found(thing, shelf),)
    THINGS.advance(connection, thing, lambda _: found, at=Micros(1), command=f"{new_id()}#f", actor=Actor("staff/s1"))


def fill(connection: Connection) -> None:
    metadata.create_all(connection)
    rebuild(connection, THINGS, lambda _: None)
    for number in range(MANY):
        find(connection, f"{number:04}", number)


@pytest.fixture
async def database(database_url: URL, tmp_path: Path) -> Database:
    await asyncio.to_thread(prepare, database_url, tmp_path)
    database = open_database(database_url)
    await database.write(fill)
    await database.close()
    return database


async def verified(database: Database, data: Path, second: str) -> Report:
    url = database.url.render_as_string(hide_password=False)
    command = (sys.executable, "-m", "tests.queue_server.eventlog.verified", url, data, second)
    ran = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return msgspec.json.decode(ran.stdout, type=Report)


async def write(database: Database, *statements: object) -> None:
    async with open_database(database.url) as opened:
        await opened.write(lambda connection: [connection.execute(one) for one in statements])  # type: ignore[call-overload]


@pytest.mark.fresh
@pytest.mark.parametrize("second", ["whole", "killed"])
async def test_each_row_that_is_not_as_it_was_is_named(database: Database, tmp_path: Path, second: str) -> None:
    whole = Report(ok=True, streams=MANY, events=MANY, bad=None)
    assert await verified(database, tmp_path, second) == whole
    await write(
        database,
        *(update(things).where(things.c.id == f"{number:04}").values(shelf=-1) for number in range(7, MANY, 200)),
        *(delete(waiting).where(waiting.c.thing == f"{number:04}") for number in range(150, MANY, 200)),
        insert(things).values(id="nothing", shelf=1, seq=1),
    )
    first = BadRow("found_things", "0007", RowFault.ALTERED)
    assert await verified(database, tmp_path, second) == msgspec.structs.replace(whole, ok=False, row=first, rows=11)


async def test_what_begins_meanwhile_leaves_nothing_out(database: Database) -> None:
    """A server goes on while its database is verified: a stream that is new in a part must not push out its last."""

    def look(connection: Connection) -> list[BadRow]:
        first = next(ranges(connection, [THINGS]))
        find(connection, "0000-new", 1)
        connection.execute(update(things).where(things.c.id == first.last.removeprefix(THINGS.prefix)).values(shelf=-1))
        return list(bad_rows_of(connection, first))

    async with open_database(database.url) as opened:
        assert await opened.write(look) == [BadRow("found_things", "0199", RowFault.ALTERED)]


@pytest.mark.fresh
async def test_an_event_that_is_not_as_it_was_is_named_alone(database: Database, tmp_path: Path) -> None:
    await write(
        database,
        update(events).where(events.c.stream == "thing/0500").values(payload=b"not what it was"),
        delete(things),
    )
    found = await verified(database, tmp_path, "whole")
    assert (found.ok, found.row, found.rows) == (False, None, 0)
    assert found.bad is not None
    assert (found.bad.stream, found.bad.seq, found.bad.code) == ("thing/0500", 1, "hash")


def test_each_piece_is_taken_once() -> None:
    pieces, context = SharedPieces(2_000), get_context("fork")
    taken = context.SimpleQueue()
    others = [context.Process(target=lambda: taken.put(list(pieces.take()))) for _ in range(3)]
    for one in others:
        one.start()
    found = [number for _ in others for number in taken.get()]
    for one in others:
        one.join()
    assert sorted(found) == list(range(2_000))
    assert (pieces.taken, list(pieces.take())) == (2_000, [])
