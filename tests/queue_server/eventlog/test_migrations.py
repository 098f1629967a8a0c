"""Migrations lead to exactly the tables that the rooms declare, on both databases."""

import asyncio
import importlib
import pkgutil
from pathlib import Path

import pytest
import sqlalchemy
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from blockbuster import BlockBuster
from sqlalchemy import URL, Connection, column, insert, inspect, select, text

import queue_server
from queue_server.database import Database, SqliteDatabase, open_database, parse_url
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.port import Append
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.eventlog.tables import events
from queue_server.migrations import MigrationBrokeReferencesError, SchemaState, migrate, schema_state
from queue_server.migrations.running import _HERE, _revisions, _upgrade_sqlite
from queue_server.readiness import SchemaNewerError, SchemaOlderError, check_ready
from queue_server.tables import metadata
from tests.postgres import Postgres
from tests.queue_server.eventlog.conftest import SETTINGS, event

for module in pkgutil.walk_packages(queue_server.__path__, "queue_server."):
    if module.name.rpartition(".")[2] in ("tables", "store", "keys", "epoch"):
        # Every module that may declare a table.
        importlib.import_module(module.name)


async def test_migrations_make_what_the_rooms_declare(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        found: list[object] = list(compare_metadata(context, metadata))
        tables = inspect(connection)
        for name, table in metadata.tables.items():
            key = tables.get_pk_constraint(name)
            if key["constrained_columns"] != [column.name for column in table.primary_key]:
                found.append((name, key))
        return found

    assert await database.run(differences) == []


async def test_names_of_constraints_are_those_of_the_convention(database: Database) -> None:
    def names(connection: Connection) -> set[str | None]:
        tables = inspect(connection)
        return {tables.get_pk_constraint(name)["name"] for name in metadata.tables}

    assert await database.run(names) == {f"pk_{name}" for name in metadata.tables}


def test_a_revision_is_called_as_its_file() -> None:
    """Whether a schema is this release's is read from the names, in their order, without alembic."""
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    revisions = _revisions(())
    assert revisions.heads == set(scripts.get_heads())
    assert revisions.known == {script.revision for script in scripts.walk_revisions()}


def test_migrating_twice_changes_nothing(database_url: URL) -> None:
    migrate(database_url)


async def test_an_older_and_a_newer_schema_are_not_ready(database: Database) -> None:
    assert await schema_state(database) is SchemaState.OK

    async def pretend(revision: str) -> None:
        await database.write(
            lambda connection: connection.execute(
                text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision}
            )
        )

    await pretend("0001_log")
    assert await schema_state(database) is SchemaState.OLDER
    with pytest.raises(SchemaOlderError):
        await check_ready(database)
    await pretend("9999_of_the_future")
    assert await schema_state(database) is SchemaState.NEWER
    with pytest.raises(SchemaNewerError):
        await check_ready(database)


async def test_an_empty_database_is_told_from_an_old_one(tmp_path: Path) -> None:
    async with open_database(parse_url(None, tmp_path), SETTINGS) as database:
        assert await schema_state(database) is SchemaState.EMPTY


async def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(sqlite_url: URL) -> None:
    """With foreign keys on, dropping the old table would delete them without a word."""
    async with open_database(sqlite_url, SETTINGS) as database:
        assert isinstance(database, SqliteDatabase)

        def set_up(connection: Connection) -> None:
            connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
            connection.exec_driver_sql("CREATE TABLE child (parent REFERENCES parent(id) ON DELETE CASCADE)")
            connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
            connection.exec_driver_sql("INSERT INTO child VALUES (1)")

        def rebuild(connection: Connection) -> None:
            connection.exec_driver_sql("CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT)")
            connection.exec_driver_sql("INSERT INTO new_parent SELECT id, '' FROM parent")
            connection.exec_driver_sql("DROP TABLE parent")
            connection.exec_driver_sql("ALTER TABLE new_parent RENAME TO parent")
            _upgrade_sqlite((), connection)

        def lose(connection: Connection) -> None:
            connection.exec_driver_sql("DELETE FROM parent")
            _upgrade_sqlite((), connection)

        def children(connection: Connection) -> object:
            return connection.exec_driver_sql("SELECT count(*) FROM child JOIN parent ON parent.id = parent").scalar()

        await database.write(set_up)
        await database.rebuild(rebuild)
        assert await database.run(children) == 1
        with pytest.raises(MigrationBrokeReferencesError):
            await database.rebuild(lose)
        assert await database.run(children) == 1


def test_events_of_before_get_positions_in_the_order_of_their_streams(
    tmp_path: Path, postgres: Postgres, blockbuster: BlockBuster
) -> None:
    """By time as far as that is told, also where the clock of a stream once went back; new ones come after them."""
    blockbuster.deactivate()
    stored = (("a", 1, 10), ("a", 2, 40), ("a", 3, 20), ("b", 1, 5), ("b", 2, 30))
    names = ("stream", "seq", "at", "type", "v", "command", "actor", "payload", "hash")
    old = sqlalchemy.table("events", *map(column, names))

    def before(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(_HERE))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0022_sign_in_news")
        rows = [dict(zip(names, (*place, "t", 1, "c", "x", b"", b""), strict=True)) for place in stored]
        connection.execute(insert(old), rows)

    async def older(url: URL) -> None:
        async with open_database(url, SETTINGS) as database:
            await (database.rebuild if isinstance(database, SqliteDatabase) else database.write)(before)

    async def check(url: URL) -> None:
        order = select(events.c.stream, events.c.seq, events.c.position).order_by(events.c.position)
        async with open_database(url, SETTINGS) as database, SqlEventLog(database, SETTINGS) as log:
            found = await database.run(lambda connection: connection.execute(order).all())
            assert [tuple(row) for row in found] == [("b", 1, 1), ("a", 1, 2), ("b", 2, 3), ("a", 2, 4), ("a", 3, 5)]
            (new,) = await log.commit([Append("c", EMPTY, (event(),))])
            assert new.position == 6

    name = postgres.create_database()
    for url in (parse_url(None, tmp_path), postgres.url(name)):
        asyncio.run(older(url))
        migrate(url)
        asyncio.run(check(url))
    postgres.drop_database(name)
