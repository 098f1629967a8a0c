"""When it was last said which of several machines stays as a device: what the others give out later is refused."""

import sqlalchemy as sa
from alembic import op

revision = "0071_settled_copies"
down_revision = "0066_waits_in_vain"


def upgrade() -> None:
    op.add_column("device_starts", sa.Column("settled_at", sa.BigInteger))


def downgrade() -> None:
    op.drop_column("device_starts", "settled_at")
