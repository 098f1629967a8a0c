"""Snapshots of streams, by which a server starts without reading a long day: they may be lost at any time."""

import sqlalchemy as sa
from alembic import op

revision = "0056_snapshots"
down_revision = "0055_turns"


def upgrade() -> None:
    op.create_table(
        "stream_snapshots",
        sa.Column("stream", _id_text(), nullable=False),
        sa.Column("name", _id_text(), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("stream", "name", name=op.f("pk_stream_snapshots")),
    )


def downgrade() -> None:
    op.drop_table("stream_snapshots")


def _id_text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")
