"""The event log, the ends of its streams, and the fingerprints of the keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001_log"
down_revision = None


def upgrade() -> None:
    id_text = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "events",
        sa.Column("stream", id_text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("v", sa.Integer, nullable=False),
        sa.Column("command", id_text, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name="pk_events"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "heads",
        sa.Column("stream", id_text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("stream", name="pk_heads"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "key_fingerprints",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_key_fingerprints"),
    )


def downgrade() -> None:
    """Go back to an empty database: only while nothing is in it."""
    for table in ("key_fingerprints", "heads", "events"):
        op.drop_table(table)
