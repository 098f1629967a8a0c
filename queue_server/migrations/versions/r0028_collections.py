"""What people prove at kiosks, wrong proofs, and who may collect for somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0028_collections"
down_revision = "0027_collection_codes"


def upgrade() -> None:
    op.create_table(
        "collections",
        _id("id"),
        _id("centre"),
        _id("kiosk"),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("proved", sa.JSON, nullable=False),
        _id("code", nullable=True),
        _id("claim", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
    )
    op.create_index(op.f("ix_collections_ends_at"), "collections", ["ends_at"])
    op.create_table(
        "collection_tries",
        sa.Column("purpose", sa.String, nullable=False),
        _id("subject"),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("made", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("purpose", "subject", name=op.f("pk_collection_tries")),
    )
    op.create_table(
        "collection_authorities",
        _id("id"),
        _id("centre"),
        sa.Column("kind", sa.String, nullable=False),
        _id("application", nullable=True),
        _id("item", nullable=True),
        _id("name"),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("is_withdrawn", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_authorities")),
    )
    op.create_index(op.f("ix_collection_authorities_application"), "collection_authorities", ["application"])
    op.create_index(op.f("ix_collection_authorities_item"), "collection_authorities", ["item"])
    op.create_table(
        "collection_kiosks",
        _id("id"),
        _id("centre"),
        sa.Column("way", sa.String, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_kiosks")),
    )
    op.create_index(op.f("ix_collection_kiosks_centre_changed_at"), "collection_kiosks", ["centre", "changed_at"])


def downgrade() -> None:
    for table in ("collection_kiosks", "collection_authorities", "collection_tries", "collections"):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)
