"""Banks of lockers, the orders to them, and up to where each bank's journal was heard."""

import sqlalchemy as sa
from alembic import op

revision = "0030_lockers"
down_revision = "0029_shelves"


def upgrade() -> None:
    op.create_table(
        "locker_banks",
        _id("id"),
        _id("centre"),
        _id("journal"),
        sa.Column("compartments", sa.JSON, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locker_banks")),
    )
    op.create_index(op.f("ix_locker_banks_centre"), "locker_banks", ["centre"])
    op.create_table(
        "locker_orders",
        _id("id"),
        _id("bank"),
        _id("centre"),
        _id("compartment"),
        sa.Column("verb", sa.String, nullable=False),
        _id("claim"),
        _id("item", nullable=True),
        sa.Column("issued_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("signature", sa.String, nullable=False),
        sa.Column("proof", sa.String),
        sa.Column("reason", sa.String),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("hold", sa.String),
        sa.Column("refusal", sa.String),
        sa.Column("blocked", sa.String),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locker_orders")),
    )
    op.create_index("ix_locker_orders_centre_changed_at", "locker_orders", ["centre", "changed_at"])
    op.create_index(op.f("ix_locker_orders_claim"), "locker_orders", ["claim"])
    op.create_index(
        "ix_locker_orders_bank_compartment_issued_at", "locker_orders", ["bank", "compartment", "issued_at"]
    )
    _unique("uq_locker_orders_bank", ["bank"], "hold = 'bank'")
    _unique("uq_locker_orders_compartment", ["bank", "compartment"], "hold IS NOT NULL")
    op.create_table(
        "locker_positions",
        _id("bank"),
        _id("journal"),
        sa.Column("acknowledged", sa.BigInteger, nullable=False),
        sa.Column("last_contact_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("bank", name=op.f("pk_locker_positions")),
    )


def downgrade() -> None:
    for table in ("locker_positions", "locker_orders", "locker_banks"):
        op.drop_table(table)


def _unique(name: str, columns: list[str], where: str) -> None:
    text = sa.text(where)
    op.create_index(name, "locker_orders", columns, unique=True, sqlite_where=text, postgresql_where=text)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)
