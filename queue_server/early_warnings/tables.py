"""Warnings that last: since when, and who has taken them; and who has taken other alarms.

Instants are microseconds since the epoch.
"""

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Table

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
#: Alarms that are no early warnings, whom somebody sees to; a row ends with its service day, or with the alarm.
alarm_assignments = Table(
    "alarm_assignments",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("alarm", id_text(), nullable=False),
    Column("taken_by", id_text(), nullable=False),
    Column("taken_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("centre", "alarm"),
    Index(None, "ends_at"),
)
