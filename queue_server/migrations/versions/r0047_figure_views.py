"""Views of figures for other programs: moments as the database writes them, durations in minutes."""

from alembic import op

revision = "0047_figure_views"
down_revision = "0046_tallies"

_VISITS = """
CREATE VIEW figures_visits AS SELECT
  centre, day, visit, category, language, source, service, government, party_size AS people, arrived, outcome,
  {issued_at} AS ticket_at, {booked_at} AS booked_at, {first_called_at} AS first_called_at, {ended_at} AS ended_at,
  (first_called_at - issued_at) / 60000000.0 AS minutes_to_first_call,
  (ended_at - issued_at) / 60000000.0 AS minutes_there,
  stops, recalls, transfers, settlements
FROM report_visits
"""
_STOPS = """
CREATE VIEW figures_stops AS SELECT
  centre, day, visit, number, step, service, government, category, language, source, counter, outcome,
  {ready_at} AS ready_at, {called_at} AS called_at, {started_at} AS started_at, {finished_at} AS finished_at,
  waited_s / 60.0 AS minutes_waited, walked_s / 60.0 AS minutes_walked, served_s / 60.0 AS minutes_served,
  calls, kept AS called_in_time
FROM report_stops
"""
_COUNTERS = """
CREATE VIEW figures_counters AS SELECT
  centre, day, counter, state, reason, {start} AS since, {end} AS until,
  ("end" - start) / 60000000.0 AS minutes
FROM report_counters
"""
_TALLIES = """
CREATE VIEW figures_tallies AS SELECT
  centre, day, dimension, key, visits, arrived, people, served, missed, abandoned, not_served, calls,
  judged AS calls_with_promise, kept AS calls_in_time, transfers, recalls, settlements,
  waited_s / 60.0 AS minutes_waited, walked_s / 60.0 AS minutes_walked,
  served_s / 60.0 AS minutes_served, stayed_s / 60.0 AS minutes_stayed
FROM report_tallies
"""
_VIEWS = {
    "figures_visits": (_VISITS, ("issued_at", "booked_at", "first_called_at", "ended_at")),
    "figures_stops": (_STOPS, ("ready_at", "called_at", "started_at", "finished_at")),
    "figures_counters": (_COUNTERS, ("start", "end")),
    "figures_tallies": (_TALLIES, ()),
}


def upgrade() -> None:
    moment = (
        'to_timestamp("{0}" / 1000000.0)'
        if op.get_context().dialect.name == "postgresql"
        else "strftime('%Y-%m-%d %H:%M:%S', \"{0}\" / 1000000, 'unixepoch')"
    )
    for sql, moments in _VIEWS.values():
        op.execute(sql.format(**{name: moment.format(name) for name in moments}).replace(":", "\\:"))


def downgrade() -> None:
    for name in reversed(_VIEWS):
        op.execute(f"DROP VIEW {name}")
