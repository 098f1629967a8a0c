"""What days have taught: a row for each day of a centre that is over. Nobody is in it."""

from sqlalchemy import Column, LargeBinary, PrimaryKeyConstraint, Table

from queue_server.tables import id_text, metadata

#: ``judged`` is what was forecast on the day and what came of it, ``rates`` what it and the days before it teach.
waiting_days = Table(
    "waiting_days",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("day", id_text(), nullable=False),
    Column("rates", LargeBinary, nullable=False),
    Column("judged", LargeBinary, nullable=False),
    PrimaryKeyConstraint("centre", "day"),
)
