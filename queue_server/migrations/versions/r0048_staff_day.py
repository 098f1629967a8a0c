"""Notes of staff for themselves, messages to them, their breaks; and whether figures of single counters are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0048_staff_day"
down_revision = "0047_figure_views"


def upgrade() -> None:
    op.create_table(
        "staff_notes",
        _id("id"),
        _id("centre"),
        _id("staff"),
        _instant("at"),
        _instant("ends_at"),
        sa.PrimaryKeyConstraint("centre", "staff", name=op.f("pk_staff_notes")),
    )
    op.create_index(op.f("ix_staff_notes_ends_at"), "staff_notes", ["ends_at"])
    op.create_table(
        "staff_messages",
        _id("id"),
        _id("centre"),
        _id("sender"),
        sa.Column("team", sa.String),
        _instant("at"),
        _instant("ends_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_messages")),
    )
    op.create_index(op.f("ix_staff_messages_centre_ends_at"), "staff_messages", ["centre", "ends_at"])
    op.create_index(op.f("ix_staff_messages_ends_at"), "staff_messages", ["ends_at"])
    op.create_table(
        "staff_message_reads",
        _id("message"),
        _id("staff"),
        _instant("at"),
        _instant("ends_at"),
        sa.PrimaryKeyConstraint("message", "staff", name=op.f("pk_staff_message_reads")),
    )
    op.create_index(op.f("ix_staff_message_reads_ends_at"), "staff_message_reads", ["ends_at"])
    op.create_table(
        "staff_breaks",
        _id("centre"),
        _id("staff"),
        _instant("starts_at"),
        sa.Column("is_taken", sa.Boolean, nullable=False),
        _instant("at"),
        _instant("ends_at"),
        sa.PrimaryKeyConstraint("centre", "staff", "starts_at", name=op.f("pk_staff_breaks")),
    )
    op.create_index(op.f("ix_staff_breaks_ends_at"), "staff_breaks", ["ends_at"])
    op.add_column("centres", sa.Column("staff_figures", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("centres", "staff_figures")
    op.drop_table("staff_breaks")
    op.drop_table("staff_message_reads")
    op.drop_table("staff_messages")
    op.drop_table("staff_notes")


def _id(name: str) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)
