"""Every version of a catalogue as it was written, and those that count from a later day on."""

import sqlalchemy as sa
from alembic import op

revision = "0059_catalogue_versions"
down_revision = "0057_rows_of_a_visit"


def upgrade() -> None:
    op.create_table(
        "catalogue_versions",
        _id("centre"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("centre", "version", name=op.f("pk_catalogue_versions")),
    )
    op.create_table(
        "catalogue_plans",
        _id("centre"),
        sa.Column("from_day", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("centre", "from_day", name=op.f("pk_catalogue_plans")),
    )


def downgrade() -> None:
    op.drop_table("catalogue_plans")
    op.drop_table("catalogue_versions")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
