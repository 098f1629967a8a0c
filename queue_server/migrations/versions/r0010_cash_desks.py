"""At which steps people pay what their service costs."""

import sqlalchemy as sa
from alembic import op

revision = "0010_cash_desks"
down_revision = "0009_reconciliations"


def upgrade() -> None:
    op.add_column("steps", sa.Column("takes_payment", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("steps", "takes_payment")
