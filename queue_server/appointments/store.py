"""Statements of appointments: synchronous, on a ``Connection``. The streams of days are the truth.

A day has hundreds of events, and each booking is decided on all of them: so a process remembers what a stream has
folded to and reads on from there. That is safe, since a stream only grows, and whatever is decided on less than it
holds is refused where it is stored.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, select

from queue_server.appointments.capacity import DayChange, Load
from queue_server.appointments.events import CODEC
from queue_server.appointments.model import Appointment, AppointmentDay, StoredAppointment, evolve
from queue_server.appointments.noshows import SeenShare
from queue_server.appointments.tables import appointment_days, appointments
from queue_server.domain.appointments import (
    AppointmentCode,
    AppointmentState,
)
from queue_server.domain.values import HOUR, Actor, CentreId, Day, Micros, VisitId
from queue_server.eventlog import statements
from queue_server.eventlog.aggregate import Aggregate, PendingAppend
from queue_server.eventlog.codec import encode
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Head, IdempotencyMismatchError, NewEvent
from queue_server.eventlog.projection import Key, Projection, Row, difference, keyed

#: Days that are remembered: of several centres the weeks that can be booked.
_MAX_BOOKS: Final = 128


# --- projection ------------------------------------------------------------------------------------------------------


def book_of(centre: CentreId, day: Day) -> str:
    """Name a day's stream, without its kind."""
    return f"{centre}/{day}"


def _appointment_row(one: Appointment) -> Row:
    return {
        "book": book_of(one.centre, one.day),
        "id": one.id,
        "centre": one.centre,
        "day": one.day,
        "code": one.code,
        "state": one.state.value,
        "at": one.at,
        "service": one.services[0],
        "services": list(one.services),
        "party_size": one.party_size,
        "people": [{"band": each.band, "count": each.count} for each in one.people],
        "language": one.language,
        "through": one.through.value,
        "seconds": one.seconds,
        "remote": None if one.remote is None else one.remote.value,
        "document": one.document,
        "booked_at": one.booked_at,
        "changed_at": one.changed_at,
        "revision": one.revision,
        "visit": one.visit,
    }


def _appointment_rows(listed: Iterable[Appointment]) -> list[Row]:
    # What was moved is a row of the day at which it is now.
    return [_appointment_row(one) for one in listed if one.state is not AppointmentState.MOVED]


def _day_row(book: AppointmentDay) -> Row:
    return {
        "book": book_of(book.centre, book.day),
        "centre": book.centre,
        "day": book.day,
        "taken": _listed(book.booked_loads()),
        "passing": [[until, _listed(loads)] for until, loads in book.passing_loads(book.changed_at)],
        "changes": [[one.id, one.kind.value, one.start, one.end, one.pool, one.counters] for one in book.changes],
        "changed_at": book.changed_at,
        "seq": book.seq,
    }


def _listed(loads: Iterable[Load]) -> list[list[str | int]]:
    return [[load.pool, load.at, load.seconds] for load in loads]


def _rows(book: AppointmentDay) -> Mapping[str, Sequence[Row]]:
    return {
        appointments.name: _appointment_rows(book.appointments.values()),
        appointment_days.name: (_day_row(book),),
    }


class DayProjection(Projection[AppointmentDay]):
    """Of the hundreds of appointments of a day it looks only at those that an event has touched."""

    def apply(
        self, connection: Connection, before: AppointmentDay | None, after: AppointmentDay, position: int
    ) -> None:
        old = {} if before is None else before.appointments
        fresh = [one for ident, one in after.appointments.items() if old.get(ident) is not one]
        were = [old[one.id] for one in fresh if one.id in old]
        difference(
            appointments,
            keyed(appointments, _appointment_rows(were)),
            keyed(appointments, _appointment_rows(fresh)),
        ).write(connection)
        day = keyed(appointment_days, (_day_row(after),))
        # Each event moves the row of its day on: what it was need not be counted once more.
        was: dict[Key, Row] = {} if before is None else {key: {} for key in day}
        difference(appointment_days, was, day).write(connection)
        self.advance(connection, position)


DAYS: Final = Aggregate(
    "appointments",
    CODEC,
    evolve,
    DayProjection("appointments", 1, {appointments: "book", appointment_days: "book"}, _rows),
)


def day_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = appointment_days.c
    return select(literal(DAYS.prefix).concat(known.book)).where(known.centre == centre, known.changed_at >= since)


# --- books -----------------------------------------------------------------------------------------------------------


class KnownBook(msgspec.Struct, frozen=True):
    """A day as its stream was read up to ``head``; ``commands`` are those of its events, by their keys."""

    book: AppointmentDay | None
    head: Head
    at: Micros
    commands: dict[str, str]


class DayBookCache:
    """What the streams of days have folded to in this process. May be asked from any thread."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, KnownBook] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, connection: Connection, centre: CentreId, day: Day) -> KnownBook:
        """Read on from where a day was read last. What the transaction that asks has stored itself is not remembered.

        Raises:
            UnknownEventError: a newer release wrote it.
        """
        ident = book_of(centre, day)
        with self._lock:
            known = self._known.get(ident) or KnownBook(None, EMPTY, Micros(0), {})
        book, commands = known.book, known.commands
        stream = DAYS.stream(ident)
        events = statements.read(connection, stream, known.head.seq, None)
        if not events:
            return known
        for event in events:
            book = evolve(book, CODEC.decode(event.type, event.v, event.payload), event.seq, event.at)
        # Others may just read the old ones; what they do not find there they find in the stream.
        commands = commands | {event.command.partition("#")[0]: event.command for event in events}
        last = events[-1]
        found = KnownBook(book, Head(last.seq, last.hash), last.at, commands)
        if statements.has_appended(connection, stream):
            return found
        with self._lock:
            held = self._known.get(ident)
            if held is None or held.head.seq < found.head.seq:
                self._known[ident] = found
            self._known.move_to_end(ident)
            while len(self._known) > _MAX_BOOKS:
                self._known.popitem(last=False)
        return found

    def draft(
        self,
        connection: Connection,
        centre: CentreId,
        day: Day,
        decide: Callable[[AppointmentDay | None], Sequence[Payload]],
        *,
        at: Micros,
        command: str,
        actor: Actor,
    ) -> PendingAppend[AppointmentDay]:
        """Decide on a day as it now is (``Aggregate.draft``).

        Raises:
            IdempotencyMismatchError: the key of the command was used for something else.
        """
        known = self.read(connection, centre, day)
        before = known.commands.get(command.partition("#")[0])
        if before is not None and before != command:
            raise IdempotencyMismatchError
        bodies = () if before is not None else tuple(decide(known.book))
        moment, after = Micros(max(at, known.at)), known.book
        for seq, body in enumerate(bodies, start=known.head.seq + 1):
            after = evolve(after, body, seq, moment)
        new = tuple(NewEvent(moment, body.type, body.v, command, actor, encode(body)) for body in bodies)
        return PendingAppend(DAYS, DAYS.stream(book_of(centre, day)), known.head, known.book, after, bodies, new)


# --- rows ------------------------------------------------------------------------------------------------------------


_APPOINTMENT = select(*(appointments.c[name] for name in StoredAppointment.__struct_fields__))


def by_id(connection: Connection, ident: str) -> StoredAppointment | None:
    """Find an appointment by its id, at whichever centre it is."""
    return next(iter(some(connection, appointments.c.id == ident)), None)


def by_code(connection: Connection, centre: CentreId, code: AppointmentCode) -> tuple[StoredAppointment, ...]:
    """Find the appointments of a centre with a code: one, but for what chance has done."""
    return some(connection, appointments.c.centre == centre, appointments.c.code == code)


def by_visit(connection: Connection, centre: CentreId, visit: VisitId) -> StoredAppointment | None:
    """Find the appointment with which a visit began."""
    return next(iter(some(connection, appointments.c.centre == centre, appointments.c.visit == visit)), None)


def of_day(connection: Connection, centre: CentreId, day: Day) -> tuple[StoredAppointment, ...]:
    """List the appointments of a day, the earliest first."""
    return some(connection, appointments.c.centre == centre, appointments.c.day == day)


def of_documents(connection: Connection, centre: CentreId, documents: Iterable[str]) -> tuple[StoredAppointment, ...]:
    """List the appointments that were made with documents, by their names in the vault, the earliest first."""
    named = tuple(documents)
    return some(connection, appointments.c.centre == centre, appointments.c.document.in_(named)) if named else ()


def some(connection: Connection, *which: ColumnElement[bool]) -> tuple[StoredAppointment, ...]:
    """List appointments, the earliest first."""
    found = connection.execute(_APPOINTMENT.where(*which).order_by(appointments.c.at, appointments.c.id)).mappings()
    return tuple(_read(row) for row in found)


def _read(row: Mapping[Any, Any]) -> StoredAppointment:
    # The names of columns are no plain strings, which msgspec wants.
    return msgspec.convert({name: row[name] for name in StoredAppointment.__struct_fields__}, StoredAppointment)


class TakenDay(msgspec.Struct, frozen=True):
    """What is taken of a day, as one row has it."""

    day: Day
    seq: int
    taken: tuple[Load, ...]
    passing: tuple[tuple[Micros, tuple[Load, ...]], ...]
    changes: tuple[DayChange, ...]

    def same_until(self, now: Micros) -> Micros | None:
        """Tell when something of it is free again by itself; None where nothing is held or given back at ``now``."""
        return min((until for until, _ in self.passing if until > now), default=None)

    def loads(self, now: Micros) -> list[Load]:
        """List what is taken at ``now``."""
        return [*self.taken, *(load for until, loads in self.passing if until > now for load in loads)]


def taken_days(connection: Connection, centre: CentreId, first: Day, last: Day) -> dict[Day, TakenDay]:
    """Read what is taken from one day to another, both among them; a day of which nothing was asked is left out."""
    c = appointment_days.c
    which = select(c.day, c.seq, c.taken, c.passing, c.changes).where(c.centre == centre, c.day >= first, c.day <= last)
    return {
        row.day: TakenDay(
            row.day,
            row.seq,
            tuple(Load(*load) for load in row.taken),
            tuple((until, tuple(Load(*load) for load in loads)) for until, loads in row.passing),
            msgspec.convert(
                [dict(zip(DayChange.__struct_fields__, one, strict=True)) for one in row.changes], tuple[DayChange, ...]
            ),
        )
        for row in connection.execute(which)
    }


def booked_marks(connection: Connection, since: Day) -> dict[CentreId, int]:
    """Return a number for each centre that grows with every event of its days from ``since`` on."""
    c = appointment_days.c
    found = connection.execute(select(c.centre, func.sum(c.seq)).where(c.day >= since).group_by(c.centre))
    return {CentreId(centre): int(number) for centre, number in found}


def booked_before(connection: Connection, centre: CentreId, day: Day) -> tuple[Day, ...]:
    """Name the days before one on which something is still booked."""
    c = appointments.c
    found = select(c.day).where(c.centre == centre, c.state == AppointmentState.BOOKED, c.day < day).distinct()
    return tuple(connection.execute(found.order_by(c.day)).scalars())


def remote_due(
    connection: Connection, centres: Collection[CentreId], days: Collection[Day], now: Micros
) -> tuple[StoredAppointment, ...]:
    """List the appointments of some days by telephone or video whose time has come, and that are still only booked."""
    c = appointments.c
    where = (c.centre.in_(centres), c.day.in_(days), c.state == AppointmentState.BOOKED)
    return some(connection, *where, c.remote.is_not(None), c.at <= now)


def seen_shares(connection: Connection, centre: CentreId, since: Micros, until: Micros) -> tuple[SeenShare, ...]:
    """Count by service and hour who came and who did not."""
    c = appointments.c
    hour = c.at // HOUR
    missed = func.sum(case((c.state == AppointmentState.MISSED, 1), else_=0))
    ended = c.state.in_((AppointmentState.MISSED, AppointmentState.CHECKED_IN))
    found = (
        select(c.service, hour.label("hour"), func.count().label("booked"), missed.label("missed"))
        .where(c.centre == centre, c.at >= since, c.at < until, ended)
        .group_by(c.service, hour)
    )
    return tuple(SeenShare(row.service, row.hour, row.booked, row.missed) for row in connection.execute(found))
