"""Hands in the database, in the key folder and in each other's way: nothing stops what keeps the vault."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, text, update
from sqlalchemy.ext.asyncio import create_async_engine
from structlog.testing import capture_logs

from queue_server.database import open_database
from queue_server.domain.values import HOUR, CentreId, Micros, new_id
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.settings import ServerSettings
from queue_server.vault.errors import RowChangedError
from queue_server.vault.model import PeopleRules, RowKind
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.puncturable import hour_of, leaf
from queue_server.vault.store import NewRow
from queue_server.vault.tables import people_rows
from tests.queue_server.eventlog.conftest import SETTINGS
from tests.queue_server.house import KNOWN
from tests.queue_server.vault.room import DEMO, FIRST, NOON, OTHER, SOMEBODY, TEXT, Room, make_folder


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110 - another process changes it; there is nothing to wait on
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("ends_at", [2**62, -(2**62)])
async def test_an_end_that_no_hour_has_stops_nobody(any_room: Room, ends_at: int) -> None:
    """A row whose end was written by hand is refused, and whoever is shredded with it or beside it is gone."""
    row, document = await any_room.put(hours=30), await any_room.put("L898902C3", RowKind.DOCUMENT)
    other = await any_room.put(visit=OTHER, hours=30)
    # Read before its end, however early that was made to be.
    any_room.now = Micros(min(NOON, ends_at - 1))
    change = update(people_rows).where(people_rows.c.id.in_((row, document))).values(ends_at=ends_at)
    await any_room.database.write(lambda connection: connection.execute(change))
    with pytest.raises(RowChangedError):
        await any_room.get(row)
    assert await any_room.find("L000000C0") == ()
    any_room.now = NOON
    persons = set(await any_room.persons())
    assert await any_room.forget() == await any_room.forget(OTHER) == 1
    await any_room.keeper.settle()
    assert await any_room.rows() == 0
    gone = hour_of(Micros(NOON + 30 * HOUR))
    assert [any_room.keeper.key.reaches(leaf(gone, "person", one)) for one in persons].count(False) == 1
    assert other


async def test_a_key_of_another_tree_does_not_end_the_keeping(room: Room, tmp_path: Path) -> None:
    """Somebody copies the wrong key file over it, sees it, and copies the right one back: nothing was forgotten."""
    await room.put(hours=30)
    (person,) = await room.persons()
    wrong = await asyncio.to_thread((await asyncio.to_thread(make_folder, tmp_path / "wrong")).path.read_bytes)
    rules = ServerSettings(PeopleRules(poll_ms=10))
    keeper = PeopleKeyHolder(SqlEventLog(room.database), room.file, room.keeper.key, KNOWN.tables, rules, lambda: NOON)
    await keeper.settle()
    keeper.task.start()
    right = await asyncio.to_thread(room.file.path.read_bytes)
    with capture_logs() as logged:
        await asyncio.to_thread(room.file.path.write_bytes, wrong)
        await room.forget()

        async def is_told() -> bool:
            return any((one["event"], one.get("task")) == ("task-failed", "retention") for one in logged)

        await until(is_told)
        await asyncio.to_thread(room.file.path.write_bytes, right)

        async def is_gone() -> bool:
            return not keeper.key.reaches(leaf(hour_of(Micros(NOON + 30 * HOUR)), "person", person))

        try:
            await until(is_gone)
        finally:
            await keeper.task.stop()
    assert await asyncio.to_thread(room.file.load) == keeper.key


async def test_a_note_that_is_written_during_a_shredding_loses_its_key_too(postgres_url: URL, tmp_path: Path) -> None:
    """A backup may hold it: between its commit and that of the shredding it could be read."""
    file = await asyncio.to_thread(make_folder, tmp_path / "keys")
    engine = create_async_engine(postgres_url)
    async with open_database(postgres_url, SETTINGS) as database:
        room = await Room.enter(database, file)
        await room.put(hours=24)
        (person,) = await room.persons()
        late = NewRow(new_id(), RowKind.NOTE, DEMO, TEXT, NOON, SOMEBODY, Micros(NOON + 48 * HOUR), FIRST)

        async def is_held_up() -> bool:
            waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            return bool(await database.run(lambda connection: connection.execute(waiting).scalar_one()))

        async with engine.begin() as connection:
            await connection.run_sync(lambda writing: room.vault.put(writing, late))
            shredding = asyncio.create_task(room.forget())
            await until(is_held_up)
        assert await shredding == 1
        await room.keeper.settle()
        assert await room.rows() == 0
        left = [
            hours
            for hours in (24, 48)
            if room.keeper.key.reaches(leaf(hour_of(Micros(NOON + hours * HOUR)), "person", person))
        ]
        assert left == []
    await engine.dispose()


async def test_the_same_id_of_a_visit_at_another_centre_is_somebody_else(any_room: Room) -> None:
    """Devices make the ids of visits: one that copies an id from somebody's paper gets nobody else's rows."""
    harbour = CentreId("harbour")
    here, there = await any_room.put("here"), await any_room.put("there", centre=harbour)
    assert len(set(await any_room.persons())) == 2
    forgotten = await any_room.database.write(
        lambda connection: any_room.vault.shred_visit(connection, FIRST, actor=SOMEBODY, now=NOON, centre=harbour)
    )
    await any_room.keeper.settle()
    assert (forgotten, await any_room.get(here)) == (1, "here")
    assert there
