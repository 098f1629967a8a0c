"""Tables of what catalogues were and will be: each version as it was written, comments among it."""

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, String, Table, Text

from queue_server.tables import id_text, metadata

#: ``at`` is null where a release before, which kept no versions, has written it: nobody knows when.
catalogue_versions = Table(
    "catalogue_versions",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", BigInteger),
    Column("actor", String, nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("centre", "version"),
)

#: What counts from a service day on (``2026-12-01``), one a day; it leaves the table when it becomes a version.
catalogue_plans = Table(
    "catalogue_plans",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("from_day", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("centre", "from_day"),
)

#: What administrators of a centre write for it, until it is put in force or dropped.
catalogue_drafts = Table(
    "catalogue_drafts",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("revision", String, nullable=False),
    Column("base", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("centre"),
)
