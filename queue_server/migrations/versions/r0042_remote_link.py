"""Where the video service of a step is."""

import sqlalchemy as sa
from alembic import op

revision = "0042_remote_link"
down_revision = "0041_push"


def upgrade() -> None:
    op.add_column("steps", sa.Column("remote_link", sa.String, nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    op.drop_column("steps", "remote_link")
