"""The vault: rows of people, who looked, who was shredded. Applications."""

import sqlalchemy as sa
from alembic import op

revision = "0005_people"
down_revision = "0004_desks"


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "people_rows",
        _id("id"),
        _id("person"),
        _id("visit", nullable=True),
        _id("centre"),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        _id("key_id"),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        _id("finder", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_people_rows"),
    )
    for column in ("person", "visit", "finder", "ends_at"):
        op.create_index(f"ix_people_rows_{column}", "people_rows", [column])
    op.create_index("ix_people_rows_centre_kind_ends_at", "people_rows", ["centre", "kind", "ends_at"])
    op.create_table(
        "people_reads",
        _id("id"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        _id("centre"),
        _id("row", nullable=True),
        _id("visit", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_people_reads"),
    )
    for column in ("at", "visit"):
        op.create_index(f"ix_people_reads_{column}", "people_reads", [column])
    op.create_table(
        "people_shredded",
        _id("person"),
        sa.Column("hour", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("person", "hour", name="pk_people_shredded"),
    )
    op.create_index("ix_people_shredded_hour", "people_shredded", ["hour"])
    op.create_table(
        "applications",
        _id("id"),
        _id("reference"),
        _id("centre"),
        _id("government"),
        _id("service"),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_applications"),
        sa.UniqueConstraint("reference", name="uq_applications_reference"),
    )


def downgrade() -> None:
    for table in ("applications", "people_shredded", "people_reads", "people_rows"):
        op.drop_table(table)
