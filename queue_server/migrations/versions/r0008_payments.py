"""Where the streams of payments are found."""

import sqlalchemy as sa
from alembic import op

revision = "0008_payments"
down_revision = "0007_fees"

_INDEXES = (
    ("centre", "visit"),
    ("centre", "changed_at"),
    ("centre", "standing"),
    ("centre", "waits"),
    ("centre", "terminal", "charged_at"),
)


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "payments",
        _id("id"),
        _id("centre"),
        _id("visit"),
        _id("driver"),
        _id("terminal"),
        sa.Column("standing", sa.String, nullable=False),
        sa.Column("waits", sa.Boolean, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("charged_at", sa.BigInteger, nullable=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
    )
    for columns in _INDEXES:
        op.create_index(f"ix_payments_{'_'.join(columns)}", "payments", list(columns))


def downgrade() -> None:
    op.drop_table("payments")
