"""Whether staff move the money of a payment, as its terminal tells: nobody looks at the scheme of a driver for it.

The rows are built anew from their streams (``queue-server migrate`` does so).
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_attended"
down_revision = "0023_positions"


def upgrade() -> None:
    op.add_column("payments", sa.Column("attended", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("payments", "attended")
