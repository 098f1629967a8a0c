"""Where snapshots of long streams are kept, beside the log: in parts, each named by its digest. Synchronous.

The log is the truth. A snapshot that is not whole, not of this release or not of this log is of no account, and nobody
waits for one to be written: parts that are there already are not written again, each new one is a short transaction,
and the one that names them all comes last.
"""

from collections.abc import Collection, Mapping
from hashlib import blake2b
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Delete,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    and_,
    delete,
    exists,
    func,
    select,
)
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from queue_server.domain.values import HOUR, Micros
from queue_server.eventlog.port import StreamHead
from queue_server.eventlog.tables import events
from queue_server.tables import id_text, metadata

#: ``name`` is the digest of ``body``, or empty for the part that names the others: of that ``version`` is the release's
#: and ``hash`` that of the event at ``seq``. ``at`` is the time of that event.
stream_snapshots = Table(
    "stream_snapshots",
    metadata,
    Column("stream", id_text(), nullable=False),
    Column("name", id_text(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("version", String, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("stream", "name"),
)

_NAMING: Final = ""
#: Days after which a snapshot is of nothing that anybody opens again.
_KEPT_DAYS: Final = 8


def name_of(body: bytes) -> str:
    return blake2b(body, digest_size=24).hexdigest()


def names(connection: Connection, stream: str) -> set[str]:
    """List the parts that are there."""
    s = stream_snapshots.c
    return set(connection.execute(select(s.name).where(s.stream == stream, s.name != _NAMING)).scalars())


def add_part(connection: Connection, end: StreamHead, at: Micros, body: bytes) -> None:
    """Add a part of a snapshot that ends at ``end``, where it is not there yet."""
    row = {"stream": end.stream, "name": name_of(body), "seq": end.seq, "at": at, "version": "", "hash": b""}
    connection.execute(_insert(connection).on_conflict_do_nothing(), row | {"body": body})


def put(  # noqa: PLR0917 - a row
    connection: Connection, end: StreamHead, at: Micros, version: str, parts: Collection[str], body: bytes
) -> bool:
    """Store what names all parts, and delete those that it does not name; false where a part is not there.

    One that goes further is left as it is.
    """
    s = stream_snapshots.c
    if connection.execute(_further(end, version)).scalar():
        return False
    there = select(func.count()).select_from(stream_snapshots).where(s.stream == end.stream, s.name.in_(parts))
    if connection.execute(there).scalar_one() != len(set(parts)):
        return False
    values = {"seq": end.seq, "at": at, "version": version, "hash": end.hash, "body": body}
    statement = _insert(connection).values(stream=end.stream, name=_NAMING, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["stream", "name"], set_=values))
    connection.execute(delete(stream_snapshots).where(s.stream == end.stream, s.name != _NAMING, s.name.not_in(parts)))
    return True


def _further(end: StreamHead, version: str):  # type: ignore[no-untyped-def] # noqa: ANN202 - a statement
    s, e = stream_snapshots.c, events.c
    stands = exists().where(e.stream == s.stream, e.seq == s.seq, e.hash == s.hash)
    of_stream = and_(s.stream == end.stream, s.name == _NAMING)
    return select(s.seq).where(of_stream, s.seq > end.seq, s.version == version, stands)


def read(connection: Connection, stream: str, version: str) -> tuple[StreamHead, bytes, Mapping[str, bytes]] | None:
    """Read a snapshot of this release that ends where the log has an event: its end, what names parts, the parts."""
    s, e = stream_snapshots.c, events.c
    naming = connection.execute(
        select(s.seq, s.hash, s.body)
        .join(events, and_(e.stream == s.stream, e.seq == s.seq, e.hash == s.hash))
        .where(s.stream == stream, s.name == _NAMING, s.version == version)
    ).first()
    if naming is None:
        return None
    parts = connection.execute(select(s.name, s.body).where(s.stream == stream, s.name != _NAMING)).all()
    return StreamHead(stream, naming.seq, naming.hash), naming.body, {row.name: row.body for row in parts}


def drop_others(connection: Connection, prefix: str, kept: Collection[str]) -> None:
    """Delete the snapshots of streams whose names begin alike, but those that are still opened."""
    s = stream_snapshots.c
    connection.execute(
        delete(stream_snapshots).where(s.stream.startswith(prefix, autoescape=True), s.stream.not_in(kept))
    )


def outlived(now: Micros, *_: object) -> Delete:
    """Make the statement that deletes what nobody opens again."""
    return delete(stream_snapshots).where(stream_snapshots.c.at < now - _KEPT_DAYS * 24 * HOUR)


def _insert(connection: Connection):  # type: ignore[no-untyped-def] # noqa: ANN202 - of one database or the other
    # That of PostgreSQL takes 16 ms to load, and is there already where it is spoken.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgres_insert  # noqa: PLC0415

        return postgres_insert(stream_snapshots)
    return sqlite_insert(stream_snapshots)
