"""Warnings that last: since when, and who has taken them. Instants are microseconds since the epoch."""

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Table

from queue_server.tables import id_text, metadata

early_warnings = Table(
    "early_warnings",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("warning", id_text(), nullable=False),
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("taken_by", id_text()),
    Column("taken_at", BigInteger),
    Column("sent_at", BigInteger),
    PrimaryKeyConstraint("centre", "warning"),
)
