"""Alarms that look ahead: since when one lasts, and who sees to it."""

import sqlalchemy as sa
from alembic import op

revision = "0044_early_warnings"
down_revision = "0043_waiting"


def upgrade() -> None:
    op.create_table(
        "early_warnings",
        sa.Column("centre", _id_text(), nullable=False),
        sa.Column("warning", _id_text(), nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("taken_by", _id_text()),
        sa.Column("taken_at", sa.BigInteger),
        sa.Column("sent_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("centre", "warning", name=op.f("pk_early_warnings")),
    )


def downgrade() -> None:
    op.drop_table("early_warnings")


def _id_text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")
