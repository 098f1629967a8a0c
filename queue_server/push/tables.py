"""Which phones are told that their visit is called, and how telling them goes. No address is here: those are sealed."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table, text

from queue_server.tables import id_text, metadata

#: ``id`` is the row of the vault, ``key`` the public key with which the phone subscribed (empty before it was stored).
#: ``told_at`` is the newest call that the phone was told of, or was given up on.
push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("visit", id_text(), nullable=False),
    Column("key", String, nullable=False, server_default=text("''")),
    Column("at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("told_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", BigInteger, nullable=False),
    Column("holder", String),
    Column("held_until", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
    Index(None, "centre", "visit"),
    Index(None, "ends_at"),
)
