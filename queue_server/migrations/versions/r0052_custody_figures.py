"""A view of documents in custody for other programs: when each came, when it went, and how long it was kept."""

from alembic import op

revision = "0052_custody_figures"
down_revision = "0051_saved_plans"

#: Nothing happens any more to a document in one of these.
_ENDED = "'handed-over', 'given-back', 'surrendered', 'destroyed', 'lost'"
_VIEW = """
CREATE VIEW figures_custody AS SELECT
  centre, id AS item, government, kind, state, {received_at} AS received_at,
  CASE WHEN state IN ({ended}) THEN {state_since} END AS ended_at,
  CASE WHEN state IN ({ended}) THEN (state_since - received_at) / 3600000000.0 END AS hours_kept
FROM custody_items
"""


def upgrade() -> None:
    moment = (
        'to_timestamp("{0}" / 1000000.0)'
        if op.get_context().dialect.name == "postgresql"
        else "strftime('%Y-%m-%d %H:%M:%S', \"{0}\" / 1000000, 'unixepoch')"
    )
    moments = {name: moment.format(name) for name in ("received_at", "state_since")}
    op.execute(_VIEW.format(ended=_ENDED, **moments).replace(":", "\\:"))


def downgrade() -> None:
    op.execute("DROP VIEW figures_custody")
