"""How often tickets were printed again is counted of visits and in the tallies; ``rebuild`` fills them."""

import sqlalchemy as sa
from alembic import op

revision = "0054_reprints"
down_revision = "0053_payment_bookings"

_VISITS = """
CREATE VIEW figures_visits AS SELECT
  centre, day, visit, category, language, source, service, government, party_size AS people, arrived, outcome,
  {issued_at} AS ticket_at, {booked_at} AS booked_at, {first_called_at} AS first_called_at, {ended_at} AS ended_at,
  (first_called_at - issued_at) / 60000000.0 AS minutes_to_first_call,
  (ended_at - issued_at) / 60000000.0 AS minutes_there,
  stops, recalls,{reprints} transfers, settlements
FROM report_visits
"""
_TALLIES = """
CREATE VIEW figures_tallies AS SELECT
  centre, day, dimension, key, visits, arrived, people, served, missed, abandoned, not_served, calls,
  judged AS calls_with_promise, kept AS calls_in_time, transfers, recalls,{reprints} settlements,
  waited_s / 60.0 AS minutes_waited, walked_s / 60.0 AS minutes_walked,
  served_s / 60.0 AS minutes_served, stayed_s / 60.0 AS minutes_stayed, first_waited_s / 60.0 AS minutes_to_first_call
FROM report_tallies
"""
_MOMENTS = ("issued_at", "booked_at", "first_called_at", "ended_at")
_BINS = ("waits", "walks", "services", "stays", "first_waits")


def upgrade() -> None:
    _replace("reprints")


def downgrade() -> None:
    _replace()


def _replace(*more: str) -> None:
    """Make the tables anew: their rows are of another release, and are built from the events in any case."""
    for name in ("visits", "tallies"):
        op.execute(f"DROP VIEW figures_{name}")
        op.drop_table(f"report_{name}")
    op.create_table(
        "report_visits",
        *_ids("book", "visit", "centre", "day"),
        *_texts("category", "language", "source"),
        *_ids("service"),
        sa.Column("services", sa.JSON, nullable=False),
        *_ids("government"),
        *_numbers("party_size"),
        sa.Column("arrived", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=name != "issued_at") for name in _MOMENTS),
        *_texts("outcome"),
        *_numbers("stops", "recalls", *more, "transfers", "settlements"),
        sa.PrimaryKeyConstraint("book", "visit", name=op.f("pk_report_visits")),
    )
    op.create_index(op.f("ix_report_visits_centre_day"), "report_visits", ["centre", "day"])
    op.create_table(
        "report_tallies",
        *_ids("book", "dimension", "key", "centre", "day"),
        *_numbers("visits", "arrived", "people", "served", "missed", "abandoned", "not_served", "calls"),
        *_numbers("judged", "kept", "transfers", "recalls", *more, "settlements"),
        *_numbers("waited_s", "walked_s", "served_s", "stayed_s", "first_waited_s"),
        *(sa.Column(name, sa.Text, nullable=False) for name in _BINS),
        sa.PrimaryKeyConstraint("book", "dimension", "key", name=op.f("pk_report_tallies")),
    )
    op.create_index(op.f("ix_report_tallies_centre_dimension_day"), "report_tallies", ["centre", "dimension", "day"])
    moment = (
        'to_timestamp("{0}" / 1000000.0)'
        if op.get_context().dialect.name == "postgresql"
        else "strftime('%Y-%m-%d %H:%M:%S', \"{0}\" / 1000000, 'unixepoch')"
    )
    reprints = " reprints," if more else ""
    moments = {name: moment.format(name) for name in _MOMENTS}
    op.execute(_VISITS.format(reprints=reprints, **moments).replace(":", "\\:"))
    op.execute(_TALLIES.format(reprints=reprints))


def _ids(*names: str) -> tuple[sa.Column[str], ...]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return tuple(sa.Column(name, kind, nullable=False) for name in names)


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.String, nullable=False) for name in names)


def _numbers(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer, nullable=False) for name in names)
