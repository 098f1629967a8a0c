"""When a terminal's day ends. Pure: clocks may be set back and forth, and zones may change, but no day ends twice."""

from datetime import UTC, date, datetime, time, timedelta

#: Zones have skipped a whole day, and a clock set back over midnight may show the day before once more.
_DAYS = range(1, -4, -1)


def ended(ends: time, now: datetime) -> date:
    """Give the last day that has ended at ``now``, where days end at ``ends``, both in the centre's time.

    As time goes on this only grows. Where a day has no such time, for the clock was set ahead over it, the day ends as
    much later as the clock was set; where it has it twice the day ends at the first.
    """
    moment = now.astimezone(UTC)
    today = now.date()
    days = (today + timedelta(days=days) for days in _DAYS)
    return next(day for day in days if datetime.combine(day, ends, now.tzinfo).astimezone(UTC) <= moment)
