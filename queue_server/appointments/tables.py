"""The projections of ``appointments/<centre>/<service day>``. Instants are microseconds since the epoch.

Nobody is in them: who an appointment is for stands in the vault.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table

from queue_server.tables import id_text, metadata

#: A row each, at the day at which it is; ``book`` is the name of its stream without the kind, ``service`` the first.
appointments = Table(
    "appointments",
    metadata,
    Column("book", id_text(), nullable=False),
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("day", id_text(), nullable=False),
    Column("code", id_text(), nullable=False),
    Column("state", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("service", id_text(), nullable=False),
    Column("services", JSON, nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("people", JSON, nullable=False),
    Column("language", String, nullable=False),
    Column("through", String, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("remote", String),
    Column("document", id_text()),
    Column("booked_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("visit", id_text()),
    # One that is moved leaves its old day and comes to the new one in one commit, in whichever order.
    PrimaryKeyConstraint("book", "id"),
)
Index(None, appointments.c.id)
Index(None, appointments.c.centre, appointments.c.code)
Index(None, appointments.c.centre, appointments.c.day, appointments.c.state)
Index(None, appointments.c.document)
Index(None, appointments.c.visit)

#: A row a day: ``taken`` is what is booked, ``passing`` what is held or will come back, with when it is free again.
appointment_days = Table(
    "appointment_days",
    metadata,
    Column("book", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("day", id_text(), nullable=False),
    Column("taken", JSON, nullable=False),
    Column("passing", JSON, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("book"),
)
Index(None, appointment_days.c.centre, appointment_days.c.day)

#: Who waits for a place. From ``earliest_min`` to ``latest_min`` of a day, by the clock of the centre, they can come.
waitlist_entries = Table(
    "waitlist_entries",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("state", String, nullable=False),
    Column("services", JSON, nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("people", JSON, nullable=False),
    Column("language", String, nullable=False),
    Column("first_day", id_text(), nullable=False),
    Column("last_day", id_text(), nullable=False),
    Column("earliest_min", Integer, nullable=False),
    Column("latest_min", Integer, nullable=False),
    Column("joined_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("appointment", id_text()),
    PrimaryKeyConstraint("id"),
)
Index(None, waitlist_entries.c.centre, waitlist_entries.c.state)

#: Which places they were offered: ``open`` until ``until``; ``held_until`` is when all others may have it.
waitlist_offers = Table(
    "waitlist_offers",
    metadata,
    Column("entry", id_text(), nullable=False),
    Column("hold", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("day", id_text(), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("held_until", BigInteger, nullable=False),
    Column("open", Boolean, nullable=False),
    PrimaryKeyConstraint("entry", "hold"),
)
Index(None, waitlist_offers.c.centre, waitlist_offers.c.day, waitlist_offers.c.held_until)
Index(None, waitlist_offers.c.hold)
