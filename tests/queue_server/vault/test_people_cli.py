"""The vault at the command line, beside a server or without one."""

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from queue_server.cli import app
from queue_server.database import open_database, parse_url
from queue_server.domain.values import new_id, now_micros
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.keys import load_keys, people_file
from tests.queue_server.vault.room import FIRST, OTHER, TEXT, Room


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: a command line may."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    ran = CliRunner().invoke(app, ["init", "--data", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    return tmp_path


def people(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["people", *arguments, "--data", str(data)])


def in_room[T](data: Path, work: Callable[[Room], Awaitable[T]]) -> T:
    async def inside() -> T:
        async with open_database(parse_url(None, data)) as database:
            room = await Room.enter(database, people_file(data))
            room.now = now_micros()
            return await work(room)

    return asyncio.run(inside())


def test_shredding_at_the_command_line_is_for_good(data: Path) -> None:
    row = in_room(data, lambda room: room.put())
    before = load_keys(data).people
    ran = people(data, "shred", FIRST)
    assert (ran.exit_code, ran.stdout) == (0, "shredded: 1\n")
    with pytest.raises((RowUnknownError, PersonShreddedError)):
        in_room(data, lambda room: room.get(row))
    after = load_keys(data).people
    assert after.id == before.id
    assert after.nodes != before.nodes
    again = people(data, "shred", FIRST)
    assert (again.exit_code, again.stdout) == (1, "the vault holds nothing of them\n")


def test_a_person_is_shredded_by_the_name_the_vault_gave_them(data: Path) -> None:
    in_room(data, lambda room: room.put(visit=None))
    persons = in_room(data, lambda room: room.persons())
    assert people(data, "shred", persons[0]).stdout == "shredded: 1\n"
    assert in_room(data, lambda room: room.rows()) == 0


def test_who_looked_is_listed(data: Path) -> None:
    row = in_room(data, lambda room: room.put())
    assert in_room(data, lambda room: room.get(row)) == TEXT
    listed = people(data, "reads", "--visit", FIRST)
    assert listed.stdout.split("\t")[1:] == ["staff/somebody", "serving", "demo", FIRST, f"{row}\n"]
    (found,) = json.loads(people(data, "reads", "--json").stdout)
    assert found["row"] == row
    assert people(data, "reads", "--visit", new_id()).stdout == ""
    assert TEXT not in listed.output


def test_what_is_over_is_ended(data: Path) -> None:
    in_room(data, lambda room: room.put(hours=24))
    assert people(data, "ended").stdout == "ended: 0\n"
    assert in_room(data, lambda room: room.rows()) == 1

    # The hour in which it ends is not over yet, its moment is.
    in_room(data, lambda room: room.put(hours=0))
    assert people(data, "ended").stdout == "ended: 1\n"


def test_other_keys_shred_nothing(data: Path, tmp_path: Path) -> None:
    in_room(data, lambda room: room.put())
    other = tmp_path / "other"
    assert CliRunner().invoke(app, ["init", "--data", str(other)]).exit_code == 0
    url = f"sqlite:///{parse_url(None, data).database}"
    ran = CliRunner().invoke(app, ["people", "shred", FIRST, "--data", str(other), "--database", url])
    assert ran.exit_code == 1
    assert "keys-mismatch" in ran.stderr
    assert in_room(data, lambda room: room.rows()) == 1


def test_a_backup_put_back_as_the_page_for_technicians_says_shows_nothing_of_the_shredded(data: Path) -> None:
    row, other = in_room(data, lambda room: room.put()), in_room(data, lambda room: room.put(visit=OTHER))
    database, backup = data / "queue.sqlite", data / "backup.sqlite"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", (str(backup),))
    assert people(data, "shred", FIRST).exit_code == 0
    for name in ("queue.sqlite", "queue.sqlite-wal", "queue.sqlite-shm"):
        (data / name).unlink(missing_ok=True)
    backup.rename(database)
    assert in_room(data, lambda room: room.rows()) == 2
    with pytest.raises(PersonShreddedError):
        in_room(data, lambda room: room.get(row))
    assert in_room(data, lambda room: room.get(other)) == TEXT


def test_an_old_key_on_the_present_database_forgets_again(data: Path) -> None:
    """Whoever puts an old copy of the key back brings nobody back, as long as the database is the present one."""
    in_room(data, lambda room: room.put())
    file = people_file(data).path
    old = file.read_bytes()
    assert people(data, "shred", FIRST).exit_code == 0
    shredded = load_keys(data).people
    file.write_bytes(old)
    assert load_keys(data).people.nodes != shredded.nodes
    assert people(data, "ended").exit_code == 0
    present = load_keys(data).people
    assert present.meet(shredded).nodes == present.nodes
