"""Notes, messages and breaks of staff. What they say is sealed in the vault, in rows of the same ids."""

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, String, Table

from queue_server.tables import id_text, metadata

#: ``id`` is the row of the vault with what somebody has noted for themself. All of it ends with its service day.
staff_notes = Table(
    "staff_notes",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("staff", id_text(), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("centre", "staff"),
    Index(None, "ends_at"),
)
#: ``id`` is the row of the vault with what a message says. ``team`` is for whom, None for all at counters.
staff_messages = Table(
    "staff_messages",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("sender", id_text(), nullable=False),
    Column("team", String),
    Column("at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
    Index(None, "centre", "ends_at"),
    Index(None, "ends_at"),
)
#: Who has said that they have read a message, and when.
staff_message_reads = Table(
    "staff_message_reads",
    metadata,
    Column("message", id_text(), nullable=False),
    Column("staff", id_text(), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("message", "staff"),
    Index(None, "ends_at"),
)
#: What somebody said of a planned break, which begins at ``starts_at``: taken at ``at``, or not today.
staff_breaks = Table(
    "staff_breaks",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("staff", id_text(), nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("is_taken", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("centre", "staff", "starts_at"),
    Index(None, "ends_at"),
)
