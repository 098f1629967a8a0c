"""What managers tried of a day's counters, kept by a name."""

import sqlalchemy as sa
from alembic import op

revision = "0051_saved_plans"
down_revision = "0050_alarm_assignments"


def upgrade() -> None:
    op.create_table(
        "saved_plans",
        sa.Column("centre", _id_text(), nullable=False),
        sa.Column("id", _id_text(), nullable=False),
        sa.Column("day", _id_text(), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_saved_plans")),
    )


def downgrade() -> None:
    op.drop_table("saved_plans")


def _id_text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")
