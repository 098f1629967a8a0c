"""``queue-server custody``: a whole chain is told hand by hand, and whatever is done to the database file is named."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from queue_server.accounts.model import Role
from queue_server.cli import app
from queue_server.domain.values import Actor, Micros, to_datetime
from queue_server.eventlog.hash_chain import event_hash
from queue_server.eventlog.port import Event
from tests.queue_server.custody.test_custody import CUSTODY, bag, does, handed_in
from tests.queue_server.house import copy_of, house

#: Damages the database that is open, knowing the streams of three items and of the bag in which two of them were.
Damage = Callable[["Enemy"], None]


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the commands block: each has a loop of its own."""


async def play(data: Path) -> list[dict[str, Any]]:
    """Hand three things in; two travel in a bag, and one of them comes back and is handed over."""
    async with house(data) as here:
        clerk, _ = await here.staff(Role.CUSTODY, None)
        items = [await handed_in(clerk, pages=32), await handed_in(clerk, kind="form"), await handed_in(clerk)]
        for item, place in zip(items, ("2-D-14", "2-D-15", "2-D-16"), strict=True):
            await does(clerk, item["id"], "shelve", {"place": place})
        out = await bag(clerk, "", {"government": "UTO"})
        for item in items[:2]:
            await bag(clerk, f"/{out['id']}/add", {"item": item["label"]})
        await bag(clerk, f"/{out['id']}/seal", {"seal": "S1001"})
        await bag(clerk, "/S1001/dispatch")
        await bag(clerk, "/S1001/acknowledge", {})
        back = await bag(clerk, "", {"government": "UTO", "direction": "back", "seal": "UT-9"})
        await bag(clerk, f"/{back['id']}/unpack", {"item": items[0]["label"]})
        await bag(clerk, "/UT-9/finish", {"expected": 1})
        await does(clerk, items[0]["id"], "ready")
        await does(clerk, items[0]["id"], "hand-over", {"proof": "document"})
        third = (await clerk.get(f"{CUSTODY}/items/{items[2]['id']}")).body["item"]
        assert third["holder"] == "shelf"
        return [*items, out]


@pytest.fixture(scope="module")
def day(template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    data = copy_of(template, tmp_path_factory.mktemp("custody") / "data")
    return data, asyncio.run(play(data))


class Enemy:
    """Somebody who may write to the database file, and knows how it is hashed."""

    def __init__(self, connection: sqlite3.Connection, made: list[dict[str, Any]]) -> None:
        self.connection = connection
        self.first, self.second, self.third = (f"custody/{one['id']}" for one in made[:3])
        self.out = f"bag/{made[3]['id']}"

    def sql(self, statement: str, *values: object) -> None:
        assert self.connection.execute(statement, values).rowcount > 0

    def payload(self, stream: str, seq: int, **changes: Any) -> None:
        query = "SELECT payload FROM events WHERE stream = ? AND seq = ?"
        (found,) = self.connection.execute(query, (stream, seq)).fetchone()
        written = json.dumps(json.loads(found) | changes, sort_keys=True, separators=(",", ":")).encode()
        self.sql("UPDATE events SET payload = ? WHERE stream = ? AND seq = ?", written, stream, seq)
        self.rehash(stream)

    def cut(self, stream: str, seq: int) -> None:
        """Take an event out, and close the gap."""
        self.sql("DELETE FROM events WHERE stream = ? AND seq = ?", stream, seq)
        later = "SELECT seq FROM events WHERE stream = ? AND seq > ? ORDER BY seq"
        for (old,) in self.connection.execute(later, (stream, seq)).fetchall():
            self.sql("UPDATE events SET seq = ? WHERE stream = ? AND seq = ?", old - 1, stream, old)
        self.rehash(stream)

    def forge(self, stream: str, kind: str, /, actor: str = "staff/enemy", **fields: Any) -> None:
        written = json.dumps({"item": stream.partition("/")[2]} | fields, sort_keys=True, separators=(",", ":"))
        self.sql(
            "INSERT INTO events SELECT stream, max(seq) + 1, max(at), ?, 1, 'forged', ?, ?, x'',"
            " (SELECT max(position) + 1 FROM events) FROM events WHERE stream = ?",
            kind,
            actor,
            written.encode(),
            stream,
        )
        self.rehash(stream)

    def rehash(self, stream: str) -> None:
        """Hash a stream anew, and its end: what is left to find is what it says."""
        rows = self.connection.execute("SELECT * FROM events WHERE stream = ? ORDER BY seq", (stream,)).fetchall()
        previous = b""
        for row in rows:
            event = Event(stream, row[1], Micros(row[2]), row[3], row[4], row[5], Actor(row[6]), row[7], b"")
            previous = event_hash(previous, stream, row[1], event)
            self.sql("UPDATE events SET hash = ? WHERE stream = ? AND seq = ?", previous, stream, row[1])
        self.sql("UPDATE heads SET seq = ?, hash = ? WHERE stream = ?", rows[-1][1], previous, stream)


def run(*arguments: str | Path, status: int) -> str:
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


def test_what_is_whole_is_said_to_be_and_told_hand_by_hand(day: tuple[Path, list[dict[str, Any]]]) -> None:
    data, (first, *_, out) = day
    assert "ok: 3 items, 2 bags" in run("custody", "verify", "--data", data, status=0)
    assert run("verify", "--data", data, status=0).startswith("ok: ")
    said = run("custody", "chain", first["label"], "--data", data, status=0).splitlines()
    assert said[0] == f"{first['label']} at demo, custody/{first['id']}"
    lines = [line.split("\t") for line in said[1:]]
    assert [one[1] for one in lines] == [
        "desk",
        "shelf 2-D-14",
        f"bag {out['id']}",
        f"carrier {out['id']}",
        "authority",
        "desk",
        "desk",
        "person",
    ]
    assert all(one[3].startswith("staff/") for one in lines)


def test_who_had_it_at_a_moment_is_told(day: tuple[Path, list[dict[str, Any]]]) -> None:
    data, (first, *_) = day
    chain = ("custody", "chain", first["barcode"], "--centre", "demo", "--data", data)
    found = json.loads(run(*chain, "--json", status=0))
    at = to_datetime(Micros(found["hands"][3]["since"])).isoformat()
    assert "\tcarrier " in run(*chain, "--at", at, status=0).splitlines()[1]
    assert "nobody" in run(*chain, "--at", "2001-01-01", status=0)


def test_what_is_no_label_and_what_is_not_there_are_said(day: tuple[Path, list[dict[str, Any]]]) -> None:
    data, (first, *_) = day
    run("custody", "chain", "P1234567", "--data", data, status=2)
    assert "item-unknown" in run("custody", "chain", "D99999", "--data", data, status=1)
    run("custody", "chain", first["label"], "--centre", "harbour", "--data", data, status=1)
    run("custody", "chain", first["label"], "--at", "yesterday", "--data", data, status=2)


def edit(enemy: Enemy) -> None:
    enemy.sql("UPDATE events SET actor = 'staff/nobody' WHERE stream = ? AND seq = 2", enemy.first)


def edit_a_type(enemy: Enemy) -> None:
    enemy.sql("UPDATE events SET at = 'soon' WHERE stream = ? AND seq = 2", enemy.third)


def write_nonsense(enemy: Enemy) -> None:
    enemy.sql("UPDATE events SET payload = x'7b' WHERE stream = ? AND seq = 2", enemy.third)
    enemy.rehash(enemy.third)


def name_another(enemy: Enemy) -> None:
    enemy.payload(enemy.third, 2, item=enemy.first.partition("/")[2])


def take_one_out(enemy: Enemy) -> None:
    enemy.sql("DELETE FROM events WHERE stream = ? AND seq = 7", enemy.first)


def take_one_out_and_hash_anew(enemy: Enemy) -> None:
    enemy.cut(enemy.first, 7)


def cut_the_end(enemy: Enemy) -> None:
    enemy.sql("DELETE FROM events WHERE stream = ? AND seq = 8", enemy.first)


def take_a_stream(enemy: Enemy) -> None:
    enemy.sql("DELETE FROM events WHERE stream = ?", enemy.third)


def hash_an_end_anew(enemy: Enemy) -> None:
    enemy.sql("UPDATE heads SET hash = x'00' WHERE stream = ?", enemy.third)


def set_the_clock_back(enemy: Enemy) -> None:
    enemy.sql("UPDATE events SET at = at - 3600000000 WHERE stream = ? AND seq = 2", enemy.third)
    enemy.rehash(enemy.third)


def hand_over_what_is_not_ready(enemy: Enemy) -> None:
    enemy.forge(enemy.third, "item-handed-over", proof="document", claim=None, witness=None)


def hand_over_twice(enemy: Enemy) -> None:
    enemy.forge(enemy.first, "item-handed-over", proof="document", claim=None, witness=None)


def hand_in_again(enemy: Enemy) -> None:
    (found,) = enemy.connection.execute(
        "SELECT payload FROM events WHERE stream = ? AND seq = 1", (enemy.third,)
    ).fetchone()
    enemy.forge(enemy.third, "item-received", **json.loads(found))


def lose_alone(enemy: Enemy) -> None:
    enemy.forge(enemy.third, "item-missed", by="staff")
    enemy.forge(enemy.third, "item-lost", actor="staff/enemy", witness="enemy")


def lay_two_in_a_place(enemy: Enemy) -> None:
    enemy.payload(enemy.third, 2, place="2-D-15")


def give_two_a_label(enemy: Enemy) -> None:
    enemy.payload(enemy.third, 1, label=10_002)


def change_what_was_handed_in(enemy: Enemy) -> None:
    enemy.payload(enemy.first, 1, pages=12)


def change_the_list(enemy: Enemy) -> None:
    enemy.payload(enemy.out, 4, manifest="00" * 32)


def take_off_the_list(enemy: Enemy) -> None:
    enemy.cut(enemy.out, 3)


def leave_one_behind(enemy: Enemy) -> None:
    enemy.cut(enemy.second, 4)


def use_a_seal_again(enemy: Enemy) -> None:
    forged = {"centre": "demo", "direction": "out", "government": "UTO", "is_whole": True, "seal": "S1001"}
    enemy.sql(
        "INSERT INTO events SELECT 'bag/forged', 1, at, 'bag-opened', 1, 'forged', 'staff/enemy', ?, x'',"
        " (SELECT max(position) + 1 FROM events) FROM events WHERE stream = ? AND seq = 1",
        json.dumps({"bag": "forged"} | forged, sort_keys=True).encode(),
        enemy.out,
    )
    enemy.sql("INSERT INTO heads VALUES ('bag/forged', 1, 0, x'')")
    enemy.rehash("bag/forged")


def move_a_row(enemy: Enemy) -> None:
    enemy.sql("UPDATE custody_items SET place = '9-Z-1' WHERE id = ?", enemy.third.partition("/")[2])


def delete_a_row(enemy: Enemy) -> None:
    enemy.sql("DELETE FROM custody_items WHERE id = ?", enemy.third.partition("/")[2])


def change_a_bag(enemy: Enemy) -> None:
    enemy.sql("UPDATE custody_bags SET items = '[]' WHERE id = ?", enemy.out.partition("/")[2])


DAMAGES: dict[Damage, set[tuple[str, str, int]]] = {
    edit: {("hash", "first", 2)},
    edit_a_type: {("hash", "third", 2), ("unreadable", "third", 2)},
    write_nonsense: {("unreadable", "third", 2)},
    name_another: {("unreadable", "third", 2)},
    take_one_out: {("gap", "first", 7), ("order", "first", 8)},
    take_one_out_and_hash_anew: {("order", "first", 7), ("row-altered", "first", 0)},
    cut_the_end: {("missing", "first", 8), ("row-altered", "first", 0)},
    take_a_stream: {("missing", "third", 1), ("row-unfounded", "third", 0)},
    hash_an_end_anew: {("link", "third", 2)},
    set_the_clock_back: {("time", "third", 2), ("row-altered", "third", 0)},
    hand_over_what_is_not_ready: {("order", "third", 3), ("row-altered", "third", 0)},
    hand_over_twice: {("order", "first", 9), ("row-altered", "first", 0)},
    hand_in_again: {("order", "third", 3)},
    lose_alone: {("witness", "third", 4), ("row-altered", "third", 0)},
    lay_two_in_a_place: {("place", "third", 2), ("row-altered", "third", 0)},
    give_two_a_label: {("label", "third", 1), ("row-altered", "third", 0)},
    change_what_was_handed_in: {("manifest", "out", 4), ("row-altered", "first", 0)},
    change_the_list: {("manifest", "out", 4), ("row-altered", "out", 0)},
    take_off_the_list: {
        ("bag", "second", 3),
        ("bag", "second", 4),
        ("bag", "second", 5),
        ("manifest", "out", 3),
        ("row-altered", "out", 0),
    },
    leave_one_behind: {("bag", "out", 5), ("bag", "second", 4), ("order", "second", 4), ("row-altered", "second", 0)},
    use_a_seal_again: {("seal", "forged", 1), ("row-missing", "forged", 0)},
    move_a_row: {("row-altered", "third", 0)},
    delete_a_row: {("row-missing", "third", 0)},
    change_a_bag: {("row-altered", "out", 0)},
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_whatever_is_done_to_the_database_is_named(
    damage: Damage, day: tuple[Path, list[dict[str, Any]]], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(day[0], data)
    connection = sqlite3.connect(data / "queue.sqlite")
    with connection:
        enemy = Enemy(connection, day[1])
        damage(enemy)
    connection.close()
    names = {enemy.first: "first", enemy.second: "second", enemy.third: "third", enemy.out: "out"}
    report = json.loads(run("custody", "verify", "--json", "--data", data, status=1))
    assert not report["ok"]
    found = {
        (one["code"], names.get(one["stream"], one["stream"].partition("/")[2]), one["seq"]) for one in report["breaks"]
    }
    assert found == DAMAGES[damage]
    lines = run("custody", "verify", "--data", data, status=1).splitlines()
    assert lines[-1].startswith(f"bad: {len(report['breaks'])} breaks")
    third = day[1][2]["label"]
    assert run(
        "custody", "chain", third, "--data", data, status=1 if any(name == "third" for _, name, _ in found) else 0
    )
