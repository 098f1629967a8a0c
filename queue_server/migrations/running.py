"""Running the migrations, and telling how old a schema is."""

import asyncio
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, text

from queue_server.database import Database, DatabaseSettings, SqliteDatabase, open_database
from queue_server.values import ConsularError

# Building an index on years of events takes longer than any command of the day.
_SETTINGS = DatabaseSettings(command_timeout_ms=600_000)
# Any number that nobody else locks: two operators who migrate at once wait for each other.
_ADVISORY_LOCK = 0x636F6E73


class SchemaState(StrEnum):
    """How a database's schema stands to this release: ``serve`` is ready on ``OK`` alone."""

    OK = "ok"
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
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def schema_state(database: Database) -> SchemaState:
    """Compare the schema with the one that this release was written for."""
    revisions = await asyncio.to_thread(_revisions)
    found = await database.run(lambda connection: MigrationContext.configure(connection).get_current_revision())
    if found == revisions.head:
        return SchemaState.OK
    return SchemaState.OLDER if found is None or found in revisions.known else SchemaState.NEWER


@cache
def _revisions() -> _Revisions:
    scripts = ScriptDirectory.from_config(_config())
    known = frozenset(script.revision for script in scripts.walk_revisions())
    return _Revisions(head=str(scripts.get_current_head()), known=known)


def _config() -> Config:
    config = Config()
    # Percent signs in a folder's name would be read as interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
