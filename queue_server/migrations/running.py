"""Running the migrations, and telling how old a schema is."""

import asyncio
import os
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, partial
from pathlib import Path

import msgspec
from sqlalchemy import URL, Connection, inspect, text

from queue_server.database import Database, DatabaseSettings, SqliteDatabase, open_database
from queue_server.domain.values import ConsularError

# Building an index on years of events takes longer than any command of the day.
_SETTINGS = DatabaseSettings(command_timeout_ms=600_000)
# Any number that nobody else locks: two operators who migrate at once wait for each other.
_ADVISORY_LOCK = 0x636F6E73
_HERE = Path(__file__).parent


class SchemaState(StrEnum):
    """How a database's schema stands to this release: ``serve`` is ready on ``OK`` alone."""

    OK = "ok"
    EMPTY = "empty"
    OLDER = "older"
    NEWER = "newer"


class MigrationBrokeReferencesError(ConsularError):
    """Rows of ``table`` point at rows that are gone; the migration was rolled back."""

    code = "migration-broke-references"


class _Revisions(msgspec.Struct, frozen=True):
    """``heads``: the newest of the server's own, and of each room that has a branch of its own."""

    heads: frozenset[str]
    known: frozenset[str]


def migrate(url: URL, folders: Iterable[Path] = ()) -> None:
    """Bring the schema to this release in one transaction, all or nothing. Runs its own event loop.

    ``folders`` hold revisions of rooms that have a branch of their own, beside those in ``versions``.

    Raises:
        DatabaseUnavailableError: nothing was changed.
        MigrationBrokeReferencesError: nothing was changed.
    """
    asyncio.run(_migrate(url, tuple(folders)))


async def _migrate(url: URL, folders: tuple[Path, ...]) -> None:
    database = open_database(url, _SETTINGS)
    async with database:
        if isinstance(database, SqliteDatabase):
            await database.rebuild(partial(_upgrade_sqlite, folders))
        else:
            await database.write(partial(_upgrade_postgres, folders))


def _upgrade_sqlite(folders: tuple[Path, ...], connection: Connection) -> None:
    _upgrade(folders, connection)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise MigrationBrokeReferencesError(table=str(broken[0]))


def _upgrade_postgres(folders: tuple[Path, ...], connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    _upgrade(folders, connection)


def _upgrade(folders: tuple[Path, ...], connection: Connection) -> None:
    # Alembic takes a tenth of a second to load, and a server that only looks needs nothing of it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    # Percent signs in a folder's name would be read as interpolation.
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    places = os.pathsep.join(str(folder).replace("%", "%%") for folder in (_HERE / "versions", *folders))
    config.set_main_option("version_locations", places)
    config.attributes["connection"] = connection
    command.upgrade(config, "heads")


async def schema_state(database: Database, folders: Iterable[Path] = ()) -> SchemaState:
    """Compare the schema with the one that this release and its rooms were written for."""
    if isinstance(database, SqliteDatabase) and not await asyncio.to_thread(database.path.exists):
        # Looking into it would make it, where another database may have been meant.
        return SchemaState.EMPTY
    found = await database.run(revisions_of)
    return await asyncio.to_thread(state_of, found, folders)


def state_of(found: frozenset[str], folders: Iterable[Path] = ()) -> SchemaState:
    """Compare the revisions of a database with those of this release."""
    revisions = _revisions(tuple(folders))
    if found == revisions.heads:
        return SchemaState.OK
    if not found:
        return SchemaState.EMPTY
    return SchemaState.OLDER if found <= revisions.known else SchemaState.NEWER


def revisions_of(connection: Connection) -> frozenset[str]:
    """Give the revisions at which alembic left the database, none before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return frozenset()
    return frozenset(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


@cache
def _revisions(folders: tuple[Path, ...]) -> _Revisions:
    """Read the revisions from the names of their files, which number them."""
    branches = [
        frozenset(file.stem.removeprefix("r") for file in folder.glob("r*.py"))
        for folder in (_HERE / "versions", *folders)
    ]
    return _Revisions(heads=frozenset(map(max, branches)), known=frozenset().union(*branches))
