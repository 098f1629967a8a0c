"""Pages of information, every version of them."""

import sqlalchemy as sa
from alembic import op

revision = "0033_information"
down_revision = "0032_staffing"


def upgrade() -> None:
    op.create_table(
        "information_revisions",
        _id("centre"),
        _id("topic"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("page", sa.JSON),
        sa.PrimaryKeyConstraint("centre", "topic", "version", name=op.f("pk_information_revisions")),
    )


def downgrade() -> None:
    op.drop_table("information_revisions")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
