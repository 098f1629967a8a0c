"""Where each event stands among all, how far each projection has come, and entities whole in the rows that show them.

Events of before get places that keep the order within each stream, by time as far as that is told. Their projections
are built anew (``queue-server migrate`` does so).
"""

import sqlalchemy as sa
from alembic import op

revision = "0023_positions"
down_revision = "0022_sign_in_news"

#: A clock that went back within a stream (a day that goes on) does not change places there.
_PLACED = (
    "SELECT stream, seq, row_number() OVER (ORDER BY told, stream, seq) AS place FROM ("
    "SELECT stream, seq, max(at) OVER (PARTITION BY stream ORDER BY seq) AS told FROM events) AS by_time"
)
_COLUMNS = "stream, seq, at, type, v, command, actor, payload, hash"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        _place_on_postgres()
    else:
        _place_on_sqlite()
    op.create_index(op.f("ix_events_position"), "events", ["position"], unique=True)
    op.create_table(
        "projections",
        _id("name"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_projections")),
    )
    for table in ("payments", "reconciliations"):
        op.add_column(table, sa.Column("folded", sa.LargeBinary, nullable=True))


def _place_on_postgres() -> None:
    op.add_column("events", sa.Column("position", sa.BigInteger, nullable=True))
    op.execute(
        f"UPDATE events SET position = placed.place FROM ({_PLACED}) AS placed"  # noqa: S608 - nothing of it is told
        " WHERE events.stream = placed.stream AND events.seq = placed.seq"
    )
    op.alter_column("events", "position", nullable=False)
    # Its last value is below every place that is still to be given, from the beginning.
    op.execute("CREATE SEQUENCE events_position AS bigint MINVALUE 0 START 0 CACHE 1 OWNED BY events.position")
    op.execute("SELECT setval('events_position', (SELECT coalesce(max(position), 0) FROM events), true)")


def _place_on_sqlite() -> None:
    op.rename_table("events", "events_before")
    op.create_table(
        "events",
        _id("stream"),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("v", sa.Integer, nullable=False),
        _id("command"),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_events")),
        sqlite_with_rowid=False,
    )
    placed = _PLACED.replace("FROM events)", "FROM events_before)")
    op.execute(
        f"INSERT INTO events ({_COLUMNS}, position) SELECT {_COLUMNS}, place"  # noqa: S608 - nothing of it is told
        f" FROM events_before JOIN ({placed}) AS placed USING (stream, seq)"
    )
    op.drop_table("events_before")


def downgrade() -> None:
    for table in ("payments", "reconciliations"):
        op.drop_column(table, "folded")
    op.drop_table("projections")
    op.drop_index(op.f("ix_events_position"), "events")
    op.drop_column("events", "position")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
