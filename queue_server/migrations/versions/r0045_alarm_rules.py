"""Who is told of alarms outside of the page, and when nobody is."""

import sqlalchemy as sa
from alembic import op

revision = "0045_alarm_rules"
down_revision = "0044_early_warnings"


def upgrade() -> None:
    op.add_column("centres", sa.Column("alarms", sa.JSON))


def downgrade() -> None:
    op.drop_column("centres", "alarms")
