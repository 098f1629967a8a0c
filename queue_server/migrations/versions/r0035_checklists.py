"""What people bring: lists of services, and what each visit has of it."""

import sqlalchemy as sa
from alembic import op

revision = "0035_checklists"
down_revision = "0034_appointments"


def upgrade() -> None:
    op.create_table(
        "service_checklists",
        _id("centre"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("services", sa.JSON, nullable=False),
        sa.Column("owner", sa.JSON, nullable=False),
        sa.Column("reviewed", sa.Date, nullable=False),
        sa.Column("lines", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("centre", "position", name=op.f("pk_service_checklists")),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name=op.f("fk_service_checklists_centre_centres")),
    )
    for table, column in (
        ("centres", "kiosk_checklist"),
        ("steps", "needs_checklist"),
        ("service_steps", "needs_checklist"),
    ):
        op.add_column(table, sa.Column(column, sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "checklists",
        _id("visit"),
        _id("centre"),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("folded", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("visit", name=op.f("pk_checklists")),
    )
    op.create_index(op.f("ix_checklists_centre_changed_at"), "checklists", ["centre", "changed_at"])


def downgrade() -> None:
    op.drop_table("checklists")
    op.drop_column("service_steps", "needs_checklist")
    op.drop_column("steps", "needs_checklist")
    op.drop_column("centres", "kiosk_checklist")
    op.drop_table("service_checklists")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
