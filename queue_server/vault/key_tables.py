"""What a database holds of the keys of its servers: names, times, never a key."""

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, String, Table, Text

from queue_server.tables import metadata

#: The newest key of each name: a server that has not got it is none of this database's.
key_fingerprints = Table(
    "key_fingerprints",
    metadata,
    Column("name", String, primary_key=True),
    Column("fingerprint", String, nullable=False),
)

#: Every key of a name that was ever changed: from when on it makes, and until when what it made counts. The last one
#: has no end.
key_periods = Table(
    "key_periods",
    metadata,
    Column("name", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),
    PrimaryKeyConstraint("name", "fingerprint"),
)

#: The servers that work now: which keys each has (JSON, names with fingerprints), and when it said so.
key_holders = Table(
    "key_holders",
    metadata,
    Column("server", String, primary_key=True),
    Column("machine", String, nullable=False),
    Column("held", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
