"""The service day of a centre: when it starts, and to which day an instant belongs. Pure.

A day starts at a wall-clock time (04:00 by default) and lasts until the next one starts: 23 or 25 hours where the
clocks change, none at all where a zone leaves a date out.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import msgspec

from queue_server.domain.values import Day, Micros, to_datetime, to_micros

_ONE = timedelta(days=1)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


class DayRule(msgspec.Struct, frozen=True):
    """``zone`` is a name of the IANA time zone database; ``start`` minutes after midnight by the centre's clock.

    Making the first rule of a zone reads its file, so rules are made where set-ups are read, not on the event loop.

    Raises:
        ZoneInfoNotFoundError: there is no such zone.
    """

    zone: str
    start: int = 4 * 60

    def __post_init__(self) -> None:
        _zone(self.zone)

    def starts_at(self, day: Day) -> Micros:
        """Tell when a day starts.

        A time that the clock shows twice counts the first time. One that it leaves out counts as the moment to which
        the old offset leads: 02:30 is 03:30 where the clock jumps from 02:00 to 03:00.
        """
        midnight = datetime.combine(date.fromisoformat(day), datetime.min.time(), _zone(self.zone))
        return to_micros((midnight + timedelta(minutes=self.start)).astimezone(UTC))

    def day_at(self, instant: Micros) -> Day:
        """Tell the latest day that has started: where the clock is set back over a start, no day starts twice."""
        local = to_datetime(instant).astimezone(_zone(self.zone)).date()
        day = Day((local + _ONE).isoformat())
        while self.starts_at(day) > instant:
            day = preceding(day)
        return day


def following(day: Day) -> Day:
    """Give the date after a day."""
    return Day((date.fromisoformat(day) + _ONE).isoformat())


def preceding(day: Day) -> Day:
    """Give the date before a day."""
    return Day((date.fromisoformat(day) - _ONE).isoformat())
