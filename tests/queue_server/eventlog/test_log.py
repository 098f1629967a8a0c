"""The unit of work, on both databases."""

import asyncio

import pytest
from sqlalchemy import Connection, column, insert, select, table, text

from queue_server.database import Database, open_database
from queue_server.database.failures import DatabaseUnavailableError, LogConflictError
from queue_server.domain.values import Micros
from queue_server.eventlog.hash_chain import EMPTY, event_hash
from queue_server.eventlog.port import Append, Head, LogDamagedError, StreamHead, Wakeup
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.eventlog.conftest import SETTINGS, end_of, event

STREAM = "queue/demo/2026-11-25"
_fingerprints = table("key_fingerprints", column("name"), column("fingerprint"))


async def test_what_is_committed_is_read_in_order_and_chained(log: SqlEventLog) -> None:
    first = await log.commit([Append(STREAM, EMPTY, (event("c1"), event("c1", payload=b"\x00\xff")))])
    second = await log.commit([Append(STREAM, end_of(first), (event("c2"),))])
    assert await log.read(STREAM) == first + second
    assert await log.read(STREAM, after=1, limit=1) == first[1:]
    assert [stored.seq for stored in first + second] == [1, 2, 3]
    assert second[0].hash == event_hash(first[1].hash, STREAM, 3, event("c2"))
    head = await log.head(STREAM)
    assert (head.seq, head.hash) == (3, second[0].hash)
    assert await log.head("queue/none/2026-11-25") == EMPTY
    assert [(one.command, one.seq) for one in await log.read(STREAM)] == [("c1", 1), ("c1", 2), ("c2", 3)]


async def test_streams_are_taken_by_name_in_whatever_order_they_are_asked_for(log: SqlEventLog) -> None:
    """Two processes that each hold what the other waits for would end in a deadlock."""
    names = [STREAM, "application/1", "payment/1"]
    for asked in (names, names[::-1]):
        stored = await log.commit([Append(name, await log.head(name), (event(),)) for name in asked])
        assert [one.stream for one in stored] == ["application/1", "payment/1", STREAM]


async def test_a_stale_or_an_early_append_is_a_conflict_and_stores_nothing(log: SqlEventLog) -> None:
    stored = await log.commit([Append(STREAM, EMPTY, (event(),))])
    for expected in (EMPTY, Head(2, stored[0].hash)):
        with pytest.raises(LogConflictError):
            await log.commit([Append("application/1", EMPTY, (event(),)), Append(STREAM, expected, (event(),))])
    assert await log.read(STREAM) == stored
    assert await log.read("application/1") == []


async def test_streams_and_rows_are_stored_together_or_not_at_all(log: SqlEventLog) -> None:
    def add_row(connection: Connection) -> None:
        connection.execute(insert(_fingerprints), {"name": "made-up", "fingerprint": "00"})

    class RowsFailError(Exception):
        pass

    def fail(connection: Connection) -> None:
        add_row(connection)
        raise RowsFailError

    appends = [Append(STREAM, EMPTY, (event(),)), Append("application/1", EMPTY, (event(),))]
    with pytest.raises(RowsFailError):
        await log.commit(appends, fail)
    assert await log.streams("") == []
    await log.commit(appends, add_row)
    assert await log.run(lambda connection: connection.execute(select(_fingerprints.c.name)).scalars().all()) == [
        "made-up"
    ]
    assert [end.stream for end in await log.streams("")] == ["application/1", STREAM]


async def test_a_read_cannot_write(log: SqlEventLog) -> None:
    with pytest.raises(DatabaseUnavailableError, match=r"READONLY|25006"):
        await log.run(lambda connection: connection.execute(insert(_fingerprints), {"name": "x", "fingerprint": ""}))


async def test_heads_are_listed_by_prefix_and_by_what_a_closing_names(log: SqlEventLog) -> None:
    for stream, at in (("application/a", 10), ("application/b", 30), (STREAM, 5), ("queue/other/2026-11-25", 50)):
        await log.commit([Append(stream, EMPTY, (event(at=at),))])
    found = await log.touched(STREAM, Micros(20))
    assert [end.stream for end in found] == ["application/b", STREAM]
    head = await log.head(STREAM)
    assert found[1] == StreamHead(STREAM, head.seq, head.hash)
    assert [end.stream for end in await log.streams("queue/")] == [STREAM, "queue/other/2026-11-25"]
    assert await log.streams("queue_") == []


async def test_a_stream_whose_tail_was_cut_is_not_written_on(log: SqlEventLog) -> None:
    stored = await log.commit([Append(STREAM, EMPTY, (event(), event()))])
    await log.write(lambda connection: connection.execute(text("DELETE FROM events WHERE seq = 2")))
    with pytest.raises(LogDamagedError):
        await log.commit([Append(STREAM, end_of(stored[:1]), (event(),))])
    # Whoever knows of what was there does not leave a gap.
    with pytest.raises(LogConflictError):
        await log.commit([Append(STREAM, end_of(stored), (event(),))])


async def test_a_stream_whose_beginning_was_cut_is_not_begun_anew(log: SqlEventLog) -> None:
    await log.commit([Append(STREAM, EMPTY, (event(),))])
    await log.write(lambda connection: connection.execute(text("DELETE FROM events")))
    with pytest.raises(LogDamagedError):
        await log.commit([Append(STREAM, EMPTY, (event(),))])
    assert await log.read(STREAM) == []


async def test_a_stream_whose_end_was_written_over_is_not_written_on(log: SqlEventLog) -> None:
    stored = await log.commit([Append(STREAM, EMPTY, (event(), event()))])
    await log.write(lambda connection: connection.execute(text("UPDATE events SET hash = payload WHERE seq = 2")))
    with pytest.raises(LogDamagedError):
        await log.commit([Append(STREAM, end_of(stored), (event(),))])
    assert len(await log.read(STREAM)) == 2


async def test_the_same_event_of_two_servers_is_stored_once(log: SqlEventLog) -> None:
    """What a timer of each of them does in the same moment differs in nothing."""
    again = [Append("application/1", EMPTY, (event(),)), Append(STREAM, EMPTY, (event(),))]
    await log.commit(again[1:])
    with pytest.raises(LogConflictError):
        await log.commit(again)
    assert await log.read("application/1") == []


async def test_writers_on_two_logs_lose_nothing_and_leave_no_gap(database: Database) -> None:
    """The fence: eight writers, two logs with connections of their own, one hot stream."""
    each, writers = 25, 8
    async with (
        open_database(database.url, SETTINGS) as other,
        SqlEventLog(database, SETTINGS) as log_a,
        SqlEventLog(other, SETTINGS) as log_b,
    ):

        async def append(log: SqlEventLog, writer: int) -> int:
            conflicts = 0
            for number in range(each):
                while True:
                    end = await log.head(STREAM)
                    try:
                        await log.commit([Append(STREAM, end, (event(f"{writer}-{number}"),))])
                        break
                    except LogConflictError:
                        conflicts += 1
            return conflicts

        conflicts = await asyncio.gather(*(append((log_a, log_b)[n % 2], n) for n in range(writers)))
        stored = await log_a.read(STREAM)
    assert sum(conflicts) > 0, "the race did not happen"
    assert [one.seq for one in stored] == list(range(1, each * writers + 1))
    assert {one.command for one in stored} == {f"{n}-{m}" for n in range(writers) for m in range(each)}
    previous = b""
    for one in stored:
        assert one.hash == event_hash(previous, STREAM, one.seq, one)
        previous = one.hash


async def test_watchers_hear_of_own_commits_once(log: SqlEventLog) -> None:
    heard: list[Wakeup] = []
    stop = log.watch(heard.append)
    stored = await log.commit([Append(STREAM, EMPTY, (event(), event()))])
    await log.read(STREAM)
    await asyncio.sleep(0)
    assert heard == [Wakeup(STREAM, 2)]
    stop()
    await log.commit([Append(STREAM, end_of(stored), (event(),))])
    await asyncio.sleep(0)
    assert len(heard) == 1


async def test_watchers_of_a_folder_hear_of_its_streams_alone(log: SqlEventLog) -> None:
    everybody, ours, theirs = list[Wakeup](), list[Wakeup](), list[Wakeup]()
    stop = log.watch(ours.append, "queue/a/")
    log.watch(theirs.append, "queue/ab/")
    log.watch(everybody.append)
    for stream in ("queue/a/1", "queue/ab/1"):
        await log.commit([Append(stream, EMPTY, (event(),))])
    await asyncio.sleep(0)
    assert (ours, theirs) == ([Wakeup("queue/a/1", 1)], [Wakeup("queue/ab/1", 1)])
    stop()
    await log.commit([Append("queue/a/2", EMPTY, (event(),))])
    await asyncio.sleep(0)
    assert len(ours) == 1
    assert [wakeup.stream for wakeup in everybody] == ["queue/a/1", "queue/ab/1", "queue/a/2"]


async def test_a_commit_elsewhere_is_heard_even_if_its_wakeup_is_lost(log: SqlEventLog, database: Database) -> None:
    """The other log sends no wake-up, since it was never started: the poll must find it."""
    heard = asyncio.Event()
    await log.read(STREAM)
    log.watch(lambda wakeup: heard.set() if wakeup == Wakeup(STREAM, 1) else None)
    async with open_database(database.url, SETTINGS) as other:
        await SqlEventLog(other, SETTINGS).commit([Append(STREAM, EMPTY, (event(),))])
        await asyncio.wait_for(heard.wait(), 10)
