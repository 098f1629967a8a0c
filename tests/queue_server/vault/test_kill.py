"""Kill -9 while people are shredded: what was told as shredded is gone, the rest is read, nothing is in between."""

import asyncio
import random
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL, select

from queue_server.database import open_database
from queue_server.domain.values import HOUR, Micros, VisitId
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.puncturable import hour_of, leaf
from queue_server.vault.tables import people_rows
from tests.queue_server.eventlog.conftest import SETTINGS
from tests.queue_server.vault.room import NOON, TEXT, Room, make_folder

MANY = 60
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("round_", range(3))
async def test_a_process_that_dies_while_it_shreds_leaves_nobody_half_gone(
    sqlite_url: URL, tmp_path: Path, round_: int
) -> None:
    file = await asyncio.to_thread(make_folder, tmp_path / "keys")
    async with open_database(sqlite_url, SETTINGS) as database:
        room = await Room.enter(database, file)
        rows = [await room.put(visit=VisitId(f"visit-{number}"), hours=24) for number in range(MANY)]
        found = await database.run(
            lambda connection: {row.id: row.person for row in connection.execute(select(people_rows)).all()}
        )
    told = await _run_and_kill(sqlite_url, tmp_path / "keys", random.Random(round_))
    print(f"round {round_}: {told} told as shredded before the kill")
    async with open_database(sqlite_url, SETTINGS) as database:
        room = await Room.enter(database, file)
        await room.keeper.settle()
        key = await asyncio.to_thread(file.load)
        gone = []
        for number, row in enumerate(rows):
            reached = key.reaches(leaf(hour_of(Micros(NOON + 24 * HOUR)), "person", found[row]))
            try:
                assert await room.get(row) == TEXT
            except (RowUnknownError, PersonShreddedError):
                gone.append(number)
                assert not reached, "the row is gone, its key is not"
            else:
                assert reached
        # In order, all that were told, and at most the one at which it died.
        assert gone == list(range(len(gone)))
        assert told <= len(gone) <= told + 1


async def _run_and_kill(url: URL, folder: Path, chance: random.Random) -> int:
    """Kill it somewhere within a shredding; returns how many it had told."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.queue_server.vault.shred_one_by_one",
        str(url.database),
        str(folder),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    told = chance.randrange(3, 20)
    for _ in range(told):
        assert await process.stdout.readline()
    # Somewhere within a shredding, which takes some milliseconds: nothing is waited for.
    await asyncio.sleep(chance.uniform(0, 0.02))
    process.kill()
    told += (await process.stdout.read()).count(b"\n")
    await process.wait()
    return told
