"""Drawers for documents, and how many places each has."""

import sqlalchemy as sa
from alembic import op

revision = "0029_shelves"
down_revision = "0028_collections"


def upgrade() -> None:
    op.create_table(
        "shelves",
        _id("centre"),
        _id("id"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("places", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_shelves")),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name=op.f("fk_shelves_centre_centres")),
    )


def downgrade() -> None:
    op.drop_table("shelves")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
