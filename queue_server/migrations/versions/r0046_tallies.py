"""What days come to by service, hour, step and so on; ``rebuild`` fills it. What a service means to keep."""

import sqlalchemy as sa
from alembic import op

revision = "0046_tallies"
down_revision = "0045_alarm_rules"

_COUNTS = (
    "visits",
    "arrived",
    "people",
    "served",
    "missed",
    "abandoned",
    "not_served",
    "calls",
    "judged",
    "kept",
    "transfers",
    "recalls",
    "settlements",
    "waited_s",
    "walked_s",
    "served_s",
    "stayed_s",
)


def upgrade() -> None:
    op.create_table(
        "report_tallies",
        _id("book"),
        _id("dimension"),
        _id("key"),
        _id("centre"),
        _id("day"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _COUNTS),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("waits", "walks", "services", "stays")),
        sa.PrimaryKeyConstraint("book", "dimension", "key", name=op.f("pk_report_tallies")),
    )
    op.create_index(op.f("ix_report_tallies_centre_dimension_day"), "report_tallies", ["centre", "dimension", "day"])
    op.add_column("services", sa.Column("standard_minutes", sa.Integer))
    op.add_column("services", sa.Column("standard_percent", sa.Integer, nullable=False, server_default="80"))


def downgrade() -> None:
    op.drop_column("services", "standard_percent")
    op.drop_column("services", "standard_minutes")
    op.drop_table("report_tallies")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
