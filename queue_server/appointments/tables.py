"""The projections of ``appointments/<centre>/<service day>``. Instants are microseconds since the epoch.

Nobody is in them: who an appointment is for stands in the vault.
"""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table

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
