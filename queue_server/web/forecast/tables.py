"""What managers tried and kept by a name. Instants are microseconds since the epoch; nobody's name is in it."""

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Table, Text

from queue_server.tables import id_text, metadata

saved_plans = Table(
    "saved_plans",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("id", id_text(), nullable=False),
    Column("day", id_text(), nullable=False),
    Column("name", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("centre", "id"),
)
