"""Figures count who left without a call, and for how long counters had somebody; ``rebuild`` fills them."""

import sqlalchemy as sa
from alembic import op

revision = "0066_waits_in_vain"
down_revision = "0065_push_keys"

_VIEW = """
CREATE VIEW figures_tallies AS SELECT
  centre, day, dimension, key, visits, arrived, people, served, missed, abandoned, not_served, calls,
  judged AS calls_with_promise, kept AS calls_in_time, transfers, recalls, reprints, settlements,
  waited_s / 60.0 AS minutes_waited,{more} walked_s / 60.0 AS minutes_walked,
  served_s / 60.0 AS minutes_served, stayed_s / 60.0 AS minutes_stayed, first_waited_s / 60.0 AS minutes_to_first_call
FROM report_tallies
"""
_MORE = " waited_in_vain_s / 60.0 AS minutes_waited_in_vain, busy_s / 60.0 AS minutes_busy,"


def upgrade() -> None:
    _replace(("busy_s",), ("waited_in_vain_s",), ("waits_in_vain",), _MORE)


def downgrade() -> None:
    _replace((), (), (), "")


def _replace(counts: tuple[str, ...], sums: tuple[str, ...], bins: tuple[str, ...], view: str) -> None:
    """Make the table anew: its rows are of another release, and are built from the events in any case."""
    op.execute("DROP VIEW figures_tallies")
    op.drop_table("report_tallies")
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "report_tallies",
        *(sa.Column(name, kind, nullable=False) for name in ("book", "dimension", "key", "centre", "day")),
        *_numbers("visits", "arrived", "people", "served", "missed", "abandoned", "not_served", "calls", "judged"),
        *_numbers("kept", "transfers", "recalls", "reprints", "settlements", *counts),
        *_numbers("waited_s", *sums, "walked_s", "served_s", "stayed_s", "first_waited_s"),
        *_texts("waits", *bins, "walks", "services", "stays", "first_waits"),
        sa.PrimaryKeyConstraint("book", "dimension", "key", name=op.f("pk_report_tallies")),
    )
    op.create_index(op.f("ix_report_tallies_centre_dimension_day"), "report_tallies", ["centre", "dimension", "day"])
    op.execute(_VIEW.format(more=view))


def _numbers(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer, nullable=False) for name in names)


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)
