"""What services cost, and whether kiosks take payment while the server is away."""

import sqlalchemy as sa
from alembic import op

revision = "0007_fees"
down_revision = "0006_holders"


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def upgrade() -> None:
    op.add_column("centres", sa.Column("pay_offline", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "fees",
        _id("centre"),
        sa.Column("position", sa.Integer, nullable=False),
        _id("service"),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=True),
        sa.Column("valid_until", sa.Date, nullable=True),
        sa.Column("waivable", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("centre", "position", name="pk_fees"),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name="fk_fees_centre"),
    )


def downgrade() -> None:
    op.drop_table("fees")
    op.drop_column("centres", "pay_offline")
