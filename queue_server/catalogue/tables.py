"""Tables of the catalogue. ``position`` keeps the order in which things are offered."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    false,
    text,
    true,
)
from sqlalchemy.schema import SchemaItem

from queue_server.tables import id_text, metadata

#: ``promises``, here and below: minutes by category, only those that differ from the wider ones.
centres = Table(
    "centres",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", JSON, nullable=False),
    Column("zone", String, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("day_start", String, nullable=False),
    Column("address", JSON),
    Column("holiday_country", String),
    Column("holiday_subdivision", String),
    Column("promises", JSON, nullable=False),
    Column("alarms", JSON),
    Column("undo_window_s", Integer, nullable=False),
    Column("missed_after_s", Integer, nullable=False),
    Column("missed_min_calls", Integer, nullable=False),
    Column("round_the_clock", Boolean, nullable=False),
    Column("language_filters", Boolean, nullable=False),
    Column("max_party", Integer, nullable=False),
    # Their defaults are those of the rules: older releases, which do not know them, may still write beside this one.
    Column("last_ticket_min", Integer, nullable=False, server_default="30"),
    Column("transfer_hold_s", Integer, nullable=False, server_default="600"),
    Column("pay_offline", Boolean, nullable=False, server_default=false()),
    Column("kiosk_party", Integer, nullable=False, server_default="8"),
    Column("kiosk_services", Integer, nullable=False, server_default="3"),
    Column("language_room_s", Integer, nullable=False, server_default="600"),
    Column("lock_minutes", Integer, nullable=False, server_default="10"),
    Column("manager_second_factor", Boolean, nullable=False, server_default=false()),
    Column("kiosk_checklist", Boolean, nullable=False, server_default=false()),
    Column("more_time_times", Integer, nullable=False, server_default="2"),
    Column("staff_figures", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("id"),
)


def _of_centre(name: str, key: str, *columns: SchemaItem) -> Table:
    """Declare a table of parts of a centre that are named by an id and stand in an order."""
    return Table(
        name,
        metadata,
        Column("centre", id_text(), nullable=False),
        Column(key, id_text(), nullable=False),
        Column("position", Integer, nullable=False),
        *columns,
        PrimaryKeyConstraint("centre", key),
        ForeignKeyConstraint(["centre"], ["centres.id"]),
    )


governments = _of_centre("governments", "id", Column("name", JSON, nullable=False))
kind_groups = _of_centre(
    "kind_groups", "id", Column("name", JSON, nullable=False), Column("icon", String, nullable=False)
)
#: An older release, which does not know groups, may write beside this one: no kind holds one fast.
kinds = _of_centre(
    "kinds",
    "id",
    Column("name", JSON, nullable=False),
    Column("icon", String, nullable=False),
    Column("group", id_text()),
)
steps = _of_centre(
    "steps",
    "id",
    Column("name", JSON, nullable=False),
    Column("place", JSON, nullable=False),
    Column("promises", JSON, nullable=False),
    # Older releases, which do not know it, may still write beside this one.
    Column("takes_fees", Boolean, nullable=False, server_default=false()),
    Column("needs_checklist", Boolean, nullable=False, server_default=false()),
    Column("minutes", Integer, nullable=False, server_default="10"),
    Column("extra_minutes", Integer),
    Column("remote", String),
    Column("remote_link", String, nullable=False, server_default=text("''")),
)
services = _of_centre(
    "services",
    "id",
    Column("government", id_text(), nullable=False),
    Column("kind", id_text(), nullable=False),
    Column("name", JSON, nullable=False),
    Column("promises", JSON, nullable=False),
    Column("bookable", Boolean, nullable=False, server_default=true()),
    Column("standard_minutes", Integer),
    Column("standard_percent", Integer, nullable=False, server_default="80"),
    ForeignKeyConstraint(["centre", "government"], ["governments.centre", "governments.id"]),
    ForeignKeyConstraint(["centre", "kind"], ["kinds.centre", "kinds.id"]),
)
#: The journeys: the stops of every service in their order, and what is promised at one, and how long it takes, where
#: that differs.
service_steps = Table(
    "service_steps",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("service", id_text(), nullable=False),
    Column("position", Integer, nullable=False),
    Column("step", id_text(), nullable=False),
    Column("promises", JSON, nullable=False),
    Column("minutes", Integer),
    Column("extra_minutes", Integer),
    Column("needs_checklist", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("centre", "service", "position"),
    ForeignKeyConstraint(["centre", "service"], ["services.centre", "services.id"]),
    ForeignKeyConstraint(["centre", "step"], ["steps.centre", "steps.id"]),
)
counters = _of_centre(
    "counters",
    "id",
    Column("name", String, nullable=False),
    Column("direction", String),
    Column("steps", JSON, nullable=False),
    Column("services", JSON, nullable=False),
    Column("governments", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
)
#: ``weekday`` counts from Monday 0; ``opens`` and ``closes`` are minutes after midnight in the centre's zone.
opening_hours = Table(
    "opening_hours",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("opens", Integer, nullable=False),
    Column("closes", Integer, nullable=False),
    PrimaryKeyConstraint("centre", "weekday", "opens"),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)
closed_days = Table(
    "closed_days",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("day", Date, nullable=False),
    PrimaryKeyConstraint("centre", "day"),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)
#: ``amount`` in minor units of ``currency``. An older release, which does not know them, may take services out beside
#: this one, so no fee holds one fast: those of services that are gone are not read.
fees = Table(
    "fees",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("position", Integer, nullable=False),
    Column("service", id_text(), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("waivable", Boolean, nullable=False),
    Column("per", String, nullable=False, server_default="party"),
    Column("bands", JSON),
    PrimaryKeyConstraint("centre", "position"),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)

bands = _of_centre("bands", "id", Column("name", JSON, nullable=False), Column("from_age", Integer, nullable=False))

shelves = _of_centre("shelves", "id", Column("places", Integer, nullable=False))

#: One row of each centre that gives appointments.
appointment_rules = Table(
    "appointment_rules",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("period_min", Integer, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("lead_min", Integer, nullable=False),
    Column("walk_in_percent", Integer, nullable=False),
    Column("work_percent", Integer, nullable=False),
    Column("overbooking_percent", Integer, nullable=False),
    Column("early_min", Integer, nullable=False),
    Column("grace_min", Integer, nullable=False),
    Column("late_min", Integer, nullable=False),
    Column("hold_min", Integer, nullable=False),
    Column("change_until_min", Integer, nullable=False),
    Column("release_within_min", Integer, nullable=False),
    Column("confirm_document", Boolean, nullable=False),
    Column("document_bookings", Integer, nullable=False),
    Column("contact_bookings", Integer, nullable=False),
    Column("remind_hours", JSON, nullable=False),
    Column("letter_checklist", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("centre"),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)
#: ``hours`` and ``breaks`` as the catalogue writes them. Like fees, what is named holds nothing fast.
staffing = _of_centre(
    "staffing",
    "id",
    Column("name", JSON, nullable=False),
    Column("days", JSON, nullable=False),
    Column("hours", String, nullable=False),
    Column("breaks", JSON, nullable=False),
    Column("counters", Integer, nullable=False),
    Column("steps", JSON, nullable=False),
    Column("services", JSON, nullable=False),
    Column("governments", JSON, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
)

#: An older release, which does not know them, may take services out beside this one: those that are gone are not read.
service_checklists = Table(
    "service_checklists",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("position", Integer, nullable=False),
    Column("services", JSON, nullable=False),
    Column("owner", JSON, nullable=False),
    Column("reviewed", Date, nullable=False),
    Column("lines", JSON, nullable=False),
    PrimaryKeyConstraint("centre", "position"),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)

#: ``schema`` as the catalogue writes it; as JSON and not as JSONB, which would lose the order of the questions.
service_forms = _of_centre(
    "service_forms",
    "id",
    Column("services", JSON, nullable=False),
    Column("title", JSON, nullable=False),
    Column("purposes", JSON, nullable=False),
    Column("schema", JSON, nullable=False),
    Column("retention_days", Integer, nullable=False),
)

#: Those that name others stand before them: the order in which rows are taken out.
PARTS = (
    fees,
    bands,
    service_steps,
    services,
    counters,
    steps,
    kinds,
    kind_groups,
    governments,
    opening_hours,
    closed_days,
    shelves,
    appointment_rules,
    staffing,
    service_checklists,
    service_forms,
)
