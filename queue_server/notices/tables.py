"""Who is told how, what they are told (the projection of ``notification/<id>``), and how sending it goes.

No address is here: those are in the vault.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table
from sqlalchemy import UniqueConstraint as Unique

from queue_server.tables import id_text, metadata

#: ``id`` is the row of the vault, ``subject`` the stream of that for which it was given.
contacts = Table(
    "contacts",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("subject", id_text(), nullable=False),
    Column("language", String, nullable=False),
    Column("has_email", Boolean, nullable=False),
    Column("has_telephone", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
    Unique("subject"),
    Index(None, "ends_at"),
)

notifications = Table(
    "notifications",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", id_text(), nullable=False),
    Column("recipient", id_text(), nullable=False),
    Column("occasion", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("queued_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("refused", JSON, nullable=False),
    Column("channel", String),
    Column("next_channel", String),
    Column("reason", String),
    PrimaryKeyConstraint("id"),
    Index(None, "centre", "state"),
    Index(None, "next_channel", "not_before"),
    Index(None, "subject"),
)

#: How sending goes: who is just sending it until when at most, and when it is tried next. There while it waits.
notification_attempts = Table(
    "notification_attempts",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("first_at", BigInteger),
    Column("next_at", BigInteger, nullable=False),
    Column("holder", id_text()),
    Column("held_until", BigInteger, nullable=False),
    Column("code", String),
    PrimaryKeyConstraint("id"),
)
