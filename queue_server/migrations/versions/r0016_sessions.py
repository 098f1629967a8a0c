"""In which browser and on what kind of machine somebody is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0016_sessions"
down_revision = "0015_epoch"


def upgrade() -> None:
    op.add_column("sessions", sa.Column("browser", sa.String))
    op.add_column("sessions", sa.Column("machine", sa.String))


def downgrade() -> None:
    op.drop_column("sessions", "machine")
    op.drop_column("sessions", "browser")
