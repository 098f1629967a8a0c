"""What each day of a centre taught about waiting, and how forecasts of it went."""

import sqlalchemy as sa
from alembic import op

revision = "0043_waiting"
down_revision = "0042_remote_link"


def upgrade() -> None:
    op.create_table(
        "waiting_days",
        _id("centre"),
        _id("day"),
        sa.Column("rates", sa.LargeBinary, nullable=False),
        sa.Column("judged", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("centre", "day", name=op.f("pk_waiting_days")),
    )


def downgrade() -> None:
    op.drop_table("waiting_days")


def _id(name: str) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)
