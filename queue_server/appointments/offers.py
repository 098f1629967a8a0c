"""Which times are free, over some weeks at a glance: read from one row a day, and never sold from there."""

import asyncio
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection

from queue_server.appointments import store
from queue_server.appointments.capacity import CapacityUse, Load, StopDemand, capacity
from queue_server.appointments.engine import (
    AppointmentEngine,
    BookedParty,
    between,
    days_between,
    expected,
    is_closed,
    journey_of_party,
    last_day,
    rules_of,
)
from queue_server.appointments.noshows import NoShowShares
from queue_server.appointments.staffing import PartyJourney
from queue_server.appointments.store import TakenDay
from queue_server.appointments.views import clock_of, date_of
from queue_server.catalogue.appointments import AppointmentRules
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
    engine, now = server[AppointmentEngine], server.clock()

    def read(connection: Connection) -> _Read:
        return _Read(
            engine.shares(connection, centre, now),
            store.taken_days(connection, centre.id, first, last),
            None if without is None else _loads_of(engine, connection, centre, without),
        )

    rules, whole = rules_of(centre), journey_of_party(centre, party)
    found = await server.log.run(read)
    # Weeks are counted in a thread: whoever calls the next number does not wait for it.
    count = _Count(engine, centre, party, rules, whole, found, now)
    earliest, latest = map(to_datetime, between(centre, rules, through, now))
    days = await asyncio.to_thread(lambda: [count.day(day, earliest, latest) for day in _asked(first, last)])
    return FreeTimesAnswer(tuple(days), whole.seconds // 60)


def _asked(first: Day, last: Day) -> list[Day]:
    return list(islice(days_between(first, last), MAX_DAYS))


class _Read(NamedTuple):
    """What was read of some days; ``moved`` is what an appointment takes that would be moved, and on which day."""

    seen: NoShowShares
    taken: dict[Day, TakenDay]
    moved: tuple[Day, tuple[Load, ...]] | None


class _Count(NamedTuple):
    """Counts the free times of a party, day by day."""

    engine: AppointmentEngine
    centre: Centre
    party: BookedParty
    rules: AppointmentRules
    whole: PartyJourney
    read: _Read
    now: Micros

    def day(self, day: Day, earliest: datetime, latest: datetime) -> BookableDayView:
        """Show a day; nothing is free before today, behind the weeks that can be booked, or where it is closed."""
        times: tuple[FreeTimeView, ...] = ()
        today, last = self.centre.rule.day_at(self.now), last_day(self.centre, self.rules, self.now)
        if today <= day <= last and not is_closed(self.centre, self.party, day):
            times = tuple(one for one in self._known(day) if earliest <= one.at <= latest)
        return BookableDayView(day, len(times), times)

    def _known(self, day: Day) -> tuple[FreeTimeView, ...]:
        if self.read.moved is not None and self.read.moved[0] == day:
            return self._free(day)
        taken, version = self.read.taken.get(day), self.centre.setup.version
        seq = 0 if taken is None else taken.seq
        named = (self.centre.id, version, day, seq, self.now // HOUR, self.whole.stops)
        until = None if taken is None else taken.same_until(self.now)
        return self.engine.offers.find(named, self.now, lambda: self._free(day), until)

    def _free(self, day: Day) -> tuple[FreeTimeView, ...]:
        bookable, taken, zone = self.engine.day(self.centre, day), self.read.taken.get(day), self.centre.rule.zone
        use = CapacityUse(capacity(bookable.staffed, () if taken is None else taken.changes, bookable.rules))
        use.add(() if taken is None else taken.loads(self.now))
        if self.read.moved is not None and self.read.moved[0] == day:
            use.remove(self.read.moved[1])
        by_hour: dict[int, tuple[StopDemand, ...]] = {}

        def stops_at(at: Micros) -> tuple[StopDemand, ...]:
            if (hour := at // HOUR) not in by_hour:
                by_hour[hour] = expected(self.centre, self.rules, self.whole, self.read.seen, at)
            return by_hour[hour]

        times = use.times(stops_at, bookable.staffed.begins, bookable.staffed.ends)
        return tuple(FreeTimeView(to_datetime(at), clock_of(at, zone), date_of(at, zone)) for at in times)


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
