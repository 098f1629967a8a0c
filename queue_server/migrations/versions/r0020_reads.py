"""Chain who looked at personal data. Lines of before have no chain and go: no release has written any."""

import sqlalchemy as sa
from alembic import op

revision = "0020_reads"
down_revision = "0019_second_factor"


def upgrade() -> None:
    op.drop_table("people_reads")
    _create(
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("previous_at", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("centre", "seq", name=op.f("uq_people_reads_centre_seq")),
    )


def downgrade() -> None:
    op.drop_table("people_reads")
    _create()


def _create(*more: sa.schema.SchemaItem) -> None:
    op.create_table(
        "people_reads",
        _id("id"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        _id("centre"),
        _id("row", nullable=True),
        _id("visit", nullable=True),
        *more,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_reads")),
    )
    for column in ("at", "visit"):
        op.create_index(op.f(f"ix_people_reads_{column}"), "people_reads", [column])


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=nullable)
