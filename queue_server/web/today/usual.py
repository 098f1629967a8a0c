"""What is usual on a weekday at a centre, kept for some minutes: days that are over hardly change."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import Connection

from queue_server.domain.values import MINUTE, CentreId, Day, Micros
from queue_server.eventlog.port import EventLog
from queue_server.reports.summing import by_day, days_of
from queue_server.reports.tally import Dimension
from queue_server.web.figures.band import DayVisits
from queue_server.web.figures.period import same_weekday

#: The same weekday of so many weeks says what is usual.
_WEEKS: Final = 12
_FRESH: Final = 10 * MINUTE

type SameDays = Mapping[Day, DayVisits]


class UsualDays:
    """Knows when visits came and ended on the same weekday of the last weeks; asked from the loop alone."""

    def __init__(self, log: EventLog, clock: Callable[[], Micros]) -> None:
        self._log, self._clock = log, clock
        self._known: dict[CentreId, tuple[Micros, Day, SameDays]] = {}

    async def of(self, centre: CentreId, day: Day) -> SameDays:
        """Give the days that are like ``day``; one of which nothing is known is left out."""
        now, known = self._clock(), self._known.get(centre)
        if known is not None and known[1] == day and 0 <= now - known[0] < _FRESH:
            return known[2]
        found = await self._log.run(lambda connection: read(connection, centre, day))
        self._known[centre] = now, day, found
        return found


def read(connection: Connection, centre: CentreId, day: Day) -> dict[Day, DayVisits]:
    """Read the same weekday of the weeks before."""
    days = days_of(centre, same_weekday(date.fromisoformat(day), _WEEKS))
    came, ended = (
        {
            which: {int(key): tally.visits for key, tally in tallies.items()}
            for which, tallies in by_day(connection, days, by).items()
        }
        for by in (Dimension.ARRIVAL, Dimension.DEPARTURE)
    )
    return {which: DayVisits(slots, ended.get(which, {})) for which, slots in came.items()}
