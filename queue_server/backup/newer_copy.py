"""A copy of a SQLite database from a later moment than the backup: it takes the place of the one in the backup.

Keys and certificates come from the backup, which has them; the database from what copies it all the time.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, Connection, func, select

from queue_server.backup.copies import copy_sqlite
from queue_server.backup.errors import CopyOlderError
from queue_server.database import open_database
from queue_server.domain.values import Micros
from queue_server.eventlog import statements, witness
from queue_server.eventlog.tables import heads
from queue_server.framework.rooms import RoomCollection
from queue_server.migrations import SchemaState, revisions_of, state_of
from queue_server.readiness import DatabaseEmptyError, SchemaNewerError


def take_newer(newer: Path, place: URL, rooms: RoomCollection) -> Micros | None:
    """Put a copy of ``newer`` in the place of a database that is not used.

    Gives when its last event was written, None where there is no event yet.

    Raises:
        DatabaseEmptyError: there is none.
        DatabaseUnavailableError: it cannot be read.
        SchemaNewerError: a newer release wrote it.
        CopyOlderError: it lacks something that was in ``place``.
    """
    ends = asyncio.run(_ask(place, lambda connection: statements.streams(connection, "")))
    brought = Path(str(place.database))
    # With what SQLite may have left beside it, which it would take for a part of the copy.
    for one in brought.parent.glob(f"{brought.name}*"):
        one.unlink()
    copy_sqlite(newer, brought)

    def look(connection: Connection) -> Micros | None:
        state = state_of(revisions_of(connection), rooms.migrations)
        if state is SchemaState.NEWER:
            raise SchemaNewerError(file=newer.name)
        if state is SchemaState.EMPTY:
            raise DatabaseEmptyError
        if lost := witness.lost(connection, ends):
            raise CopyOlderError(amount=len(lost))
        written_last: Micros | None = connection.execute(select(func.max(heads.c.at))).scalar_one()
        return written_last

    return asyncio.run(_ask(place, look))


async def _ask[T](url: URL, work: Callable[[Connection], T]) -> T:
    async with open_database(url) as database:
        return await database.run(work)
