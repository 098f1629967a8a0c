"""One commit for several works of SQLite: each is whole or not there, and nobody is answered before the commit."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, Connection, event, text

from queue_server.database import SqliteDatabase, group_commit
from queue_server.database.failures import DatabaseUnavailableError
from queue_server.domain.values import Micros
from queue_server.eventlog import statements
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.port import Append, StreamHead
from tests.queue_server.eventlog.conftest import SETTINGS
from tests.queue_server.eventlog.conftest import event as an_event

type _Work = Callable[[Connection], object]


class _RefusedError(Exception):
    """What a work fails by."""


@pytest.fixture
async def database(sqlite_url: URL, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SqliteDatabase]:
    """Give a database with a table of numbers, whose transactions take along whoever waits, however slow this is."""
    monkeypatch.setattr(group_commit, "_GATHERING_S", 60.0)
    async with SqliteDatabase(sqlite_url, SETTINGS) as opened:
        await opened.write(lambda connection: connection.execute(text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)")))
        yield opened


def _insert(number: int) -> _Work:
    return lambda connection: connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": number}) and number


def _refuse(number: int) -> _Work:
    def work(connection: Connection) -> object:
        _insert(number)(connection)
        raise _RefusedError

    return work


async def _held(database: SqliteDatabase) -> threading.Event:
    """Hold the writer until the event is set; right after an answer it may still be looking for more."""
    begun, held = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        held.wait()

    database._writer.submit(hold)
    await asyncio.to_thread(begun.wait)
    return held


async def _together(database: SqliteDatabase, *works: _Work) -> tuple[list[Any], int]:
    """Have works done that all wait at once; gives what came of each, and how many commits there were."""
    commits = list[object]()

    def count(connection: Connection) -> None:
        commits.append(connection)

    event.listen(database._write_engine, "commit", count)
    held = await _held(database)
    waiting = [asyncio.create_task(database.write(work)) for work in works]
    await asyncio.sleep(0)
    held.set()
    found = await asyncio.gather(*waiting, return_exceptions=True)
    event.remove(database._write_engine, "commit", count)
    return found, len(commits)


async def _numbers(database: SqliteDatabase) -> set[int]:
    found = await database.run(lambda connection: connection.execute(text("SELECT n FROM numbers")).scalars().all())
    return set(found)


async def test_who_waits_is_stored_by_one_commit(database: SqliteDatabase) -> None:
    found, commits = await _together(database, *(_insert(number) for number in range(1, 21)))
    assert found == list(range(1, 21))
    assert commits == 1
    assert await _numbers(database) == set(range(1, 21))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([_insert, _refuse])), min_size=1, max_size=8))
async def test_each_is_whole_or_not_there(
    database: SqliteDatabase, asked: list[tuple[int, Callable[[int], _Work]]]
) -> None:
    """Number 1 may be there twice: that is the second one's failure, and its alone."""
    await database.write(lambda connection: connection.execute(text("DELETE FROM numbers")))
    found, _ = await _together(database, *(make(number) for number, make in asked))
    expected = set[int]()
    for (number, make), one in zip(asked, found, strict=True):
        if make is _refuse:
            assert isinstance(one, Exception)
            assert number in expected or isinstance(one, _RefusedError)
        elif number in expected:
            assert isinstance(one, Exception)
        else:
            assert one == number
            expected.add(number)
    assert await _numbers(database) == expected


async def test_a_commit_that_fails_fails_all_and_stores_nothing(database: SqliteDatabase) -> None:
    def child(connection: Connection) -> None:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("CREATE TABLE children (n INTEGER REFERENCES numbers DEFERRABLE INITIALLY DEFERRED)"))
        connection.execute(text("INSERT INTO children VALUES (99)"))

    found, _ = await _together(database, _insert(1), _refuse(2), child, _insert(3))
    # Who was refused is told of the commit too: what refused them was not stored.
    assert [type(one).__name__ for one in found] == ["IntegrityError"] * 4
    assert await _numbers(database) == set()
    assert (await _together(database, _insert(1)))[0] == [1]


async def test_what_a_full_file_takes_back_was_not_answered(database: SqliteDatabase) -> None:
    """SQLite may take back the whole transaction: whoever was in it has failed, whoever comes after has not."""

    def fill(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        connection.exec_driver_sql("CREATE TABLE filler AS SELECT zeroblob(1000000) AS x")

    found, _ = await _together(database, _insert(1), fill, _insert(2))
    assert isinstance(found[1], DatabaseUnavailableError)
    stored = {one for one in found if isinstance(one, int)}
    assert await _numbers(database) == stored
    await database.write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1000000").scalar())
    assert (await _together(database, _insert(7)))[0] == [7]


async def test_what_another_work_has_appended_is_not_committed_yet(database: SqliteDatabase) -> None:
    """What is read of such a stream may never be committed, so nobody may keep it."""

    def append(connection: Connection) -> int:
        wanted = Append("stream", EMPTY, (an_event(at=Micros(1)),))
        (stored,), ends = statements.appending(connection, lambda inner: statements.append(inner, [wanted]))
        assert ends == {"stream": StreamHead("stream", 1, stored.hash)}
        return stored.seq

    def look(connection: Connection) -> tuple[bool, dict[str, StreamHead]]:
        told, ends = statements.appending(connection, lambda inner: statements.has_appended(inner, "stream"))
        return told, dict(ends)

    found, commits = await _together(database, append, look)
    assert (found, commits) == ([1, (True, {})], 1)
    assert (await _together(database, look))[0] == [(False, {})]


async def test_who_has_gone_is_not_served(database: SqliteDatabase) -> None:
    held = await _held(database)
    gone, there = asyncio.create_task(database.write(_insert(1))), asyncio.create_task(database.write(_insert(2)))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    held.set()
    assert await there == 2
    assert await _numbers(database) == {2}
