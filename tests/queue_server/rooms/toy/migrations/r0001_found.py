"""What people left behind: a branch by itself, beside the revisions of the server."""

import sqlalchemy as sa
from alembic import op

revision = "0001_found"
down_revision = None


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "found_things",
        _id("id"),
        _id("centre"),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("lies_here", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_found_things"),
    )
    op.create_table(
        "found_contacts",
        _id("thing"),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("thing", name="pk_found_contacts"),
    )


def downgrade() -> None:
    op.drop_table("found_contacts")
    op.drop_table("found_things")
