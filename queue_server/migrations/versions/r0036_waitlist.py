"""Who waits for an appointment, and what they were offered."""

import sqlalchemy as sa
from alembic import op

revision = "0036_waitlist"
down_revision = "0035_checklists"


def upgrade() -> None:
    op.create_table(
        "waitlist_entries",
        _id("id"),
        _id("centre"),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("services", sa.JSON, nullable=False),
        sa.Column("party_size", sa.Integer, nullable=False),
        sa.Column("people", sa.JSON, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        _id("first_day"),
        _id("last_day"),
        sa.Column("earliest_min", sa.Integer, nullable=False),
        sa.Column("latest_min", sa.Integer, nullable=False),
        sa.Column("joined_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        _id("appointment", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_entries")),
    )
    op.create_index(op.f("ix_waitlist_entries_centre_state"), "waitlist_entries", ["centre", "state"])
    op.create_table(
        "waitlist_offers",
        _id("entry"),
        _id("hold"),
        _id("centre"),
        _id("day"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("held_until", sa.BigInteger, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("entry", "hold", name=op.f("pk_waitlist_offers")),
    )
    op.create_index(
        op.f("ix_waitlist_offers_centre_day_held_until"), "waitlist_offers", ["centre", "day", "held_until"]
    )
    op.create_index(op.f("ix_waitlist_offers_hold"), "waitlist_offers", ["hold"])


def downgrade() -> None:
    for table in ("waitlist_offers", "waitlist_entries"):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)
