"""How long people waited for their first call, by the hour in which they came: a statement on a ``Connection``."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, func, select

from queue_server.domain.values import HOUR, MINUTE, CentreId, Day
from queue_server.reports.tables import report_days, report_visits


class HourWaits(msgspec.Struct):
    """Who came in an hour: how many, and of those who were called how many waited so many whole minutes."""

    came: int
    waits: dict[int, int]

    def add(self, other: "HourWaits") -> None:
        self.came += other.came
        for minutes, many in other.waits.items():
            self.waits[minutes] = self.waits.get(minutes, 0) + many


def hour_waits(connection: Connection, centre: CentreId, days: Collection[Day]) -> dict[int, HourWaits]:
    """Count waits by the hour of the service day, 0 being the one with which it begins, over all of these days."""
    v, d = report_visits.c, report_days.c
    hour = (v.issued_at - d.starts_at) // HOUR
    # A booked party may be called before its time: it has not waited.
    wait = (v.first_called_at - v.issued_at) // MINUTE
    found: dict[int, HourWaits] = {}
    rows = connection.execute(
        select(hour.label("hour"), wait.label("wait"), func.count())
        .join(report_days, d.book == v.book)
        .where(v.centre == centre, v.day.in_(list(days)), v.arrived)
        .group_by("hour", "wait")
    )
    for of_hour, minutes, many in rows:
        cell = found.setdefault(int(of_hour), HourWaits(0, {}))
        cell.came += many
        if minutes is not None:
            cell.waits[max(0, int(minutes))] = cell.waits.get(max(0, int(minutes)), 0) + many
    return found
