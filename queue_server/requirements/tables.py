"""Where the streams ``checklist/<visit>`` are: a row of each, written with its events.

``folded`` is the checklist as its stream left it at ``seq``, JSON with sorted keys.
"""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, PrimaryKeyConstraint, Table

from queue_server.tables import id_text, metadata

checklists = Table(
    "checklists",
    metadata,
    Column("visit", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("folded", LargeBinary, nullable=False),
    PrimaryKeyConstraint("visit"),
    Index(None, "centre", "changed_at"),
)
