"""A day as managers see and change it: its staffing, what is taken, and whom a change concerns before it counts."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from queue_server.appointments import day_changes, decide, store
from queue_server.appointments import events as e
from queue_server.appointments.booking import Booker, store_days
from queue_server.appointments.decide import BookableDay
from queue_server.appointments.engine import AppointmentEngine
from queue_server.appointments.errors import DayChangeInvalidError
from queue_server.appointments.model import Appointment, AppointmentDay, StoredAppointment
from queue_server.appointments.store import DAYS, book_of
from queue_server.appointments.views import appointment_view, change_view, day_answer
from queue_server.centre.centres import Centre
from queue_server.contract import appointments as m
from queue_server.domain.appointments import DayChangeId, DayChangeKind, PoolId
from queue_server.domain.values import Day, Micros, to_micros
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.framework.server import Server


async def of_day(server: Server, centre: Centre, day: Day) -> m.AppointmentDayAnswer:
    """Show the capacity of a day, and what is taken of it now.

    Raises:
        AppointmentsNotOfferedError: this centre gives no appointments.
    """
    engine, now = server[AppointmentEngine], server.clock()

    def work(connection: Connection) -> m.AppointmentDayAnswer:
        book, bookable = engine.books.read(connection, centre.id, day).book, engine.day(centre, day)
        use = decide.use_of(bookable, book, now)
        pools = [pool.id for pool in bookable.staffed.pools]
        changes = () if book is None else book.changes
        return day_answer(use.day, use, pools, changes, _listed(book), centre.rule.zone)

    return await server.log.run(work)


async def appointments_of(server: Server, centre: Centre, day: Day) -> tuple[m.AppointmentView, ...]:
    """List the appointments of a day, the earliest first."""
    found = await server.log.run(lambda connection: store.of_day(connection, centre.id, day))
    return shown(server, centre, found)


def shown(server: Server, centre: Centre, found: Iterable[StoredAppointment]) -> tuple[m.AppointmentView, ...]:
    rules, now = centre.setup.setup.appointments, server.clock()
    return tuple(appointment_view(one, centre.rule.zone, rules, now) for one in found)


async def preview(server: Server, centre: Centre, day: Day, wanted: m.ChangeDayRequest) -> m.DayChangePreviewAnswer:
    """Find out whom a change would concern; nothing changes.

    Raises:
        AppointmentsNotOfferedError: this centre gives no appointments.
        DayChangeInvalidError: it is none.
    """
    engine, now = server[AppointmentEngine], server.clock()

    def work(connection: Connection) -> tuple[StoredAppointment, ...]:
        book, bookable = engine.books.read(connection, centre.id, day).book, engine.day(centre, day)
        body, journeys = _body(wanted, DayChangeId("")), engine.journeys(connection, centre, now)
        return _some(book, day_changes.effects_of(book, bookable, body, journeys, now).displaced)

    return m.DayChangePreviewAnswer(shown(server, centre, await server.log.run(work)))


async def change(booker: Booker, day: Day, wanted: m.ChangeDayRequest) -> m.DayChangeAnswer:
    """Change the staffing of a day; it has to concern exactly those that the manager was shown.

    Raises:
        AppointmentsNotOfferedError: this centre gives no appointments.
        DayChangeInvalidError: it is none.
        DayChangeConcernsError: it concerns others than those that were shown.
    """
    ident = DayChangeId(booker.named("day-change"))
    body = _body(wanted, ident)

    def decided(connection: Connection, bookable: BookableDay, now: Micros) -> "_Decide":
        journeys = booker.server[AppointmentEngine].journeys(connection, booker.centre, now)
        return lambda book: day_changes.change_day(book, bookable, body, wanted.concerns, journeys, now)

    done = await _in_turn(booker, day, decided)
    changes = () if done.after is None else done.after.changes
    made = next((one for one in changes if one.id == ident), None)
    if made is None:
        # The same command once more, and it was taken back meanwhile.
        raise DayChangeInvalidError
    displaced = [one.appointment for one in done.bodies if isinstance(one, e.AppointmentDisplaced)]
    named = displaced or wanted.concerns
    return m.DayChangeAnswer(change_view(made), shown(booker.server, booker.centre, _some(done.after, named)))


async def restore(booker: Booker, day: Day, ident: str) -> m.AppointmentDayAnswer:
    """Take a change of a day back; nothing where it is not there any more.

    Raises:
        AppointmentsNotOfferedError: this centre gives no appointments.
        DayChangeConcernsError: somebody has booked what would go with it.
    """

    def decided(connection: Connection, bookable: BookableDay, now: Micros) -> "_Decide":
        journeys = booker.server[AppointmentEngine].journeys(connection, booker.centre, now)
        return lambda book: day_changes.restore_day(book, ident, journeys, bookable, now)

    await _in_turn(booker, day, decided)
    return await of_day(booker.server, booker.centre, day)


type _Decide = Callable[[AppointmentDay | None], decide.Decided]


async def _in_turn(
    booker: Booker, day: Day, decided: Callable[[Connection, BookableDay, Micros], _Decide]
) -> PendingAppend[AppointmentDay]:
    engine, centre = booker.server[AppointmentEngine], booker.centre

    def work(connection: Connection) -> PendingAppend[AppointmentDay]:
        now = booker.server.clock()
        drafted = engine.books.draft(
            connection,
            centre.id,
            day,
            decided(connection, engine.day(centre, day), now),
            at=now,
            command=booker.command,
            actor=booker.actor,
        )
        store_days(booker.server, connection, centre, (drafted,), now, booker.command, booker.actor)
        return drafted

    return await booker.server.log.write_in_turn(DAYS.stream(book_of(centre.id, day)), work)


def _body(wanted: m.ChangeDayRequest, ident: DayChangeId) -> e.AppointmentDayChanged:
    if wanted.start.tzinfo is None or wanted.end.tzinfo is None:
        raise DayChangeInvalidError
    pool = None if wanted.pool is None else PoolId(wanted.pool)
    counters = wanted.counters if wanted.kind is DayChangeKind.COUNTERS else 0
    return e.AppointmentDayChanged(ident, wanted.kind, to_micros(wanted.start), to_micros(wanted.end), pool, counters)


def _listed(book: AppointmentDay | None) -> list[StoredAppointment]:
    found: Iterable[Appointment] = () if book is None else book.appointments.values()
    return sorted(found, key=lambda one: (one.at, one.id))


def _some(book: AppointmentDay | None, named: Iterable[Any]) -> tuple[StoredAppointment, ...]:
    wanted = set(named)
    return tuple(one for one in _listed(book) if one.id in wanted)
