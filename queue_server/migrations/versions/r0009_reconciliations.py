"""Where the ends of terminals' days are found."""

import sqlalchemy as sa
from alembic import op

revision = "0009_reconciliations"
down_revision = "0008_payments"


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "reconciliations",
        _id("id"),
        _id("centre"),
        _id("driver"),
        _id("terminal"),
        _id("device"),
        sa.Column("closed_at", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("alarms", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reconciliations"),
    )
    for columns in (["centre", "terminal", "closed_at"], ["centre", "at"]):
        op.create_index(f"ix_reconciliations_{'_'.join(columns)}", "reconciliations", columns)


def downgrade() -> None:
    op.drop_table("reconciliations")
