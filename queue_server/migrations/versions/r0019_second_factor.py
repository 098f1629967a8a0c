"""A second factor: codes of a phone, passkeys, recovery codes, and centres that ask their managers for one."""

import sqlalchemy as sa
from alembic import op

revision = "0019_second_factor"
down_revision = "0018_address"

_SESSIONS = (
    ("proof", sa.String),
    ("proved_at", sa.BigInteger),
    ("challenge", sa.String),
    ("challenged_at", sa.BigInteger),
)


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def upgrade() -> None:
    for name, kind in _SESSIONS:
        op.add_column("sessions", sa.Column(name, kind))
    op.add_column("centres", sa.Column("manager_second_factor", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "second_factors",
        _id("id"),
        _id("staff"),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("confirmed_at", sa.BigInteger),
        sa.Column("used_at", sa.BigInteger),
        sa.Column("step", sa.BigInteger),
        sa.Column("credential", sa.LargeBinary),
        sa.Column("counter", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factors")),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_second_factors_staff_staff")),
    )
    op.create_index(op.f("ix_second_factors_staff"), "second_factors", ["staff"])
    op.create_table(
        "recovery_codes",
        _id("staff"),
        _id("digest"),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("staff", "digest", name=op.f("pk_recovery_codes")),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_recovery_codes_staff_staff")),
    )


def downgrade() -> None:
    op.drop_table("recovery_codes")
    op.drop_index(op.f("ix_second_factors_staff"), "second_factors")
    op.drop_table("second_factors")
    op.drop_column("centres", "manager_second_factor")
    for name, _ in reversed(_SESSIONS):
        op.drop_column("sessions", name)
