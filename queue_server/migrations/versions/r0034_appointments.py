"""Appointments, and what is taken of each day."""

import sqlalchemy as sa
from alembic import op

revision = "0034_appointments"
down_revision = "0033_information"


def upgrade() -> None:
    op.create_table(
        "appointments",
        _id("book"),
        _id("id"),
        _id("centre"),
        _id("day"),
        _id("code"),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        _id("service"),
        sa.Column("services", sa.JSON, nullable=False),
        sa.Column("party_size", sa.Integer, nullable=False),
        sa.Column("people", sa.JSON, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("through", sa.String, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("remote", sa.String),
        _id("document", nullable=True),
        sa.Column("booked_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        _id("visit", nullable=True),
        sa.PrimaryKeyConstraint("book", "id", name=op.f("pk_appointments")),
    )
    for columns in (["id"], ["centre", "code"], ["centre", "day", "state"], ["document"], ["visit"]):
        op.create_index(op.f(f"ix_appointments_{'_'.join(columns)}"), "appointments", columns)
    op.create_table(
        "appointment_days",
        _id("book"),
        _id("centre"),
        _id("day"),
        sa.Column("taken", sa.JSON, nullable=False),
        sa.Column("passing", sa.JSON, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("book", name=op.f("pk_appointment_days")),
    )
    op.create_index(op.f("ix_appointment_days_centre_day"), "appointment_days", ["centre", "day"])


def downgrade() -> None:
    for table in ("appointment_days", "appointments"):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)
