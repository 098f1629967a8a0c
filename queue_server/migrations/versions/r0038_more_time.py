"""How often a visit may ask for more time."""

import sqlalchemy as sa
from alembic import op

revision = "0038_more_time"
down_revision = "0037_letter_checklist"


def upgrade() -> None:
    op.add_column("centres", sa.Column("more_time_times", sa.Integer, nullable=False, server_default="2"))


def downgrade() -> None:
    op.drop_column("centres", "more_time_times")
