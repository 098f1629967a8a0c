"""What centres offer."""

import sqlalchemy as sa
from alembic import op

revision = "0002_catalogue"
down_revision = "0001_log"

TABLES = (
    "centres",
    "governments",
    "kinds",
    "steps",
    "services",
    "service_steps",
    "counters",
    "opening_hours",
    "closed_days",
)


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)


def _centre(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["centre"], ["centres.id"], name=f"fk_{table}_centre")


def upgrade() -> None:
    op.create_table(
        "centres",
        _id("id"),
        sa.Column("version", sa.Integer, nullable=False),
        _json("name"),
        sa.Column("zone", sa.String, nullable=False),
        _json("languages"),
        sa.Column("day_start", sa.String, nullable=False),
        sa.Column("holiday_country", sa.String),
        sa.Column("holiday_subdivision", sa.String),
        _json("promises"),
        sa.Column("undo_window_s", sa.Integer, nullable=False),
        sa.Column("missed_after_s", sa.Integer, nullable=False),
        sa.Column("missed_min_calls", sa.Integer, nullable=False),
        sa.Column("round_the_clock", sa.Boolean, nullable=False),
        sa.Column("language_filters", sa.Boolean, nullable=False),
        sa.Column("max_party", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_centres"),
    )
    _part("governments", _json("name"))
    _part("kinds", _json("name"), sa.Column("icon", sa.String, nullable=False))
    _part("steps", _json("name"), _json("place"), _json("promises"))
    _part(
        "services",
        _id("government"),
        _id("kind"),
        _json("name"),
        _json("promises"),
        sa.ForeignKeyConstraint(
            ["centre", "government"], ["governments.centre", "governments.id"], name="fk_services_centre_government"
        ),
        sa.ForeignKeyConstraint(["centre", "kind"], ["kinds.centre", "kinds.id"], name="fk_services_centre_kind"),
    )
    op.create_table(
        "service_steps",
        _id("centre"),
        _id("service"),
        sa.Column("position", sa.Integer, nullable=False),
        _id("step"),
        _json("promises"),
        sa.PrimaryKeyConstraint("centre", "service", "position", name="pk_service_steps"),
        sa.ForeignKeyConstraint(
            ["centre", "service"], ["services.centre", "services.id"], name="fk_service_steps_centre_service"
        ),
        sa.ForeignKeyConstraint(["centre", "step"], ["steps.centre", "steps.id"], name="fk_service_steps_centre_step"),
    )
    _part(
        "counters",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("direction", sa.String),
        _json("steps"),
        _json("services"),
        _json("governments"),
        _json("languages"),
    )
    op.create_table(
        "opening_hours",
        _id("centre"),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("opens", sa.Integer, nullable=False),
        sa.Column("closes", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("centre", "weekday", "opens", name="pk_opening_hours"),
        _centre("opening_hours"),
    )
    op.create_table(
        "closed_days",
        _id("centre"),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("centre", "day", name="pk_closed_days"),
        _centre("closed_days"),
    )


def _part(table: str, *columns: sa.schema.SchemaItem) -> None:
    """Make a table of parts of a centre that are named by an id and stand in an order."""
    op.create_table(
        table,
        _id("centre"),
        _id("id"),
        sa.Column("position", sa.Integer, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("centre", "id", name=f"pk_{table}"),
        _centre(table),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
