"""A process that shreds the visits ``visit-0``, ``visit-1`` ... one after another, until it is killed.

Arguments: the SQLite file, the folder of the key. Prints each visit once it is shredded.
"""

import asyncio
import sys
from pathlib import Path

from queue_server.database import open_database, parse_url
from queue_server.domain.values import VisitId
from queue_server.vault.key_file import KeyFile
from tests.queue_server.vault.room import Room


async def main(database: str, folder: str) -> None:
    async with open_database(parse_url(f"sqlite:///{database}", Path(folder))) as opened:
        room = await Room.enter(opened, KeyFile(Path(folder)))
        number = 0
        while True:
            visit = VisitId(f"visit-{number}")
            if await room.forget(visit):
                await room.keeper.settle()
            print(visit, flush=True)
            number += 1


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
