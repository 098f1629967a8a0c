"""Whether the letters of a centre name what people bring."""

import sqlalchemy as sa
from alembic import op

revision = "0037_letter_checklist"
down_revision = "0036_waitlist"


def upgrade() -> None:
    op.add_column(
        "appointment_rules", sa.Column("letter_checklist", sa.Boolean, nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("appointment_rules", "letter_checklist")
