"""An empty desk locks itself: when that was, and after how many minutes a centre wants it."""

import sqlalchemy as sa
from alembic import op

revision = "0021_lock"
down_revision = "0020_reads"


def upgrade() -> None:
    op.add_column("sessions", sa.Column("locked_at", sa.BigInteger))
    op.add_column("sessions", sa.Column("active_at", sa.BigInteger))
    op.add_column("centres", sa.Column("lock_minutes", sa.Integer, nullable=False, server_default="10"))


def downgrade() -> None:
    op.drop_column("centres", "lock_minutes")
    op.drop_column("sessions", "active_at")
    op.drop_column("sessions", "locked_at")
