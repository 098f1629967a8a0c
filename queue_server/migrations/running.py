"""Running the migrations, and telling how old a schema is."""

import asyncio
from enum import StrEnum
from functools import cache
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
    head: str
    known: frozenset[str]


def migrate(url: URL) -> None:
    """Bring the schema to this release in one transaction, all or nothing. Runs its own event loop.

    Raises:
        DatabaseUnavailableError: nothing was changed.
        MigrationBrokeReferencesError: nothing was changed.
    """
    asyncio.run(_migrate(url))


async def _migrate(url: URL) -> None:
    database = open_database(url, _SETTINGS)
    async with database:
        if isinstance(database, SqliteDatabase):
            await database.rebuild(_upgrade_sqlite)
        else:
            await database.write(_upgrade_postgres)


def _upgrade_sqlite(connection: Connection) -> None:
    _upgrade(connection)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise MigrationBrokeReferencesError(table=str(broken[0]))


def _upgrade_postgres(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    # Alembic takes a tenth of a second to load, and a server that only looks needs nothing of it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    # Percent signs in a folder's name would be read as interpolation.
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def schema_state(database: Database) -> SchemaState:
    """Compare the schema with the one that this release was written for."""
    revisions = await asyncio.to_thread(_revisions)
    found = await database.run(_found)
    if found == revisions.head:
        return SchemaState.OK
    if found is None:
        return SchemaState.EMPTY
    return SchemaState.OLDER if found in revisions.known else SchemaState.NEWER


def _found(connection: Connection) -> str | None:
    """Give the revision at which alembic left the database, None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return found


@cache
def _revisions() -> _Revisions:
    """Read the revisions from the names of their files, which number them."""
    known = frozenset(file.stem.removeprefix("r") for file in (_HERE / "versions").glob("r*.py"))
    return _Revisions(head=max(known), known=known)
