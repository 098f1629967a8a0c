"""What each kiosk gave out at this time of the week, read from the days of the weeks before, once a day."""

from collections import Counter as Tally
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, select

from queue_server.centre.centres import Centre
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import CentreId, Day, DeviceId, Micros
from queue_server.early_warnings.slow_kiosks import WINDOW, KioskTickets
from queue_server.eventlog.tables import events
from queue_server.queue.events import VisitIssued, decode
from queue_server.queue.state import DayState
from queue_server.writer.days import stream_name

#: The same weekday of so many weeks.
WEEKS: Final = 6

#: When a kiosk gave out its tickets of one day, since the day began (microseconds).
type _DayTickets = Mapping[DeviceId, tuple[int, ...]]


class KioskHistory:
    """Keeps the days of one day of each centre."""

    def __init__(self) -> None:
        self._known: dict[CentreId, tuple[Day, tuple[_DayTickets, ...]]] = {}

    def before(self, connection: Connection, centre: Centre, day: Day, now: Micros) -> dict[DeviceId, list[int]]:
        """Give what each kiosk gave out in the same window of the days before on which it gave out any."""
        known = self._known.get(centre.id)
        if known is None or known[0] != day:
            known = self._known[centre.id] = (day, _days(connection, centre.id, centre.rule, day))
        until = now - centre.rule.starts_at(day)
        found: dict[DeviceId, list[int]] = {}
        for tickets in known[1]:
            for device, instants in tickets.items():
                found.setdefault(device, []).append(sum(until - WINDOW < one <= until for one in instants))
        return found


def today(state: DayState, now: Micros) -> KioskTickets:
    """Count what was given out within the window."""
    return Tally(
        visit.device
        for visit in state.visits.values()
        if visit.device is not None and visit.day == state.day and now - WINDOW < visit.issued_at <= now
    )


def _days(connection: Connection, centre: CentreId, rule: DayRule, day: Day) -> tuple[_DayTickets, ...]:
    first = date.fromisoformat(day)
    weeks = (Day((first - timedelta(weeks=number)).isoformat()) for number in range(1, WEEKS + 1))
    found = (_day(connection, centre, one, rule.starts_at(one)) for one in weeks)
    return tuple(one for one in found if one)


def _day(connection: Connection, centre: CentreId, day: Day, starts_at: Micros) -> _DayTickets:
    rows = connection.execute(
        select(events.c.type, events.c.v, events.c.payload).where(
            events.c.stream == stream_name(centre, day), events.c.type == VisitIssued.type
        )
    )
    tickets: dict[DeviceId, list[int]] = {}
    for row in rows:
        body = decode(row.type, row.v, row.payload)
        if isinstance(body, VisitIssued) and body.device is not None and body.day == day:
            tickets.setdefault(body.device, []).append(body.issued_at - starts_at)
    return {device: tuple(instants) for device, instants in tickets.items()}
