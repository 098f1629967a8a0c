"""The draft of each centre's next catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0063_catalogue_drafts"
down_revision = "0062_device_settings"


def upgrade() -> None:
    op.create_table(
        "catalogue_drafts",
        sa.Column("centre", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("revision", sa.String, nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("centre", name=op.f("pk_catalogue_drafts")),
    )


def downgrade() -> None:
    op.drop_table("catalogue_drafts")
