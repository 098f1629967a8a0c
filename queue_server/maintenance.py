"""What ``init``, ``migrate``, ``rebuild``, ``verify`` and ``keys`` do to a database; each runs its own event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import URL, Connection

from queue_server.database import Database, DatabaseSettings, open_database
from queue_server.domain.values import HOUR, Micros, now_micros
from queue_server.eventlog import witness
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.rebuild import (
    StreamRange,
    bad_rows_of,
    count,
    outdated,
    ranges,
    rebuild,
    uncollected,
    unfounded_rows,
)
from queue_server.eventlog.verify import BadRow, Report, verify
from queue_server.framework.settings import section_of
from queue_server.migrations import migrate
from queue_server.readiness import check_schema
from queue_server.second_process import SharedPieces, beside
from queue_server.vault import read_chain
from queue_server.vault.keys import Keys, bind_fingerprints, check_fingerprints, init_keys, known_keys, load_keys
from queue_server.vault.model import PeopleRules

# One statement of ``verify`` reads a chunk, but counting a long log takes a while.
_SETTINGS = DatabaseSettings(command_timeout_ms=600_000)


async def _with[T](url: URL, work: Callable[[Database], Awaitable[T]]) -> T:
    async with open_database(url, _SETTINGS) as database:
        return await work(database)


def prepare(url: URL, data: Path, migrations: Iterable[Path] = (), aggregates: Sequence[Aggregate[Any]] = ()) -> Keys:
    """Bring the database to this release (``bring_up``), make the keys that are missing and tie it to them.

    Raises:
        DatabaseUnavailableError: nothing was changed.
        KeysMismatchError: the database is tied to other keys: bring those with ``keys import``.
        KeysMissingError: the database is tied to a key that is not there; no other was made.
        KeysDamagedError: a key that is there cannot be used.
    """
    bring_up(url, migrations, aggregates)
    keys = init_keys(data, asyncio.run(_with(url, lambda database: database.run(known_keys))))
    asyncio.run(_with(url, lambda database: database.write(lambda connection: bind_fingerprints(connection, keys))))
    return keys


def bring_up(url: URL, migrations: Iterable[Path] = (), aggregates: Sequence[Aggregate[Any]] = ()) -> None:
    """Bring the schema to this release, and the projected tables that another one had built.

    Raises:
        DatabaseUnavailableError: nothing was changed.
        UnknownEventError: a newer release wrote an event; the schema is there, those tables are as they were.
    """
    migrate(url, migrations)
    older = asyncio.run(_with(url, lambda database: database.run(lambda one: outdated(one, aggregates))))
    if older:
        rebuild_tables(url, older, migrations)


def rebuild_tables(url: URL, aggregates: Sequence[Aggregate[Any]], migrations: Iterable[Path] = ()) -> dict[str, int]:
    """Build projected tables from their streams, each kind in a transaction; gives how many rows had to be touched.

    A progress bar is on standard error.

    Raises:
        DatabaseUnavailableError: the kind that was being built is as it was before.
        DatabaseEmptyError, SchemaOlderError, SchemaNewerError: as ``check_schema``.
        UnknownEventError: likewise; a newer release wrote an event.
    """
    with _bar("rebuild") as bar:
        task = bar.add_task("", total=None)

        async def build(database: Database) -> dict[str, int]:
            await check_schema(database, migrations)
            touched = {}
            for one in aggregates:
                total = await database.run(lambda connection, one=one: count(connection, one))  # type: ignore[misc]
                bar.update(task, completed=0, total=total)
                touched[one.kind] = await database.write(
                    lambda connection, one=one: rebuild(  # type: ignore[misc]
                        connection, one, lambda looked: bar.update(task, completed=looked)
                    )
                )
            return touched

        return asyncio.run(_with(url, build))


def _bar(name: str) -> Progress:
    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    # Where nobody looks it would still end its line.
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def verify_log(
    url: URL, data: Path, aggregates: Sequence[Aggregate[Any]] = (), migrations: Iterable[Path] = ()
) -> Report:
    """Verify a database with the keys of a data folder: its log, who looked at personal data, and projected tables.

    A progress bar is on standard error.

    Raises:
        DatabaseUnavailableError: it cannot be read, or its file is damaged.
        DatabaseEmptyError: there is nothing in it.
        SchemaOlderError: it must be migrated first.
        SchemaNewerError: this program must be updated first.
        KeysMissingError: there are no keys.
        KeysMismatchError: they are those of another database.
        WitnessDamagedError: the file of the witness is not as it was written.
    """
    keys, people = load_keys(data), section_of(data, "people", PeopleRules)

    async def check_readable(database: Database) -> None:
        await check_schema(database, migrations)
        await database.check_sound()

    asyncio.run(_with(url, check_readable))

    def look(pieces: SharedPieces, parts: Sequence[StreamRange], progress: Callable[[], None]) -> list[BadRow]:
        return asyncio.run(_with(url, lambda database: database.run(lambda one: _taken(one, pieces, parts, progress))))

    # What follows from the events is looked through meanwhile, and by both once every event is checked.
    parts = asyncio.run(_with(url, lambda database: database.run(lambda one: list(ranges(one, aggregates)))))
    pieces = SharedPieces(len(parts))
    with uncollected(), beside(lambda: look(pieces, parts, lambda: None)) as other, _bar("verify") as bar:
        task = bar.add_task("", total=None)

        async def check(database: Database) -> Report:
            await database.run(lambda connection: check_fingerprints(connection, keys))
            retained_since = Micros(now_micros() - people.access_log_days * 24 * HOUR)
            verifier = keys.signer().verifier
            witnessed = await asyncio.to_thread(witness.load, data / witness.FILE, verifier)
            looked = [end for end in witnessed if end.stream.startswith(read_chain.PREFIX)]
            others = [end for end in witnessed if end not in looked]
            report = await verify(
                database, verifier, lambda read, total: bar.update(task, completed=read, total=total), others
            )
            bad = await database.run(lambda connection: read_chain.check(connection, looked, retained_since))
            return report.with_bad(bad)

        report = asyncio.run(_with(url, check))
        if report.bad is not None:
            # Events that are not as they were written say nothing of tables.
            return report

        def shown() -> None:
            bar.update(task, completed=pieces.taken, total=pieces.count)

        found = look(pieces, parts, shown)
        if other is not None:
            more = other()
            found = look(SharedPieces(len(parts)), parts, shown) if more is None else found + more
        return report.with_rows(
            found
            + asyncio.run(_with(url, lambda database: database.run(lambda one: list(unfounded_rows(one, aggregates)))))
        )


def _taken(
    connection: Connection, pieces: SharedPieces, parts: Sequence[StreamRange], progress: Callable[[], None]
) -> list[BadRow]:
    found: list[BadRow] = []
    for number in pieces.take():
        found += bad_rows_of(connection, parts[number])
        progress()
    return found
