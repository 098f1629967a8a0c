"""What moved of each payment, and when that was heard of: a table, and a view of it; ``rebuild`` fills it."""

import sqlalchemy as sa
from alembic import op

revision = "0053_payment_bookings"
down_revision = "0052_custody_figures"

_VIEW = """
CREATE VIEW figures_payments AS SELECT
  centre, payment, number, visit, kind, means, services, governments, currency, amount, waived,
  {moved_at} AS moved_at, {booked_at} AS booked_at, {revoked_at} AS revoked_at
FROM payment_bookings
"""
#: A year is added up from an index of these alone.
_SUMMED = ["centre", "revised", "booked_at", "currency", "kind", "amount", "waived", "means", "services", "governments"]


def upgrade() -> None:
    op.create_table(
        "payment_bookings",
        _id("payment"),
        sa.Column("number", sa.Integer, nullable=False),
        *(_id(name) for name in ("centre", "visit")),
        *(sa.Column(name, sa.String, nullable=False) for name in ("kind", "means")),
        *(_id(name) for name in ("services", "governments")),
        sa.Column("currency", sa.String, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("amount", "waived", "moved_at", "booked_at")),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("revised", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("payment", "number", name=op.f("pk_payment_bookings")),
    )
    op.create_index("ix_payment_bookings_figures", "payment_bookings", _SUMMED)
    moment = (
        'to_timestamp("{0}" / 1000000.0)'
        if op.get_context().dialect.name == "postgresql"
        else "strftime('%Y-%m-%d %H:%M:%S', \"{0}\" / 1000000, 'unixepoch')"
    )
    moments = {name: moment.format(name) for name in ("moved_at", "booked_at", "revoked_at")}
    op.execute(_VIEW.format(**moments).replace(":", "\\:"))


def downgrade() -> None:
    op.execute("DROP VIEW figures_payments")
    op.drop_table("payment_bookings")


def _id(name: str) -> "sa.Column[str]":
    """Make a column of ids: compared byte by byte on every database."""
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)
