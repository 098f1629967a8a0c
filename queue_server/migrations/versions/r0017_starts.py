"""Which start of a device took over last."""

import sqlalchemy as sa
from alembic import op

revision = "0017_starts"
down_revision = "0016_sessions"


def upgrade() -> None:
    op.create_table(
        "device_starts",
        sa.Column("device", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("held", sa.String, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("others", sa.JSON, nullable=False),
        sa.Column("barred", sa.JSON, nullable=False),
        sa.Column("copied_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_device_starts")),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name=op.f("fk_device_starts_device")),
    )


def downgrade() -> None:
    op.drop_table("device_starts")
