"""Staff, devices, sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0003_accounts"
down_revision = "0002_catalogue"


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=nullable)


def _centre(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["centre"], ["centres.id"], name=f"fk_{table}_centre")


def _staff(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=f"fk_{table}_staff")


def upgrade() -> None:
    op.create_table(
        "staff",
        _id("id"),
        _id("login"),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("password", sa.String, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("disabled_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("login", name="uq_staff_login"),
    )
    op.create_table(
        "staff_roles",
        _id("staff"),
        _id("centre"),
        sa.Column("role", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("staff", "centre", "role", name="pk_staff_roles"),
        _staff("staff_roles"),
        _centre("staff_roles"),
    )
    op.create_table(
        "devices",
        _id("id"),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("role", sa.String),
        sa.Column("name", sa.String, nullable=False),
        _id("centre"),
        sa.Column("letter", sa.String),
        sa.Column("first", sa.Integer),
        sa.Column("last", sa.Integer),
        _id("token"),
        sa.Column("public_key", sa.String),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
        sa.UniqueConstraint("token", name="uq_devices_token"),
        _centre("devices"),
    )
    op.create_index("ix_devices_centre", "devices", ["centre"])
    op.create_table(
        "enrolment_codes",
        _id("code"),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("role", sa.String),
        sa.Column("name", sa.String, nullable=False),
        _id("centre"),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_enrolment_codes"),
        _centre("enrolment_codes"),
    )
    op.create_table(
        "sessions",
        _id("id"),
        _id("staff"),
        _id("centre"),
        _id("counter", nullable=True),
        sa.Column("csrf", sa.String, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("last_seen", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        _staff("sessions"),
        _centre("sessions"),
    )
    op.create_index("ix_sessions_staff", "sessions", ["staff"])
    op.create_index("ix_sessions_centre", "sessions", ["centre"])
    op.create_table(
        "tries",
        sa.Column("purpose", sa.String, nullable=False),
        _id("subject"),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("made", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("purpose", "subject", name="pk_tries"),
    )
    op.create_index("ix_tries_since", "tries", ["since"])


def downgrade() -> None:
    for table in ("tries", "sessions", "enrolment_codes", "devices", "staff_roles", "staff"):
        op.drop_table(table)
