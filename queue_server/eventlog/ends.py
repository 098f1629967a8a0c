"""Where streams end, and the positions that come next: all that an append has to know before it writes."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, select, text

from queue_server.eventlog import positions
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.port import Head
from queue_server.eventlog.tables import events

_HEAD: Final = (
    select(events.c.seq, events.c.hash)
    .where(events.c.stream == bindparam("name"))
    .order_by(events.c.seq.desc())
    .limit(1)
)

# On SQLite, whose lock is held: the position that was given last comes with the end of a stream.
_HEAD_AND_LAST: Final = _HEAD.add_columns(positions.LAST.scalar_subquery())

# One statement, so that an append waits for one answer of the database less: thousands of times a day at a busy centre
# whose database is another machine. The positions are taken before it is known whether an append will do.
_BEGIN: Final = text(
    f"WITH {positions.HELD}, "  # noqa: S608 - our own
    "taken AS MATERIALIZED ("
    "SELECT array_agg(nextval('events_position')) AS places FROM held, generate_series(1, :count)) "
    "SELECT taken.places, named.stream, ended.seq, ended.hash "
    'FROM taken CROSS JOIN unnest(CAST(:names AS text[]) COLLATE "C") AS named (stream) '
    "LEFT JOIN LATERAL (SELECT seq, hash FROM events WHERE events.stream = named.stream ORDER BY seq DESC LIMIT 1) "
    "AS ended ON true"
).bindparams(space=positions.SPACE)


def head(connection: Connection, stream: str) -> Head:
    row = connection.execute(_HEAD, {"name": stream}).one_or_none()
    return EMPTY if row is None else Head(*row)


def begin(connection: Connection, streams: Sequence[str], count: int) -> tuple[dict[str, Head], Sequence[int]]:
    """Read where streams end, and take positions for ``count`` events, in their order."""
    if connection.dialect.name != "postgresql":
        if len(streams) == 1:
            row = connection.execute(_HEAD_AND_LAST, {"name": streams[0]}).one_or_none()
            if row is not None:
                seq, digest, last = row
                return {streams[0]: Head(seq, digest)}, range(last + 1, last + 1 + count)
        taken = positions.allocate(connection, count)
        return {stream: head(connection, stream) for stream in streams}, taken
    found = connection.execute(_BEGIN, {"names": list(streams), "count": count}).all()
    ends = {row.stream: EMPTY if row.seq is None else Head(row.seq, row.hash) for row in found}
    return ends, sorted(found[0].places)
