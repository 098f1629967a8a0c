"""Who sees to alarms that are no early warnings."""

import sqlalchemy as sa
from alembic import op

revision = "0050_alarm_assignments"
down_revision = "0049_first_waits"


def upgrade() -> None:
    op.create_table(
        "alarm_assignments",
        sa.Column("centre", _id_text(), nullable=False),
        sa.Column("alarm", _id_text(), nullable=False),
        sa.Column("taken_by", _id_text(), nullable=False),
        sa.Column("taken_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("centre", "alarm", name=op.f("pk_alarm_assignments")),
    )
    op.create_index(op.f("ix_alarm_assignments_ends_at"), "alarm_assignments", ["ends_at"])


def downgrade() -> None:
    op.drop_table("alarm_assignments")


def _id_text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")
