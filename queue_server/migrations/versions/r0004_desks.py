"""The series of the reception, how devices are, and the rules for the last ticket and for transfers."""

import sqlalchemy as sa
from alembic import op

revision = "0004_desks"
down_revision = "0003_accounts"


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "reception_series",
        _id("centre"),
        _id("device"),
        sa.Column("letter", sa.String, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("centre", name="pk_reception_series"),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name="fk_reception_series_centre"),
    )
    op.create_table(
        "device_status",
        _id("device"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("device", name="pk_device_status"),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name="fk_device_status_device"),
    )
    op.add_column("centres", sa.Column("last_ticket_min", sa.Integer, nullable=False, server_default="30"))
    op.add_column("centres", sa.Column("transfer_hold_s", sa.Integer, nullable=False, server_default="600"))


def downgrade() -> None:
    op.drop_column("centres", "transfer_hold_s")
    op.drop_column("centres", "last_ticket_min")
    op.drop_table("device_status")
    op.drop_table("reception_series")
