"""Settings that kiosks and boards take from their server, every version of them."""

import sqlalchemy as sa
from alembic import op

revision = "0062_device_settings"
down_revision = "0060_key_periods"


def upgrade() -> None:
    op.create_table(
        "device_settings",
        _id("centre"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        _id("device"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("pin", sa.String),
        sa.Column("pin_version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("centre", "version", name=op.f("pk_device_settings")),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name=op.f("fk_device_settings_centre")),
    )


def downgrade() -> None:
    op.drop_table("device_settings")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
