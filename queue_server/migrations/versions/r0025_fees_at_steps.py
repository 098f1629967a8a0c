"""A step at which people pay is named after the fees that are taken there, as all else in the set-up."""

from alembic import op

revision = "0025_fees_at_steps"
down_revision = "0024_attended"


def upgrade() -> None:
    op.execute("ALTER TABLE steps RENAME COLUMN takes_payment TO takes_fees")


def downgrade() -> None:
    op.execute("ALTER TABLE steps RENAME COLUMN takes_fees TO takes_payment")
