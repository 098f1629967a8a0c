"""Which times are free, over some weeks at a glance: read from one row a day, and never sold from there."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from queue_server.appointments import store
from queue_server.appointments.capacity import CapacityUse, Load, StopDemand, capacity
from queue_server.appointments.engine import (
    AppointmentEngine,
    BookedParty,
    between,
    days_between,
    expected,
    journey_of_party,
    last_day,
    rules_of,
)
from queue_server.centre.centres import Centre
from queue_server.contract.appointments import BookableDayView, FreeTimesAnswer, FreeTimeView
from queue_server.domain.appointments import BookedThrough
from queue_server.domain.values import HOUR, Day, Micros, to_datetime
from queue_server.framework.server import Server

#: Days that are told of at once.
MAX_DAYS = 35


async def free_times(  # noqa: PLR0917 - what is asked for in all its parts
    server: Server,
    centre: Centre,
    party: BookedParty,
    first: Day,
    last: Day,
    through: BookedThrough = BookedThrough.PUBLIC,
    without: str | None = None,
) -> FreeTimesAnswer:
    """List the free times of the days from ``first`` to ``last``, at most ``MAX_DAYS`` of them.

    ``without`` is an appointment that would be moved there: what it takes now is free for it.

    Raises:
        AppointmentsNotOfferedError: no appointment is given for that.
    """
    now = server.clock()
    return await server.log.run(
        lambda connection: _free(
            server[AppointmentEngine], connection, centre, party, first, last, through, without, now
        )
    )


def _free(  # noqa: PLR0917 - as above
    engine: AppointmentEngine,
    connection: Connection,
    centre: Centre,
    party: BookedParty,
    first: Day,
    last: Day,
    through: BookedThrough,
    without: str | None,
    now: Micros,
) -> FreeTimesAnswer:
    rules, whole = rules_of(centre), journey_of_party(centre, party)
    earliest, latest = between(centre, rules, through, now)
    seen, zone = engine.shares(connection, centre, now), ZoneInfo(centre.rule.zone)
    taken = store.taken_days(connection, centre.id, first, last)
    moved = None if without is None else _loads_of(engine, connection, centre, without)
    by_hour: dict[int, tuple[StopDemand, ...]] = {}

    def stops_at(at: Micros) -> tuple[StopDemand, ...]:
        hour = at // HOUR
        if hour not in by_hour:
            by_hour[hour] = expected(centre, rules, whole, seen, at)
        return by_hour[hour]

    shown = []
    for day in list(days_between(first, last))[:MAX_DAYS]:
        times: tuple[FreeTimeView, ...] = ()
        if centre.rule.day_at(now) <= day <= last_day(centre, rules, now):
            known, bookable = taken.get(day), engine.day(centre, day)
            changes = () if known is None else known.changes
            use = CapacityUse(capacity(bookable.staffed, changes, bookable.rules))
            use.add(() if known is None else known.loads(now))
            if moved is not None and moved[0] == day:
                use.remove(moved[1])
            free = map(to_datetime, use.times(stops_at, earliest, latest))
            times = tuple(FreeTimeView(at, f"{at.astimezone(zone):%H:%M}") for at in free)
        shown.append(BookableDayView(day, len(times), times))
    return FreeTimesAnswer(tuple(shown), whole.seconds // 60)


def _loads_of(
    engine: AppointmentEngine, connection: Connection, centre: Centre, ident: str
) -> tuple[Day, tuple[Load, ...]] | None:
    """Find what an appointment takes now, and on which day."""
    row = store.by_id(connection, ident)
    if row is None or row.centre != centre.id:
        return None
    book = engine.books.read(connection, centre.id, row.day).book
    one = None if book is None else book.appointments.get(row.id)
    return None if one is None else (row.day, one.loads)


def days_from(first: Day, count: int) -> Day:
    """Name the last of so many days."""
    return Day((date.fromisoformat(first) + timedelta(days=count - 1)).isoformat())
