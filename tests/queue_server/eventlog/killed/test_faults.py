"""What happens when the database goes away, fills up, is shared, or cannot be trusted."""

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import URL, Connection, text

from queue_server.database import (
    Database,
    DatabaseInUseError,
    DatabaseNotDurableError,
    DatabaseSettings,
    SqliteDatabase,
    open_database,
    parse_url,
)
from queue_server.database.failures import (
    DatabaseFullError,
    DatabaseUnavailableError,
    LogConflictError,
    OutcomeUnknownError,
)
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.port import Append, Wakeup
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.readiness import ClockSkewError, check_ready
from tests.kiosk.small_disk import fill, small_disk_of
from tests.postgres import Postgres
from tests.queue_server.eventlog.conftest import SETTINGS, end_of, event
from tests.queue_server.eventlog.proxy import Cut, CuttingProxy

STREAM = "queue/demo/2026-11-25"
PROCESS = (sys.executable, "-m", "tests.queue_server.eventlog.appender")


def text_of(url: URL) -> str:
    return url.render_as_string(hide_password=False)


async def test_two_processes_lose_nothing_and_leave_no_gap(log: SqlEventLog, database_url: URL) -> None:
    processes = [
        await asyncio.create_subprocess_exec(*PROCESS, "append", text_of(database_url), name, "40")
        for name in ("one", "two")
    ]
    assert [await process.wait() for process in processes] == [0, 0]
    stored = await log.read(STREAM)
    assert [one.seq for one in stored] == list(range(1, 81))
    assert {one.command for one in stored} == {f"{name}-{n}" for name in ("one", "two") for n in range(40)}


async def test_a_second_server_on_the_same_file_is_refused_until_the_first_is_killed(sqlite_url: URL) -> None:
    process = await asyncio.create_subprocess_exec(
        *PROCESS, "claim", text_of(sqlite_url), stdout=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"claimed\n"
    async with open_database(sqlite_url, SETTINGS) as database:
        with pytest.raises(DatabaseInUseError):
            await database.claim()
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await database.claim()
    async with open_database(sqlite_url, SETTINGS) as database:
        await database.claim()


async def test_a_full_disk_is_said_and_loses_nothing(sqlite_url: URL) -> None:
    async with open_database(sqlite_url, SETTINGS) as database, SqlEventLog(database, SETTINGS) as log:

        async def allow_more(pages: int) -> None:
            def pragma(connection: Connection) -> None:
                used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
                connection.exec_driver_sql(f"PRAGMA max_page_count={used + pages}")

            await database.write(pragma)

        await allow_more(20)
        acknowledged = 0

        async def fill() -> None:
            nonlocal acknowledged
            while True:
                await log.commit([Append(STREAM, await log.head(STREAM), (event(payload=bytes(2000)),))])
                acknowledged += 1

        with pytest.raises(DatabaseFullError):
            await fill()
        assert acknowledged > 0
        assert (await log.head(STREAM)).seq == acknowledged
        await allow_more(20)
        await log.commit([Append(STREAM, await log.head(STREAM), (event(),))])


async def test_a_full_disk_of_postgres_is_said_for_as_long_as_it_is_full(
    postgres: Postgres, empty_postgres: str, tmp_path: Path
) -> None:
    """A row that is written anew where it was needs no room: whether there is any only a new one tells."""
    async with small_disk_of(postgres.folder, 65_536) as disk:
        name = await asyncio.to_thread(postgres.create_database_on, disk, empty_postgres)
        try:
            url = parse_url(text_of(postgres.url(name)), tmp_path)
            async with open_database(url, SETTINGS) as database, SqlEventLog(database, SETTINGS) as log:
                await log.check_writable()
                junk = await asyncio.to_thread(fill, disk)
                stored = 0
                with suppress(DatabaseFullError):
                    while True:
                        await log.commit([Append(STREAM, await log.head(STREAM), (event(payload=bytes(2000)),))])
                        stored += 1
                for _ in range(5):
                    with pytest.raises(DatabaseFullError):
                        await log.check_writable()
                await asyncio.to_thread(junk.unlink)
                await log.check_writable()
                await log.commit([Append(STREAM, await log.head(STREAM), (event(),))])
                assert [one.seq for one in await log.read(STREAM)] == list(range(1, stored + 2))
        finally:
            await asyncio.to_thread(postgres.drop_database_on, name)


async def test_a_locked_file_is_unavailable_not_forever(sqlite_url: URL) -> None:
    async with (
        open_database(sqlite_url, DatabaseSettings(busy_timeout_ms=50)) as database,
        open_database(sqlite_url, SETTINGS) as tool,
        SqlEventLog(database, SETTINGS) as log,
    ):
        assert isinstance(tool, SqliteDatabase)
        held, let_go = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def hold(_: object) -> None:
            loop.call_soon_threadsafe(held.set)
            asyncio.run_coroutine_threadsafe(let_go.wait(), loop).result()

        holding = asyncio.create_task(tool.write(hold))
        await held.wait()
        with pytest.raises(DatabaseUnavailableError, match="busy"):
            await log.commit([Append(STREAM, await log.head(STREAM), (event(),))])
        let_go.set()
        await holding
        await log.commit([Append(STREAM, await log.head(STREAM), (event(),))])


@pytest.mark.parametrize("rows", [None, lambda _: None])
@pytest.mark.parametrize("cut", [Cut.BEFORE_COMMIT, Cut.AFTER_COMMIT])
async def test_a_connection_cut_in_mid_commit_leaves_the_outcome_unknown(
    postgres_url: URL, tmp_path: Path, cut: Cut, rows: Callable[[Connection], None] | None
) -> None:
    """What is in the tail afterwards is the truth, and it goes on from there."""
    async with CuttingProxy(postgres_url, tmp_path) as proxy, open_database(proxy.url, SETTINGS) as database:
        log = SqlEventLog(database, SETTINGS)
        first = await log.commit([Append(STREAM, EMPTY, (event("c1"),))])
        # Events alone are committed by the statement that stores them.
        proxy.cut, proxy.at = cut, b"c2" if rows is None else b"COMMIT;"
        with pytest.raises(OutcomeUnknownError):
            await log.commit([Append(STREAM, end_of(first), (event("c2"),))], rows)
        assert proxy.cut is Cut.NOWHERE
        stored = cut is Cut.AFTER_COMMIT
        assert [one.command for one in await log.read(STREAM)] == ["c1", *(["c2"] if stored else [])]
        await log.commit([Append(STREAM, await log.head(STREAM), (event("c3"),))])


async def test_connections_cut_in_the_pool_are_not_noticed(postgres: Postgres, postgres_url: URL) -> None:
    async with open_database(postgres_url, SETTINGS) as database:
        log = SqlEventLog(database, SETTINGS)
        await log.commit([Append(STREAM, await log.head(STREAM), (event(),))])
        await asyncio.to_thread(postgres.cut_connections, str(postgres_url.database))
        await log.commit([Append(STREAM, await log.head(STREAM), (event(),))])
        await asyncio.to_thread(postgres.cut_connections, str(postgres_url.database))
        assert (await log.head(STREAM)).seq == 2


async def test_a_connection_that_is_cut_at_any_moment_is_said_so(postgres: Postgres, postgres_url: URL) -> None:
    """In the middle of an answer, too, or while it is made: asyncpg then says that another operation is in progress."""
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{postgres_url.database}'"  # noqa: S608
    cutter = await asyncpg.connect(host=str(postgres.folder), user="postgres", database="postgres")

    async def go_on_cutting() -> None:
        while True:
            await cutter.execute(cut)
            await asyncio.sleep(0.001)

    def one(connection: Connection) -> int:
        return int(connection.execute(text("SELECT 1")).scalar_one())

    cutting, lost = asyncio.create_task(go_on_cutting()), 0
    for _ in range(100):
        async with open_database(postgres_url, SETTINGS) as database:
            for _ in range(3):
                try:
                    await database.run(one)
                except (DatabaseUnavailableError, OutcomeUnknownError):
                    lost += 1
    cutting.cancel()
    with suppress(asyncio.CancelledError):
        await cutting
    await cutter.close()
    assert lost > 0
    async with open_database(postgres_url, SETTINGS) as database:
        assert await database.run(one) == 1


async def test_what_was_acknowledged_is_there_after_the_database_was_killed(
    postgres: Postgres, postgres_url: URL
) -> None:
    """Four writers in mid-load; the database is killed like in a power cut, and comes back."""
    acknowledged: dict[str, int] = {}
    interrupted: list[Exception] = []
    some, more, over = asyncio.Event(), asyncio.Event(), asyncio.Event()
    restarted = False
    async with open_database(postgres_url, SETTINGS) as database, SqlEventLog(database, SETTINGS) as log:

        async def write(name: str) -> None:
            number = 0
            while not over.is_set():
                command = f"{name}-{number}"
                try:
                    end = await log.head(STREAM)
                    stored = await log.commit([Append(STREAM, end, (event(command),))])
                    acknowledged[command] = stored[0].seq
                    number += 1
                    some.set()
                    if restarted:
                        more.set()
                except LogConflictError:
                    continue
                except DatabaseUnavailableError as error:
                    interrupted.append(error)
                    await asyncio.sleep(0.02)
                except OutcomeUnknownError as error:
                    interrupted.append(error)
                    number += 1

        async with asyncio.TaskGroup() as group:
            for name in "abcd":
                group.create_task(write(name))
            await some.wait()
            await asyncio.to_thread(postgres.restart)
            restarted = True
            await more.wait()
            over.set()
        found = [(one.command, one.seq) for one in await log.read(STREAM)]
    assert interrupted
    assert [seq for _, seq in found] == list(range(1, len(found) + 1))
    assert len({command for command, _ in found}) == len(found)
    assert acknowledged.items() <= dict(found).items()


async def test_wakeups_come_again_after_their_connection_was_cut(postgres: Postgres, postgres_url: URL) -> None:
    """The poll is as good as off here: only NOTIFY can tell."""
    slow = type(SETTINGS)(poll_ms=600_000, relisten_ms=20, relisten_max_ms=100)
    async with (
        open_database(postgres_url, slow) as here,
        open_database(postgres_url, slow) as there,
        SqlEventLog(here, slow) as log,
        SqlEventLog(there, slow) as other,
    ):
        heard: asyncio.Queue[Wakeup] = asyncio.Queue()
        log.watch(heard.put_nowait)
        for _ in range(2):
            told = asyncio.create_task(heard.get())
            while not told.done():
                # What is sent while nobody listens is lost.
                await other.commit([Append(STREAM, await other.head(STREAM), (event(),))])
                await asyncio.wait([told], timeout=0.05)
            assert told.result().stream == STREAM
            while not heard.empty():
                heard.get_nowait()
            await asyncio.to_thread(postgres.cut_connections, str(postgres_url.database))


async def test_a_database_that_is_away_is_unavailable(tmp_path: Path) -> None:
    for url in (
        URL.create("postgresql+asyncpg", "postgres", database="x", query={"host": str(tmp_path)}),
        URL.create("sqlite", database=str(tmp_path / "no-folder" / "x.sqlite")),
    ):
        async with open_database(url, SETTINGS) as database:
            with pytest.raises(DatabaseUnavailableError):
                await SqlEventLog(database, SETTINGS).head(STREAM)


async def test_a_sound_database_is_ready(database: Database) -> None:
    await check_ready(database)


async def test_a_database_that_answers_before_it_syncs_is_refused(postgres: Postgres, postgres_url: URL) -> None:
    name = str(postgres_url.database)
    await asyncio.to_thread(postgres.sql, f"ALTER DATABASE {name} SET synchronous_commit = off")
    async with open_database(postgres_url, SETTINGS) as database:
        with pytest.raises(DatabaseNotDurableError, match="synchronous_commit"):
            await check_ready(database)
    await asyncio.to_thread(postgres.sql, f"ALTER DATABASE {name} SET synchronous_commit = on")
    await asyncio.to_thread(postgres.configure, "fsync", "off")
    try:
        async with open_database(postgres_url, SETTINGS) as database:
            with pytest.raises(DatabaseNotDurableError, match="fsync"):
                await check_ready(database)
    finally:
        await asyncio.to_thread(postgres.configure, "fsync", None)


async def test_a_clock_two_seconds_from_the_databases_is_not_ready(postgres_url: URL, database: Database) -> None:
    assert abs(await database.clock_difference()) < 500_000
    async with open_database(postgres_url, SETTINGS) as other:
        # A function in front of the search path: the database's clock goes wrong for this database alone.
        for statement in (
            "CREATE SCHEMA wrong",
            """CREATE FUNCTION wrong.clock_timestamp() RETURNS timestamptz LANGUAGE sql
                AS $$ SELECT pg_catalog.clock_timestamp() - interval '3 s' $$""",
            f"ALTER DATABASE {postgres_url.database} SET search_path = wrong, pg_catalog, public",
        ):
            await other.write(lambda connection, statement=statement: connection.execute(text(statement)))  # type: ignore[misc]
    async with open_database(postgres_url, SETTINGS) as other:
        with pytest.raises(ClockSkewError):
            await check_ready(other)
