"""By what a payment is found: the numbers of its slips, and its amounts. Payments of before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0014_marks"
down_revision = "0013_language_room"


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "payment_marks",
        _id("payment"),
        _id("centre"),
        sa.Column("kind", sa.String, nullable=False),
        _id("value"),
        sa.PrimaryKeyConstraint("payment", "kind", "value", name="pk_payment_marks"),
    )
    op.create_index("ix_payment_marks_centre_kind_value", "payment_marks", ["centre", "kind", "value"])


def downgrade() -> None:
    op.drop_table("payment_marks")
