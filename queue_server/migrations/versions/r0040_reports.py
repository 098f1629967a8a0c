"""What happened on each day, in rows to be counted; ``rebuild`` fills them."""

import sqlalchemy as sa
from alembic import op

revision = "0040_reports"
down_revision = "0039_forms"


def upgrade() -> None:
    op.create_table(
        "report_days",
        _id("book"),
        _id("centre"),
        _id("day"),
        _instant("starts_at"),
        _instant("seq"),
        sa.PrimaryKeyConstraint("book", name=op.f("pk_report_days")),
    )
    op.create_table(
        "report_visits",
        _id("book"),
        _id("visit"),
        _id("centre"),
        _id("day"),
        _text("category"),
        _text("language"),
        _text("source"),
        _id("service"),
        sa.Column("services", sa.JSON, nullable=False),
        _id("government"),
        _number("party_size"),
        sa.Column("arrived", sa.Boolean, nullable=False),
        _instant("issued_at"),
        _instant("booked_at", nullable=True),
        _instant("first_called_at", nullable=True),
        _instant("ended_at", nullable=True),
        _text("outcome"),
        _number("stops"),
        _number("recalls"),
        _number("transfers"),
        _number("settlements"),
        sa.PrimaryKeyConstraint("book", "visit", name=op.f("pk_report_visits")),
    )
    op.create_table(
        "report_stops",
        _id("book"),
        _id("visit"),
        _number("number"),
        _id("centre"),
        _id("day"),
        _id("step"),
        _id("service"),
        _id("government"),
        _text("category"),
        _text("language"),
        _text("source"),
        _id("counter", nullable=True),
        _text("outcome"),
        _instant("ready_at"),
        _instant("due", nullable=True),
        _instant("called_at", nullable=True),
        _instant("started_at", nullable=True),
        _instant("finished_at", nullable=True),
        _number("calls"),
        _number("waited_s", nullable=True),
        _number("walked_s", nullable=True),
        _number("served_s", nullable=True),
        sa.Column("kept", sa.Boolean),
        sa.PrimaryKeyConstraint("book", "visit", "number", name=op.f("pk_report_stops")),
    )
    op.create_table(
        "report_counters",
        _id("book"),
        _id("counter"),
        _number("number"),
        _id("centre"),
        _id("day"),
        _text("state"),
        sa.Column("reason", sa.String),
        _instant("start"),
        _instant("end", nullable=True),
        sa.PrimaryKeyConstraint("book", "counter", "number", name=op.f("pk_report_counters")),
    )
    for table in ("report_days", "report_visits", "report_stops", "report_counters"):
        op.create_index(op.f(f"ix_{table}_centre_day"), table, ["centre", "day"])


def downgrade() -> None:
    for table in ("report_counters", "report_stops", "report_visits", "report_days"):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)
