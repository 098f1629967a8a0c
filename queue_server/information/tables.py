"""The table of the pages: every version that was ever stored; the newest of each topic is what people read."""

from sqlalchemy import JSON, BigInteger, Column, Integer, PrimaryKeyConstraint, String, Table

from queue_server.tables import id_text, metadata

#: ``page`` is null where it was taken out. The primary key is the fence: who stores second reads first.
information_revisions = Table(
    "information_revisions",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("topic", id_text(), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("page", JSON(none_as_null=True)),
    PrimaryKeyConstraint("centre", "topic", "version"),
)
