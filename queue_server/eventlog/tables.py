"""Tables of the event log."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, String, Table

from queue_server.tables import id_text, metadata

#: The log itself, append-only. The columns stand in the order of ``port.Event``. ``position`` is not hashed: it is
#: where this database has put the event among all others (``positions``).
events = Table(
    "events",
    metadata,
    Column("stream", id_text(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("type", String, nullable=False),
    Column("v", Integer, nullable=False),
    Column("command", id_text(), nullable=False),
    Column("actor", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("position", BigInteger, nullable=False),
    PrimaryKeyConstraint("stream", "seq"),
    Index(None, "position", unique=True),
    sqlite_with_rowid=False,
)

#: The end of every stream, moved in the transaction that appends: what the poll behind the wake-ups reads, and how
#: ``verify`` sees a cut tail before the day is closed. ``at`` is that of the last event; it is not indexed, since it is
#: looked for once a day and changes with every commit.
heads = Table(
    "heads",
    metadata,
    Column("stream", id_text(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("stream"),
    sqlite_with_rowid=False,
)

#: How far each projection has come: all events of its streams up to ``position`` are shown in its rows, which are those
#: of its ``version``.
projections = Table(
    "projections",
    metadata,
    Column("name", id_text(), nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    PrimaryKeyConstraint("name"),
)
