"""What happened on each day, in rows to be counted: projections of ``queue/<centre>/<service day>`` that follow it.

Instants are microseconds since the epoch, durations whole seconds. ``book`` is the name of the stream without its
kind. Nobody is in them: a visit is an id that says nothing of who came. What each column is stands in docs/figures.md.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from queue_server.reports.tally import COUNTS, DURATIONS
from queue_server.tables import id_text, metadata


def _id(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, id_text(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=nullable)


#: A row a day: ``seq`` is the event of its stream up to which all rows of that day are shown.
report_days = Table(
    "report_days",
    metadata,
    _id("book"),
    _id("centre"),
    _id("day"),
    _instant("starts_at"),
    _instant("seq"),
    PrimaryKeyConstraint("book"),
)
Index(None, report_days.c.centre, report_days.c.day)

report_visits = Table(
    "report_visits",
    metadata,
    _id("book"),
    _id("visit"),
    _id("centre"),
    _id("day"),
    Column("category", String, nullable=False),
    Column("language", String, nullable=False),
    Column("source", String, nullable=False),
    _id("service"),
    Column("services", JSON, nullable=False),
    _id("government"),
    _number("party_size"),
    Column("arrived", Boolean, nullable=False),
    _instant("issued_at"),
    _instant("booked_at", nullable=True),
    _instant("first_called_at", nullable=True),
    _instant("ended_at", nullable=True),
    Column("outcome", String, nullable=False),
    _number("stops"),
    _number("recalls"),
    _number("reprints"),
    _number("transfers"),
    _number("settlements"),
    PrimaryKeyConstraint("book", "visit"),
)
Index(None, report_visits.c.centre, report_visits.c.day)

report_stops = Table(
    "report_stops",
    metadata,
    _id("book"),
    _id("visit"),
    _number("number"),
    _id("centre"),
    _id("day"),
    _id("step"),
    _id("service"),
    _id("government"),
    Column("category", String, nullable=False),
    Column("language", String, nullable=False),
    Column("source", String, nullable=False),
    _id("counter", nullable=True),
    Column("outcome", String, nullable=False),
    _instant("ready_at"),
    _instant("due", nullable=True),
    _instant("called_at", nullable=True),
    _instant("started_at", nullable=True),
    _instant("finished_at", nullable=True),
    _number("calls"),
    _number("waited_s", nullable=True),
    _number("walked_s", nullable=True),
    _number("served_s", nullable=True),
    Column("kept", Boolean),
    PrimaryKeyConstraint("book", "visit", "number"),
)
Index(None, report_stops.c.centre, report_stops.c.day)

report_counters = Table(
    "report_counters",
    metadata,
    _id("book"),
    _id("counter"),
    _number("number"),
    _id("centre"),
    _id("day"),
    Column("state", String, nullable=False),
    Column("reason", String),
    _instant("start"),
    _instant("end", nullable=True),
    PrimaryKeyConstraint("book", "counter", "number"),
)
Index(None, report_counters.c.centre, report_counters.c.day)

#: Bins of durations are JSON lists (``durations.packed``).
report_tallies = Table(
    "report_tallies",
    metadata,
    _id("book"),
    _id("dimension"),
    _id("key"),
    _id("centre"),
    _id("day"),
    *(_number(name) for name in COUNTS),
    _number("waited_s"),
    _number("waited_in_vain_s"),
    _number("walked_s"),
    _number("served_s"),
    _number("stayed_s"),
    _number("first_waited_s"),
    *(Column(name, Text, nullable=False) for name in DURATIONS),
    PrimaryKeyConstraint("book", "dimension", "key"),
)
Index(None, report_tallies.c.centre, report_tallies.c.dimension, report_tallies.c.day)

TABLES = (report_days, report_visits, report_stops, report_counters, report_tallies)
