"""Keys that are changed: since when each makes, until when what it made counts, and which servers have the next."""

import sqlalchemy as sa
from alembic import op

revision = "0060_key_periods"
down_revision = "0059_catalogue_versions"


def upgrade() -> None:
    op.create_table(
        "key_periods",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.PrimaryKeyConstraint("name", "fingerprint", name=op.f("pk_key_periods")),
    )
    op.create_table(
        "key_holders",
        sa.Column("server", sa.String, nullable=False),
        sa.Column("machine", sa.String, nullable=False),
        sa.Column("held", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("server", name=op.f("pk_key_holders")),
    )


def downgrade() -> None:
    op.drop_table("key_holders")
    op.drop_table("key_periods")
