"""What every stream that is not a centre's day goes through, on both databases, with a made-up kind."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from queue_server.database import Database, DatabaseSettings, PostgresDatabase, open_database
from queue_server.database.failures import LogConflictError
from queue_server.domain.values import Actor, Micros
from queue_server.eventlog import statements
from queue_server.eventlog.aggregate import PendingAppend, append
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Append, IdempotencyMismatchError, StreamContendedError
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.eventlog.conftest import SETTINGS, event
from tests.queue_server.eventlog.found_things import (
    THINGS,
    AlreadyTakenError,
    Found,
    Moved,
    Taken,
    Thing,
    metadata,
    take,
    things,
    waiting,
)
from tests.queue_server.eventlog.proxy import Cut, CuttingProxy

ACTOR = Actor("staff/s1")


@pytest.fixture(autouse=True)
async def _tables(database: Database) -> None:
    await database.write(metadata.create_all)


def advance(
    connection: Connection, ident: str, *bodies: Payload, command: str, at: int = 1_000
) -> PendingAppend[Thing]:
    return THINGS.advance(connection, ident, lambda _: bodies, at=Micros(at), command=command, actor=ACTOR)


async def find(log: SqlEventLog, ident: str = "umbrella") -> None:
    await log.write(lambda connection: advance(connection, ident, Found(ident, 4), command="key-found#f"))


async def shown(log: SqlEventLog) -> tuple[Sequence[Any], Sequence[Any]]:
    """Read the rows of things, and of those that wait."""

    def read(connection: Connection) -> tuple[Sequence[Any], Sequence[Any]]:
        found = [connection.execute(select(one).order_by(*one.primary_key)).all() for one in (things, waiting)]
        return found[0], found[1]

    return await log.run(read)


async def test_an_entity_is_where_its_stream_is_and_so_are_its_rows(log: SqlEventLog) -> None:
    await find(log)
    assert await shown(log) == ([("umbrella", 4, 1)], [(4, "umbrella")])
    done = await log.write(lambda one: advance(one, "umbrella", Moved(5), Moved(6), command="key-moved#f"))
    assert (done.before, done.after) == (
        Thing("umbrella", 4, 1, Micros(1_000)),
        Thing("umbrella", 6, 3, Micros(1_000)),
    )
    assert await shown(log) == ([("umbrella", 6, 3)], [(6, "umbrella")])
    await log.write(lambda one: THINGS.advance(one, "umbrella", take, at=Micros(5), command="key-taken#f", actor=ACTOR))
    assert await shown(log) == ([("umbrella", 6, 4)], [])
    stored = await log.read("thing/umbrella")
    assert [one.type for one in stored] == ["found", "moved", "moved", "taken"]
    # A clock that goes back takes no time out of a stream.
    assert stored[-1].at == 1_000
    assert await log.run(lambda one: THINGS.load(one, "umbrella")) == THINGS.replay(stored)
    assert await log.run(lambda one: THINGS.load(one, "hat")) is None


async def test_a_repeated_command_is_answered_from_what_it_came_to(log: SqlEventLog) -> None:
    await find(log)
    await log.write(lambda one: advance(one, "umbrella", Taken(), command="key-taken#f"))
    again = await log.write(
        lambda one: THINGS.advance(one, "umbrella", take, at=Micros(9), command="key-taken#f", actor=ACTOR)
    )
    assert (again.bodies, again.after) == ((), await log.run(lambda one: THINGS.load(one, "umbrella")))
    for command in ("key-taken#other", "key-taken"):
        with pytest.raises(IdempotencyMismatchError):
            await log.write(lambda one, used=command: advance(one, "umbrella", Moved(1), command=used))  # type: ignore[misc]
    assert len(await log.read("thing/umbrella")) == 2


async def test_what_comes_to_nothing_and_what_is_refused_leave_nothing(log: SqlEventLog) -> None:
    await find(log)
    nothing = await log.write(lambda one: advance(one, "umbrella", command="key-none#f"))
    assert (nothing.bodies, nothing.before) == ((), nothing.after)
    with pytest.raises(AlreadyTakenError):
        await log.write(lambda one: THINGS.advance(one, "hat", take, at=Micros(1), command="key#f", actor=ACTOR))
    assert [end.stream for end in await log.streams("")] == ["thing/umbrella"]


async def test_two_streams_are_stored_together_or_not_at_all(log: SqlEventLog) -> None:
    await find(log)
    await find(log, "hat")

    def draft(connection: Connection, ident: str) -> PendingAppend[Thing]:
        return THINGS.draft(connection, ident, take, at=Micros(2_000), command="key-both#f", actor=ACTOR)

    both = await log.run(lambda one: (draft(one, "umbrella"), draft(one, "hat")))
    await log.write(lambda one: advance(one, "hat", Moved(1), command="key-between#f"))
    with pytest.raises(LogConflictError):
        await log.write(lambda one: append(one, *both))
    assert (await shown(log))[1] == [(1, "hat"), (4, "umbrella")]
    await log.write(lambda one: append(one, draft(one, "umbrella"), draft(one, "hat")))
    assert (await shown(log))[1] == []


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_streams_are_locked_in_the_order_of_their_names(database: Database, log: SqlEventLog) -> None:
    """Whoever is second waits with empty hands, so nobody waits in a ring. SQLite has one writer, and no such locks."""
    assert isinstance(database, PostgresDatabase)
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(60), database.engine.connect() as held:
        # In a ring it would wait for ever, and one of the two be ended.
        await held.execute(text("SET LOCAL lock_timeout = 200"))
        await held.run_sync(lambda one: statements.append(one, [Append("thing/a", EMPTY, (event(),))]))
        second = asyncio.create_task(
            log.commit([Append("thing/b", EMPTY, (event(),)), Append("thing/a", EMPTY, (event(),))])
        )
        while not await database.run(lambda one: one.execute(waits).scalar_one()):  # noqa: ASYNC110 - it is asked
            await asyncio.sleep(0.01)
        await held.run_sync(lambda one: statements.append(one, [Append("thing/b", EMPTY, (event(),))]))
        await held.commit()
        with pytest.raises(LogConflictError):
            await second


# --- turns ---------------------------------------------------------------------------------------------------------


async def test_many_callers_of_one_stream_in_two_processes_each_have_an_answer(database: Database) -> None:
    """64 want the same thing, and one gets it; the others hear that it is gone, and not that others were first."""
    async with (
        open_database(database.url, SETTINGS) as other,
        SqlEventLog(database, SETTINGS) as one,
        SqlEventLog(other, SETTINGS) as two,
    ):
        await find(one)

        async def want(number: int) -> str:
            log = (one, two)[number % 2]
            command = f"key-{number}#f"
            try:
                await log.write_in_turn(
                    "thing/umbrella",
                    lambda c: THINGS.advance(c, "umbrella", take, at=Micros(1), command=command, actor=ACTOR),
                )
            except AlreadyTakenError as error:
                return error.code
            return "done"

        answers = await asyncio.gather(*map(want, range(64)))
    assert Counter(answers) == {"done": 1, "already-taken": 63}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("cut", [Cut.BEFORE_COMMIT, Cut.AFTER_COMMIT])
async def test_a_lost_outcome_is_found_out_by_the_same_command(
    database: Database, log: SqlEventLog, tmp_path: Path, cut: Cut
) -> None:
    """The line is cut at the commit: whoever waits gets their answer, whether it had been stored or not."""
    await find(log)
    async with CuttingProxy(database.url, tmp_path) as proxy, open_database(proxy.url, SETTINGS) as over_the_line:
        proxy.cut = cut
        done = await SqlEventLog(over_the_line, SETTINGS).write_in_turn(
            "thing/umbrella",
            lambda one: THINGS.advance(one, "umbrella", take, at=Micros(1), command="key-taken#f", actor=ACTOR),
        )
        assert proxy.cut is Cut.NOWHERE
    assert done.after is not None
    assert (done.after.taken, len(done.bodies)) == (True, 0 if cut is Cut.AFTER_COMMIT else 1)
    assert [one.type for one in await log.read("thing/umbrella")] == ["found", "taken"]
    assert (await shown(log))[1] == []


async def test_whoever_never_is_first_is_told_so_in_the_end(database: Database) -> None:
    patience = 300
    async with SqlEventLog(database, DatabaseSettings(patience_ms=patience)) as log:
        tries: list[float] = []

        async def attempt() -> None:
            tries.append(asyncio.get_running_loop().time())
            raise LogConflictError

        with pytest.raises(StreamContendedError):
            await log.take_turn("thing/umbrella", attempt)
        assert len(tries) > 2
        assert tries[-1] - tries[0] >= patience / 1000


async def test_a_queue_is_there_while_somebody_is_in_it(log: SqlEventLog) -> None:
    order: list[str] = []
    go = asyncio.Event()

    async def turn(name: str) -> None:
        async def attempt() -> None:
            await go.wait()
            order.append(name)

        await log.take_turn("thing/umbrella", attempt)

    waiting_for_it = [asyncio.create_task(turn(str(number))) for number in range(4)]
    # All have started, and stand in the queue, when it is the turn of one that started after them.
    started = asyncio.Event()
    asyncio.get_running_loop().call_soon(started.set)
    await started.wait()
    waiting_for_it[0].cancel()
    waiting_for_it[2].cancel()
    await asyncio.wait([waiting_for_it[0], waiting_for_it[2]])
    assert len(log._turns) == 1
    # Another stream is nobody's business here.
    free = asyncio.Event()
    free.set()
    assert await log.take_turn("thing/hat", free.wait)
    go.set()
    await asyncio.gather(*waiting_for_it, return_exceptions=True)
    assert order == ["1", "3"]
    assert len(log._turns) == 0
