"""What the vault holds of a visit, and how often staff have looked at it: read from the server's database."""

import sqlite3
from contextlib import closing

from queue_server.domain.values import VisitId
from tests.queue_server.web.server import Centre


def reads(centre: Centre, visit: VisitId) -> int:
    """Count how often staff who served a visit have looked at what was read of its documents."""
    query = "SELECT count(*) FROM people_reads WHERE visit = ? AND purpose = 'serving'"
    ((count,),) = _rows(centre, query, visit)
    return int(count)


def kinds(centre: Centre, visit: VisitId) -> list[str]:
    """List the kinds of the rows that the vault holds of a visit."""
    return [kind for (kind,) in _rows(centre, "SELECT kind FROM people_rows WHERE visit = ? ORDER BY kind", visit)]


def _rows(centre: Centre, query: str, visit: VisitId) -> list[tuple[str]]:
    with closing(sqlite3.connect(f"file:{centre.server.data / 'queue.sqlite'}?mode=ro", uri=True)) as database:
        return list(database.execute(query, (visit,)))
