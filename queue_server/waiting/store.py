"""Statements of what days have taught: synchronous, on a ``Connection``."""

from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select

from queue_server.appointments import store as appointments
from queue_server.appointments.capacity import DayChange
from queue_server.database.serialising import serialise
from queue_server.domain.appointments import AppointmentState
from queue_server.domain.values import CentreId, Day
from queue_server.forecast.judging import JudgedStop
from queue_server.forecast.outlook import ExpectedBooking
from queue_server.waiting.learning import TaughtRates, WaitingDay
from queue_server.waiting.tables import waiting_days

_C = waiting_days.c
#: Appointments that nobody expects.
_GONE: Final = (AppointmentState.CANCELLED, AppointmentState.DISPLACED, AppointmentState.MOVED)
_RATES = msgspec.msgpack.Decoder(TaughtRates)
_JUDGED = msgspec.msgpack.Decoder(tuple[JudgedStop, ...])


def known_days(connection: Connection, centre: CentreId) -> tuple[Day, ...]:
    """Name the days that have been learned from, in their order."""
    return tuple(connection.execute(select(_C.day).where(_C.centre == centre).order_by(_C.day)).scalars())


def read(connection: Connection, centre: CentreId, last: int) -> tuple[WaitingDay, ...]:
    """Read the last days that were learned from, in their order; what another release wrote otherwise is left out."""
    rows = connection.execute(select(waiting_days).where(_C.centre == centre).order_by(_C.day.desc()).limit(last)).all()
    found = []
    for row in reversed(rows):
        try:
            found.append(WaitingDay(row.day, _RATES.decode(row.rates), _JUDGED.decode(row.judged)))
        except msgspec.MsgspecError:
            continue
    return tuple(found)


def put(connection: Connection, centre: CentreId, one: WaitingDay, keep: int) -> None:
    """Keep a day, unless another server has; of so many days beside it the oldest goes."""
    serialise(connection, "waiting", (centre,))
    days = known_days(connection, centre)
    if one.day not in days:
        encode = msgspec.msgpack.encode
        connection.execute(
            insert(waiting_days).values(centre=centre, day=one.day, rates=encode(one.taught), judged=encode(one.judged))
        )
    if len(days) > keep:
        connection.execute(delete(waiting_days).where(_C.centre == centre, _C.day < days[-keep]))


def changes(connection: Connection, centre: CentreId, day: Day) -> tuple[DayChange, ...]:
    """List what managers changed of the staffing of a day, in the order in which they did."""
    found = appointments.taken_days(connection, centre, day, day).get(day)
    return () if found is None else found.changes


def bookings(connection: Connection, centre: CentreId, day: Day) -> tuple[ExpectedBooking, ...] | None:
    """List who has booked for a day; None where nobody has."""
    found = tuple(
        ExpectedBooking(one.at, tuple(one.services), one.party_size)
        for one in appointments.of_day(connection, centre, day)
        if one.state not in _GONE and one.remote is None
    )
    return found or None
