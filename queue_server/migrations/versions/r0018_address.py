"""Where a centre is, for its papers."""

import sqlalchemy as sa
from alembic import op

revision = "0018_address"
down_revision = "0017_starts"


def upgrade() -> None:
    op.add_column("centres", sa.Column("address", sa.JSON))


def downgrade() -> None:
    op.drop_column("centres", "address")
