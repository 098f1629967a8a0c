"""Kinds of service that people think of as one."""

import sqlalchemy as sa
from alembic import op

revision = "0011_groups"
down_revision = "0010_cash_desks"


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "kind_groups",
        _id("centre"),
        _id("id"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.JSON, nullable=False),
        sa.Column("icon", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("centre", "id", name="pk_kind_groups"),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name="fk_kind_groups_centre"),
    )
    op.add_column("kinds", _id("group", nullable=True))


def downgrade() -> None:
    op.drop_column("kinds", "group")
    op.drop_table("kind_groups")
