"""How a centre gives appointments, who is there to serve, and how long each step takes."""

import sqlalchemy as sa
from alembic import op

revision = "0032_staffing"
down_revision = "0031_notices"

_LIMITS = (
    *("period_min", "weeks", "lead_min", "walk_in_percent", "work_percent", "overbooking_percent", "early_min"),
    *("grace_min", "late_min", "hold_min", "change_until_min", "release_within_min"),
)


def upgrade() -> None:
    op.add_column("steps", sa.Column("minutes", sa.Integer, nullable=False, server_default="10"))
    op.add_column("steps", sa.Column("extra_minutes", sa.Integer))
    op.add_column("steps", sa.Column("remote", sa.String))
    op.add_column("services", sa.Column("bookable", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("service_steps", sa.Column("minutes", sa.Integer))
    op.add_column("service_steps", sa.Column("extra_minutes", sa.Integer))
    op.create_table(
        "appointment_rules",
        _id("centre"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _LIMITS),
        sa.Column("confirm_document", sa.Boolean, nullable=False),
        sa.Column("document_bookings", sa.Integer, nullable=False),
        sa.Column("contact_bookings", sa.Integer, nullable=False),
        sa.Column("remind_hours", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("centre", name=op.f("pk_appointment_rules")),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name=op.f("fk_appointment_rules_centre_centres")),
    )
    op.create_table(
        "staffing",
        _id("centre"),
        _id("id"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.JSON, nullable=False),
        sa.Column("days", sa.JSON, nullable=False),
        sa.Column("hours", sa.String, nullable=False),
        sa.Column("breaks", sa.JSON, nullable=False),
        sa.Column("counters", sa.Integer, nullable=False),
        sa.Column("steps", sa.JSON, nullable=False),
        sa.Column("services", sa.JSON, nullable=False),
        sa.Column("governments", sa.JSON, nullable=False),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_staffing")),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name=op.f("fk_staffing_centre_centres")),
    )


def downgrade() -> None:
    op.drop_table("staffing")
    op.drop_table("appointment_rules")
    op.drop_column("service_steps", "extra_minutes")
    op.drop_column("service_steps", "minutes")
    op.drop_column("services", "bookable")
    op.drop_column("steps", "remote")
    op.drop_column("steps", "extra_minutes")
    op.drop_column("steps", "minutes")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
