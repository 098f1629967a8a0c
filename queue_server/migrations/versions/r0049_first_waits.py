"""How long visits waited for their first call is counted in the tallies too; ``rebuild`` fills them."""

import sqlalchemy as sa
from alembic import op

revision = "0049_first_waits"
down_revision = "0048_staff_day"

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
)
_VIEW = """
CREATE VIEW figures_tallies AS SELECT
  centre, day, dimension, key, visits, arrived, people, served, missed, abandoned, not_served, calls,
  judged AS calls_with_promise, kept AS calls_in_time, transfers, recalls, settlements,
  waited_s / 60.0 AS minutes_waited, walked_s / 60.0 AS minutes_walked,
  served_s / 60.0 AS minutes_served, stayed_s / 60.0 AS minutes_stayed{more}
FROM report_tallies
"""


def upgrade() -> None:
    _replace(
        ("waited_s", "walked_s", "served_s", "stayed_s", "first_waited_s"),
        ("waits", "walks", "services", "stays", "first_waits"),
        ", first_waited_s / 60.0 AS minutes_to_first_call",
    )


def downgrade() -> None:
    _replace(("waited_s", "walked_s", "served_s", "stayed_s"), ("waits", "walks", "services", "stays"), "")


def _replace(sums: tuple[str, ...], bins: tuple[str, ...], more: str) -> None:
    """Make the table anew: its rows are of another release, and are built from the events in any case."""
    op.execute("DROP VIEW figures_tallies")
    op.drop_table("report_tallies")
    op.create_table(
        "report_tallies",
        *(_id(name) for name in ("book", "dimension", "key", "centre", "day")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in (*_COUNTS, *sums)),
        *(sa.Column(name, sa.Text, nullable=False) for name in bins),
        sa.PrimaryKeyConstraint("book", "dimension", "key", name=op.f("pk_report_tallies")),
    )
    op.create_index(op.f("ix_report_tallies_centre_dimension_day"), "report_tallies", ["centre", "dimension", "day"])
    op.execute(_VIEW.format(more=more))


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
