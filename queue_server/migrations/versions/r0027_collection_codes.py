"""One-time codes with which documents are collected, as hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0027_collection_codes"
down_revision = "0026_custody"


def upgrade() -> None:
    op.create_table(
        "collection_codes",
        _id("digest"),
        _id("centre"),
        _id("item"),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_collection_codes")),
    )
    op.create_index(op.f("ix_collection_codes_item"), "collection_codes", ["item"])
    op.create_index(op.f("ix_collection_codes_ends_at"), "collection_codes", ["ends_at"])


def downgrade() -> None:
    op.drop_table("collection_codes")


def _id(name: str) -> "sa.Column[str]":
    """Make a column of ids: compared byte by byte on every database."""
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
