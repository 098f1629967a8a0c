"""Tables of collection: the one-time codes, as hashes alone. Instants are microseconds since the epoch."""

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Table

from queue_server.tables import id_text, metadata

#: ``used_at`` is when it opened something, or was made void; from then on it is as if it had never been.
collection_codes = Table(
    "collection_codes",
    metadata,
    Column("digest", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("item", id_text(), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    PrimaryKeyConstraint("digest"),
)
Index(None, collection_codes.c.item)
Index(None, collection_codes.c.ends_at)
