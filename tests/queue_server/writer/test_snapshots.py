"""A server starts from a snapshot as it would from the whole log; one that is not to be believed costs nothing."""

import asyncio
from collections.abc import Callable
from typing import Final

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, delete, func, select, update

from queue_server.database import Database
from queue_server.domain.values import HOUR, Micros, VisitId
from queue_server.eventlog import snapshots as store
from queue_server.eventlog.port import IdempotencyMismatchError, StreamHead
from queue_server.eventlog.snapshots import stream_snapshots
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.eventlog.tables import events, heads
from queue_server.eventlog.verify import verify
from queue_server.queue import commands as c
from queue_server.writer import snapshots as taking
from queue_server.writer.days import Days, StoredDay
from queue_server.writer.snapshots import Snapshots
from tests.queue_server.queue.centre import ANY, CENTRE, ONE, STAFF, ticket
from tests.queue_server.queue.cutting import assert_alike
from tests.queue_server.writer.server import LIMITS, SIGNER, Server, running

KEY: Final = bytes(range(32))


def keys() -> tuple[bytes, ...]:
    return (KEY,)


STREAM: Final = f"queue/{CENTRE}/2026-11-25"
OFTEN: Final = replace(LIMITS, snapshot_events=1)

s = stream_snapshots.c


async def serve_some(server: Server, first: int, many: int) -> None:
    """Let some visits come, and call every second of them."""
    for number in range(first, first + many):
        await server.do(ticket(VisitId(f"v{number}")), key=f"issue-{number}")
        if number % 2:
            await server.do(c.CallNext(ONE), key=f"call-{number}")
            await server.do(c.StartServing(ONE))
            await server.do(c.Finish(ONE))


async def a_day_with_a_snapshot(log: SqlEventLog) -> StoredDay:
    """Store a day with a snapshot in its midst; gives it as all its events say."""
    async with running(log, limits=OFTEN, snapshots=Snapshots(log, keys)) as server:
        await server.do(c.OpenCounter(ONE, STAFF, ANY))
        await serve_some(server, 0, 8)
        await server.writer.take_snapshots()
        await serve_some(server, 8, 4)
    return await loaded(log, None)


async def loaded(log: SqlEventLog, snapshots: Snapshots | None) -> StoredDay:
    day = (await Days.load(log, CENTRE, snapshots)).current
    assert day is not None
    return day


def assert_same(day: StoredDay, whole: StoredDay) -> None:
    assert day.head == whole.head
    assert_alike(whole.state, day.state)
    for key, done in whole.commands.items():
        assert day.find(key) == done


async def test_a_server_goes_on_from_a_snapshot_and_knows_what_was_asked_before_it(log: SqlEventLog) -> None:
    whole = await a_day_with_a_snapshot(log)
    assert_same(await loaded(log, Snapshots(log, keys)), whole)
    async with running(log, snapshots=Snapshots(log, keys)) as server:
        assert server.writer.knows("issue-1")
        assert not server.writer.knows("issue-99")
        again = await server.do(c.CallNext(ONE), key="call-1")
        assert again.repeated
        assert again.events == whole.commands["call-1"].events
        with pytest.raises(IdempotencyMismatchError):
            await server.do(c.CallNext(ONE), key="call-1", fingerprint="other")
        await serve_some(server, 12, 2)
        assert_alike((await loaded(log, None)).state, server.writer.state)


def forged(connection: Connection) -> None:
    body = connection.execute(select(s.body).where(s.name == "")).scalar_one()
    assert isinstance(body, bytes)
    other = body.replace(STREAM.encode(), STREAM.encode().upper())
    assert other != body
    connection.execute(update(stream_snapshots).where(s.name == "").values(body=other))


def edited(connection: Connection) -> None:
    name = connection.execute(select(func.min(s.name)).where(s.name != "")).scalar_one()
    connection.execute(update(stream_snapshots).where(s.name == name).values(body=b"\x78\x9c"))


def torn(connection: Connection) -> None:
    connection.execute(
        delete(stream_snapshots).where(s.name == select(func.max(s.name)).where(s.name != "").scalar_subquery())
    )


def of_another_release(connection: Connection) -> None:
    connection.execute(update(stream_snapshots).where(s.name == "").values(version="other"))


def moved(connection: Connection) -> None:
    """The mark holds, but the row says that it ends elsewhere."""
    e = events.c
    hash_of = select(e.hash).where(e.stream == STREAM, e.seq == 5).scalar_subquery()
    connection.execute(update(stream_snapshots).where(s.name == "").values(seq=5, hash=hash_of))


def empty(connection: Connection) -> None:
    connection.execute(update(stream_snapshots).values(body=b""))


@pytest.mark.parametrize("spoil", [forged, edited, torn, of_another_release, moved, empty])
async def test_one_that_is_not_to_be_believed_costs_nothing(
    log: SqlEventLog, spoil: Callable[[Connection], None]
) -> None:
    whole = await a_day_with_a_snapshot(log)
    await log.write(spoil)
    day = await loaded(log, Snapshots(log, keys))
    assert day.past is None
    assert_same(day, whole)
    # The next one takes its place.
    async with running(log, limits=OFTEN, snapshots=Snapshots(log, keys)) as server:
        await server.writer.take_snapshots()
    day = await loaded(log, Snapshots(log, keys))
    assert day.past is not None
    assert_same(day, whole)


async def test_one_under_another_key_is_not_believed(log: SqlEventLog) -> None:
    whole = await a_day_with_a_snapshot(log)
    day = await loaded(log, Snapshots(log, lambda: (KEY[::-1],)))
    assert day.past is None
    assert_same(day, whole)


async def test_it_hides_no_event_that_was_changed(log: SqlEventLog, database: Database) -> None:
    whole = await a_day_with_a_snapshot(log)
    e = events.c
    await log.write(lambda one: one.execute(update(events).where(e.stream == STREAM, e.seq == 3).values(actor="x")))
    report = await verify(database, SIGNER.verifier)
    assert report.bad is not None
    assert (report.bad.stream, report.bad.seq, report.bad.code) == (STREAM, 3, "hash")
    # What was told before it was changed is what the day goes on from.
    assert_same(await loaded(log, Snapshots(log, keys)), whole)


async def test_where_the_log_ends_before_it_or_goes_on_otherwise_it_is_of_no_account(log: SqlEventLog) -> None:
    whole = await a_day_with_a_snapshot(log)
    end = await log.run(lambda one: one.execute(select(s.seq).where(s.name == "")).scalar_one())
    e, h = events.c, heads.c

    def cut(connection: Connection) -> None:
        """Leave what an older copy of the database had, and the newer snapshot."""
        connection.execute(delete(events).where(e.stream == STREAM, e.seq >= end))
        last = connection.execute(select(events).where(e.stream == STREAM, e.seq == end - 1)).one()
        connection.execute(update(heads).where(h.stream == STREAM).values(seq=last.seq, at=last.at, hash=last.hash))

    await log.write(cut)
    day = await loaded(log, Snapshots(log, keys))
    assert (day.past, day.head.seq) == (None, end - 1)
    async with running(log, limits=OFTEN, snapshots=Snapshots(log, keys)) as server:
        # The visit that was served at the end of what was lost is served still.
        await server.do(c.Finish(ONE))
        await serve_some(server, 20, 6)
        assert server.writer.state.seq > end
        day = await loaded(log, Snapshots(log, keys))
        assert day.past is None
        await server.writer.take_snapshots()
    day = await loaded(log, Snapshots(log, keys))
    assert day.past is not None
    assert_same(day, await loaded(log, None))
    assert day.head != whole.head


async def test_what_stays_as_it_was_is_not_written_again(log: SqlEventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "BLOCK", 8)
    monkeypatch.setattr("queue_server.queue.past.BLOCK", 8)
    monkeypatch.setattr("queue_server.queue.snapshot.GROUP", 4)

    async def names() -> set[str]:
        return await log.run(lambda one: store.names(one, STREAM))

    snapshots = Snapshots(log, keys)
    async with running(log, limits=OFTEN, snapshots=snapshots) as server:
        await server.do(c.OpenCounter(ONE, STAFF, ANY))
        await serve_some(server, 0, 24)
        await server.writer.take_snapshots()
        before = await names()
        await serve_some(server, 24, 1)
        await server.writer.take_snapshots()
        after = await names()
        assert len(before) > 12
        # The last block, the last group, what is not of visits; and whoever was touched.
        assert len(after - before) <= 4
        assert len(before - after) <= 3
        assert_same(await loaded(log, Snapshots(log, keys)), await loaded(log, None))


async def test_days_that_are_not_opened_any_more_have_none(log: SqlEventLog) -> None:
    snapshots = Snapshots(log, keys)
    async with running(log, limits=OFTEN, snapshots=snapshots) as server:
        seen = set()
        for _ in range(5):
            await serve_some(server, 0, 0)
            await server.do(c.OpenCounter(ONE, STAFF, ANY))
            await server.writer.take_snapshots()
            seen.add(server.writer.state.day)
            server.clock.wait(24 * HOUR)
            await server.writer.catch_up()
        assert len(seen) == 5
        await server.writer.take_snapshots()
        kept = await log.run(lambda one: set(one.execute(select(s.stream).distinct()).scalars()))
    days = sorted({*seen, server.writer.state.day})[-3:]
    assert kept == {f"queue/{CENTRE}/{day}" for day in days}


async def test_what_nobody_opens_again_is_deleted(log: SqlEventLog) -> None:
    await a_day_with_a_snapshot(log)
    at = await log.run(lambda one: one.execute(select(func.max(s.at))).scalar_one())
    for days, left in ((7, True), (9, False)):
        await log.write(lambda one, days=days: one.execute(store.outlived(Micros(at + days * 24 * HOUR))))  # type: ignore[misc]
        count = await log.run(lambda one: one.execute(select(func.count()).select_from(stream_snapshots)).scalar_one())
        assert bool(count) is left


async def test_two_servers_may_both_take_them(two_logs: tuple[SqlEventLog, SqlEventLog]) -> None:
    one, two = two_logs
    async with (
        running(one, limits=OFTEN, snapshots=Snapshots(one, keys)) as first,
        running(two, limits=OFTEN, snapshots=Snapshots(two, keys)) as second,
    ):
        await first.do(c.OpenCounter(ONE, STAFF, ANY))
        for number in range(10):
            await serve_some(first, 2 * number, 1)
            await second.writer.catch_up()
            await serve_some(second, 2 * number + 1, 1)
            await first.writer.catch_up()
            await asyncio.gather(first.writer.take_snapshots(), second.writer.take_snapshots())
            day = await loaded(one, Snapshots(one, keys))
            assert_same(day, await loaded(two, None))
        # Whoever is behind does not take the place of whoever was further.
        await serve_some(first, 50, 1)
        await first.writer.take_snapshots()
        end = await one.run(lambda connection: connection.execute(select(s.seq).where(s.name == "")).scalar_one())
        state = second.writer.state
        behind = await two.read(STREAM, after=4, limit=1)
        assert not await Snapshots(two, keys).take(state, StreamHead(STREAM, 5, behind[0].hash))
        day = await loaded(two, Snapshots(two, keys))
        assert day.past is not None
        assert end == day.head.seq


async def test_one_that_is_given_up_in_the_midst_leaves_the_one_before(log: SqlEventLog) -> None:
    """A power cut ends it anywhere between two of its transactions."""
    whole = await a_day_with_a_snapshot(log)
    before = await log.run(lambda one: store.names(one, STREAM))
    end = StreamHead(STREAM, whole.head.seq, whole.head.hash)
    await log.write(lambda one: store.add_part(one, end, whole.state.at, b"the first part of the next"))
    day = await loaded(log, Snapshots(log, keys))
    assert day.past is not None
    assert_same(day, whole)
    async with running(log, limits=OFTEN, snapshots=Snapshots(log, keys)) as server:
        await serve_some(server, 30, 2)
        await server.writer.take_snapshots()
    after = await log.run(lambda one: store.names(one, STREAM))
    assert store.name_of(b"the first part of the next") not in after
    assert before != after
