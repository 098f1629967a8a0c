"""What managers ask of devices from afar, and the logs that devices send."""

import sqlalchemy as sa
from alembic import op

revision = "0064_device_commands"
down_revision = "0063_catalogue_drafts"


def upgrade() -> None:
    op.create_table(
        "device_commands",
        _id("id"),
        _id("device"),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("outcome", sa.String),
        sa.Column("code", sa.String),
        sa.Column("log", sa.Text),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_commands")),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name=op.f("fk_device_commands_device")),
    )
    op.create_index(op.f("ix_device_commands_device"), "device_commands", ["device"])


def downgrade() -> None:
    op.drop_table("device_commands")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
