"""Tables of the vault. Instants are microseconds since the epoch."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, PrimaryKeyConstraint, String, Table, UniqueConstraint

from queue_server.tables import id_text, metadata

#: ``sealed`` is bound to all other columns but ``finder``: the HMAC by which a row is found without being read.
people_rows = Table(
    "people_rows",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("person", id_text(), nullable=False),
    Column("visit", id_text()),
    Column("centre", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("key_id", id_text(), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("finder", id_text()),
    Column("application", id_text()),
    PrimaryKeyConstraint("id"),
    Index(None, "person"),
    # Whole, so that SQLite takes it before the one below: a centre may have a hundred thousand rows, a visit has few.
    Index("ix_people_rows_of_visit", "visit", "centre", "kind", "ends_at"),
    Index(None, "finder"),
    Index(None, "ends_at"),
    Index(None, "application"),
    # The few ends of what a centre looks for, among all that it keeps for long.
    Index(None, "centre", "kind", "ends_at"),
)
#: Who looked: ``row`` is None where a search found nothing. ``seq`` counts in a centre, ``hash`` is over the line and
#: ``previous``, the hash of the one before, which was at ``previous_at`` (``people.read_chain``).
people_reads = Table(
    "people_reads",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("row", id_text()),
    Column("visit", id_text()),
    Column("seq", BigInteger, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("previous_at", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("centre", "seq"),
    Index(None, "at"),
    Index(None, "visit"),
)
#: Data keys that every server has to destroy in its own ``DATA/keys``: of ``person``, for what ends with ``hour``.
people_shredded = Table(
    "people_shredded",
    metadata,
    Column("person", id_text(), nullable=False),
    Column("hour", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    PrimaryKeyConstraint("person", "hour"),
    Index(None, "hour"),
)
