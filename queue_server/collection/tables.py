"""Tables of collection. Instants are microseconds since the epoch.

No person is named: who may collect for somebody else stands in the vault, and codes are kept as hashes alone.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table

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

#: What somebody proved at a kiosk, and what they may have by it; ``proved`` are items with the proof of each.
collections = Table(
    "collections",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("kiosk", id_text(), nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("proved", JSON, nullable=False),
    Column("code", id_text()),
    Column("claim", id_text()),
    PrimaryKeyConstraint("id"),
)
Index(None, collections.c.ends_at)

#: Proofs that were wrong, counted by kiosk (``accounts.delays``).
collection_tries = Table(
    "collection_tries",
    metadata,
    Column("purpose", String, nullable=False),
    Column("subject", id_text(), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("made", Integer, nullable=False),
    PrimaryKeyConstraint("purpose", "subject"),
)

#: The projection of ``authority/<id>``.
collection_authorities = Table(
    "collection_authorities",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("application", id_text()),
    Column("item", id_text()),
    Column("name", id_text(), nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    PrimaryKeyConstraint("id"),
)
Index(None, collection_authorities.c.application)
Index(None, collection_authorities.c.item)

#: The projection of ``collection-kiosk/<device>``.
collection_kiosks = Table(
    "collection_kiosks",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("way", String, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
)
Index(None, collection_kiosks.c.centre, collection_kiosks.c.changed_at)
