"""How much time those have who would wait longer because a counter's language goes first."""

import sqlalchemy as sa
from alembic import op

revision = "0013_language_room"
down_revision = "0012_parties"


def upgrade() -> None:
    op.add_column("centres", sa.Column("language_room_s", sa.Integer, nullable=False, server_default="600"))


def downgrade() -> None:
    op.drop_column("centres", "language_room_s")
