"""Phones that are told when their visit is called."""

import sqlalchemy as sa
from alembic import op

revision = "0041_push"
down_revision = "0040_reports"


def upgrade() -> None:
    op.create_table(
        "push_subscriptions",
        _id("id"),
        _id("centre"),
        _id("visit"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("told_at", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.String),
        sa.Column("held_until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscriptions")),
    )
    op.create_index(op.f("ix_push_subscriptions_centre_visit"), "push_subscriptions", ["centre", "visit"])
    op.create_index(op.f("ix_push_subscriptions_ends_at"), "push_subscriptions", ["ends_at"])


def downgrade() -> None:
    op.drop_table("push_subscriptions")


def _id(name: str) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)
