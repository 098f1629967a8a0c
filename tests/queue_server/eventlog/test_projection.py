"""Positions, checkpoints, and tables that are built anew from their streams, on both databases."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Column, Connection, MetaData, String, Table, delete, insert, select, update

from queue_server.database import Database, PostgresDatabase, open_database
from queue_server.domain.values import Actor, Micros, new_id
from queue_server.eventlog import positions, statements
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Append
from queue_server.eventlog.projection import keyed
from queue_server.eventlog.rebuild import ProjectionsOlderError, bad_rows, check_versions, count, outdated, rebuild
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.eventlog.tables import events, projections
from queue_server.eventlog.verify import BadRow, RowFault
from tests.queue_server.eventlog.conftest import SETTINGS, end_of, event
from tests.queue_server.eventlog.found_things import PROJECTION, THINGS, Found, Moved, Taken, metadata, things, waiting

STREAM = "queue/demo/2026-11-25"
ACTOR = Actor("staff/s1")
ALL = (THINGS,)


@pytest.fixture(autouse=True)
async def _tables(database: Database) -> None:
    def make(connection: Connection) -> None:
        metadata.create_all(connection)
        rebuild(connection, THINGS, lambda _: None)

    await database.write(make)


def store(connection: Connection, ident: str, *bodies: Payload) -> None:
    THINGS.advance(connection, ident, lambda _: bodies, at=Micros(1), command=f"{new_id()}#f", actor=ACTOR)


async def some_things(log: SqlEventLog) -> None:
    def fill(connection: Connection) -> None:
        for number in range(5):
            store(connection, f"thing-{number}", Found(f"thing-{number}", number))
        store(connection, "thing-1", Moved(9))
        store(connection, "thing-2", Taken())

    await log.write(fill)


def content(connection: Connection) -> list[Sequence[Any]]:
    return [connection.execute(select(one).order_by(*one.primary_key)).all() for one in (things, waiting)]


def checkpoint(connection: Connection) -> tuple[int, int]:
    found = select(projections.c.version, projections.c.position).where(projections.c.name == PROJECTION.name)
    version, position = connection.execute(found).one()
    return version, position


# --- positions -----------------------------------------------------------------------------------------------------


async def test_every_event_has_a_position_that_grows_along_its_stream(log: SqlEventLog) -> None:
    first = await log.commit([Append(STREAM, EMPTY, (event(), event())), Append("application/1", EMPTY, (event(),))])
    second = await log.commit([Append(STREAM, end_of(first), (event(), event()))])
    assert all(one.position < other.position for one, other in pairwise((*first, *second)))
    assert await log.read(STREAM) == [one for one in (*first, *second) if one.stream == STREAM]
    assert await log.run(positions.horizon) == second[-1].position


async def test_a_failed_commit_leaves_no_event_and_no_position_twice(log: SqlEventLog) -> None:
    class RowsFailError(Exception):
        pass

    def fail(_: Connection) -> None:
        raise RowsFailError

    for _ in range(3):
        with pytest.raises(RowsFailError):
            await log.commit([Append(STREAM, EMPTY, (event(), event()))], fail)
    stored = await log.commit([Append(STREAM, EMPTY, (event(),))])
    assert await log.run(positions.horizon) == stored[-1].position


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_nothing_appears_below_a_horizon_that_was_read(database: Database, log: SqlEventLog) -> None:
    """While a transaction has not ended, nobody reads past the positions that it has taken; and nobody waits for it."""
    assert isinstance(database, PostgresDatabase)
    first = await log.commit([Append(STREAM, EMPTY, (event(),))])
    async with asyncio.timeout(60), database.engine.connect() as slow:
        (taken,) = await slow.run_sync(
            lambda one: [e.position for e in statements.append(one, [Append("thing/slow", EMPTY, (event(),))])]
        )
        later = (await log.commit([Append(STREAM, end_of(first), (event(),))]))[-1].position
        assert first[-1].position < taken < later
        assert first[-1].position <= await log.write(positions.horizon) < taken
        await slow.commit()
    assert await log.write(positions.horizon) == later


async def test_a_reader_that_goes_by_horizons_misses_nothing(database: Database) -> None:
    """Writers on two servers, and one who asks again and again what is new; all of it comes once, in stream order."""
    each, writers, known = 20, 6, 0
    seen: list[tuple[str, int]] = []

    async with (
        open_database(database.url, SETTINGS) as other,
        SqlEventLog(database, SETTINGS) as one,
        SqlEventLog(other, SETTINGS) as two,
    ):

        async def write(number: int) -> None:
            log = (one, two)[number % 2]
            end = EMPTY
            for _ in range(each):
                end = end_of(await log.commit([Append(f"thing/{number}", end, (event(),))]))

        def news(connection: Connection) -> int:
            until = positions.horizon(connection)
            e = events.c
            found = select(e.stream, e.seq).where(e.position > known, e.position <= until).order_by(e.position)
            seen.extend((row.stream, row.seq) for row in connection.execute(found))
            return until

        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            tasks = [group.create_task(write(number)) for number in range(writers)]
            while not all(task.done() for task in tasks):
                known = await one.write(news)
        known = await one.write(news)
    assert len(seen) == each * writers
    for number in range(writers):
        assert [seq for stream, seq in seen if stream == f"thing/{number}"] == list(range(1, each + 1))


# --- checkpoints ---------------------------------------------------------------------------------------------------


async def test_the_checkpoint_goes_with_the_rows(log: SqlEventLog) -> None:
    await some_things(log)
    assert await log.run(checkpoint) == (1, await log.run(positions.horizon))

    class RowsFailError(Exception):
        pass

    def fail(connection: Connection) -> None:
        store(connection, "thing-3", Taken())
        raise RowsFailError

    before = await log.run(checkpoint)
    with pytest.raises(RowsFailError):
        await log.write(fail)
    assert await log.run(checkpoint) == before
    # What is no business of these tables does not move it.
    await log.commit([Append(STREAM, EMPTY, (event(),))])
    assert await log.run(checkpoint) == before


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_nobody_waits_for_the_checkpoint(database: Database, log: SqlEventLog) -> None:
    assert isinstance(database, PostgresDatabase)
    async with asyncio.timeout(60), database.engine.connect() as slow:
        await slow.run_sync(lambda one: store(one, "slow", Found("slow", 1)))
        await some_things(log)
        await slow.commit()
    assert await log.run(lambda one: list(bad_rows(one, ALL))) == []


async def test_tables_of_another_release_are_noticed_and_built_anew(log: SqlEventLog) -> None:
    await log.run(lambda one: check_versions(one, ALL))
    await log.write(lambda one: one.execute(update(projections).values(version=0)))
    with pytest.raises(ProjectionsOlderError) as told:
        await log.run(lambda one: check_versions(one, ALL))
    assert told.value.placeholders == {"kind": "thing"}
    assert await log.run(lambda one: outdated(one, ALL)) == [THINGS]
    await log.write(lambda one: rebuild(one, THINGS, lambda _: None))
    await log.run(lambda one: check_versions(one, ALL))


# --- rebuilding ----------------------------------------------------------------------------------------------------


async def test_rows_that_were_deleted_altered_or_added_are_named_and_mended(log: SqlEventLog) -> None:
    await some_things(log)
    live = await log.run(content)
    assert await log.run(lambda one: list(bad_rows(one, ALL))) == []

    def harm(connection: Connection) -> None:
        connection.execute(delete(things).where(things.c.id == "thing-0"))
        connection.execute(update(things).where(things.c.id == "thing-1").values(shelf=7))
        connection.execute(insert(waiting), {"shelf": 3, "thing": "thing-2"})
        connection.execute(insert(things), {"id": "nothing", "shelf": 1, "seq": 1})

    await log.write(harm)
    assert sorted(await log.run(lambda one: list(bad_rows(one, ALL)))) == [
        BadRow("found_things", "nothing", RowFault.UNFOUNDED),
        BadRow("found_things", "thing-0", RowFault.MISSING),
        BadRow("found_things", "thing-1", RowFault.ALTERED),
        BadRow("found_waiting", "3/thing-2", RowFault.UNFOUNDED),
    ]
    assert await log.run(lambda one: count(one, THINGS)) == 5
    assert await log.write(lambda one: rebuild(one, THINGS, lambda _: None)) == 4
    assert await log.run(content) == live
    assert await log.run(lambda one: list(bad_rows(one, ALL))) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(("move", "take", "find")), st.integers(0, 2)), max_size=12
    )
)
async def test_what_was_live_equals_what_is_built_anew(log: SqlEventLog, steps: list[tuple[int, str, int]]) -> None:
    def play(connection: Connection) -> None:
        run = new_id()
        for number, kind, shelf in steps:
            ident = f"{run}-{number}"
            there = THINGS.load(connection, ident) is not None
            body = Found(ident, shelf) if not there else Taken() if kind == "take" else Moved(shelf)
            store(connection, ident, body)

    await log.write(play)
    live = await log.run(content)

    def empty(connection: Connection) -> None:
        for one in (things, waiting):
            connection.execute(delete(one))

    await log.write(empty)
    await log.write(lambda one: rebuild(one, THINGS, lambda _: None))
    assert await log.run(content) == live


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_servers_may_work_while_tables_are_built_anew(database: Database, log: SqlEventLog) -> None:
    await some_things(log)
    stop = asyncio.Event()

    async def work() -> int:
        number = 0
        while not stop.is_set() or not number:
            ident = new_id()
            await log.write(lambda one, ident=ident: store(one, ident, Found(ident, 1)))  # type: ignore[misc]
            await log.write(lambda one, ident=ident: store(one, ident, Moved(2)))  # type: ignore[misc]
            number += 1
        return number

    async with asyncio.timeout(60), open_database(database.url, SETTINGS) as other:
        workers = [asyncio.create_task(work()) for _ in range(3)]
        for _ in range(5):
            await other.write(lambda one: one.execute(delete(things).where(things.c.id == "thing-0")))
            await other.write(lambda one: rebuild(one, THINGS, lambda _: None))
        stop.set()
        assert sum(await asyncio.gather(*workers)) > 0
    assert await log.run(lambda one: list(bad_rows(one, ALL))) == []


def test_a_list_that_was_stored_is_the_one_that_is_computed() -> None:
    table = Table("doors", MetaData(), Column("id", String, primary_key=True), Column("names", JSON))
    assert keyed(table, [{"id": "a", "names": ("1", "2")}]) == keyed(table, [{"id": "a", "names": ["1", "2"]}])
