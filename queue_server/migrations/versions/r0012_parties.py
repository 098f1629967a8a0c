"""Fees by person and by age band, how many people and services get one number at a kiosk, and numbers of slips."""

import sqlalchemy as sa
from alembic import op

revision = "0012_parties"
down_revision = "0011_groups"


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=nullable)


def upgrade() -> None:
    op.add_column("centres", sa.Column("kiosk_party", sa.Integer, nullable=False, server_default="8"))
    op.add_column("centres", sa.Column("kiosk_services", sa.Integer, nullable=False, server_default="3"))
    # A fee of before was paid once, however many people came.
    op.add_column("fees", sa.Column("per", sa.String, nullable=False, server_default="party"))
    op.add_column("fees", sa.Column("bands", sa.JSON))
    op.create_table(
        "bands",
        _id("centre"),
        _id("id"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.JSON, nullable=False),
        sa.Column("from_age", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_bands")),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name=op.f("fk_bands_centre_centres")),
    )
    op.add_column("payments", _id("slip", nullable=True))
    op.create_index(op.f("ix_payments_centre_slip"), "payments", ["centre", "slip"])


def downgrade() -> None:
    op.drop_index(op.f("ix_payments_centre_slip"), "payments")
    op.drop_column("payments", "slip")
    op.drop_table("bands")
    op.drop_column("fees", "bands")
    op.drop_column("fees", "per")
    op.drop_column("centres", "kiosk_services")
    op.drop_column("centres", "kiosk_party")
