"""Who is told how, what they are told, and how sending it goes."""

import sqlalchemy as sa
from alembic import op

revision = "0031_notices"
down_revision = "0030_lockers"


def upgrade() -> None:
    op.create_table(
        "contacts",
        _id("id"),
        _id("centre"),
        _id("subject"),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("has_email", sa.Boolean, nullable=False),
        sa.Column("has_telephone", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("subject", name=op.f("uq_contacts_subject")),
    )
    op.create_index(op.f("ix_contacts_ends_at"), "contacts", ["ends_at"])
    op.create_table(
        "notifications",
        _id("id"),
        _id("centre"),
        sa.Column("kind", sa.String, nullable=False),
        _id("subject"),
        _id("recipient"),
        sa.Column("occasion", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("not_before", sa.BigInteger, nullable=False),
        sa.Column("queued_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("refused", sa.JSON, nullable=False),
        sa.Column("channel", sa.String),
        sa.Column("next_channel", sa.String),
        sa.Column("reason", sa.String),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
    )
    op.create_index(op.f("ix_notifications_centre_state"), "notifications", ["centre", "state"])
    op.create_index(op.f("ix_notifications_next_channel_not_before"), "notifications", ["next_channel", "not_before"])
    op.create_index(op.f("ix_notifications_subject"), "notifications", ["subject"])
    op.create_table(
        "notification_attempts",
        _id("id"),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("first_at", sa.BigInteger),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        _id("holder", nullable=True),
        sa.Column("held_until", sa.BigInteger, nullable=False),
        sa.Column("code", sa.String),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_attempts")),
    )


def downgrade() -> None:
    for table in ("notification_attempts", "notifications", "contacts"):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)
