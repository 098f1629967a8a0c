"""By which key each phone is told."""

import sqlalchemy as sa
from alembic import op

revision = "0065_push_keys"
down_revision = "0064_device_commands"


def upgrade() -> None:
    op.add_column("push_subscriptions", sa.Column("key", sa.String, nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    op.drop_column("push_subscriptions", "key")
