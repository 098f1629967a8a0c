"""Every table is either shredded or known to hold nothing of a person; what is over leaves each."""

import importlib
import pkgutil

import pytest
from sqlalchemy import Column, Connection, MetaData, String, Table, func, insert, select

import queue_server
from queue_server.accounts.model import AccountRules
from queue_server.accounts.tables import sessions, tries
from queue_server.database import SqliteDatabase
from queue_server.domain.values import HOUR, SECOND, Micros
from queue_server.framework.room import shred
from queue_server.framework.settings import ServerSettings
from queue_server.tables import metadata
from queue_server.vault.tables import people_shredded
from tests.queue_server.house import KNOWN
from tests.queue_server.vault.room import NOON, Room

for module in pkgutil.walk_packages(queue_server.__path__, "queue_server."):
    if module.name.rpartition(".")[2] in ("tables", "store", "keys"):
        importlib.import_module(module.name)


def forgotten(tables: MetaData) -> set[str]:
    """Name the tables of which nobody has said how people leave them."""
    return set(tables.tables) - KNOWN.tables.keys()


def test_every_table_has_a_shredder_or_a_reason() -> None:
    assert forgotten(metadata) == set()
    assert set(KNOWN.tables) == set(metadata.tables)
    assert all(len(leaving) > 10 for leaving in KNOWN.tables.values() if isinstance(leaving, str))


def test_a_table_without_one_is_found() -> None:
    more = MetaData()
    Table("addresses", more, Column("telephone", String))
    assert forgotten(more) == {"addresses"}


SHREDDERS = {name: leaving for name, leaving in KNOWN.tables.items() if not isinstance(leaving, str)}


@pytest.mark.parametrize("name", SHREDDERS)
def test_a_shredder_deletes_from_its_own_table(name: str) -> None:
    assert str(SHREDDERS[name](NOON, ServerSettings())).split()[:3] == ["DELETE", "FROM", name]


async def test_sessions_and_tries_that_are_over_leave(room: Room) -> None:
    rules = ServerSettings(AccountRules(session_s=60, sign_in_window_s=10, enrol_window_s=20))
    session = {"id": "s", "staff": "x", "centre": "c", "csrf": "t", "last_seen": NOON}
    ages = {"over": NOON - 60 * SECOND, "living": NOON - 59 * SECOND}
    made = {"over": NOON - 20 * SECOND, "living": NOON - 19 * SECOND}

    def fill(connection: Connection) -> None:
        for name, created in ages.items():
            connection.execute(insert(sessions).values(session | {"id": name, "created": created}))
        for name, since in made.items():
            connection.execute(insert(tries).values(purpose="sign-in", subject=name, since=since, made=1))

    def left(connection: Connection) -> tuple[list[str], list[str]]:
        shred(connection, NOON, rules, KNOWN.tables)
        return (
            list(connection.execute(select(sessions.c.id)).scalars()),
            list(connection.execute(select(tries.c.subject)).scalars()),
        )

    # Of accounts that are not there: only their age matters here.
    assert isinstance(room.database, SqliteDatabase)
    await room.database.rebuild(fill)
    assert await room.database.write(left) == (["living"], ["living"])


async def test_the_list_of_the_shredded_is_kept_until_their_hour_is_over(room: Room) -> None:
    await room.put(hours=1)
    await room.forget()

    async def listed(now: int) -> int:
        def count(connection: Connection) -> int:
            shred(connection, Micros(now), ServerSettings(), KNOWN.tables)
            return connection.execute(select(func.count()).select_from(people_shredded)).scalar_one()

        return await room.database.write(count)

    end = -(-(NOON + HOUR) // HOUR) * HOUR
    assert await listed(end - 1) == 1
    assert await listed(end) == 0
