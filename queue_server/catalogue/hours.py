"""When a centre is open. Pure: the instant comes from outside, the rules from the set-up.

Opening hours are wall-clock times: an hour that the clock shows twice is open twice, one it leaves out never comes.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from queue_server.catalogue.model import Holidays, Setup, span_minutes


@lru_cache(maxsize=512)
def _public(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))


def is_holiday(rules: Holidays, day: date) -> bool:
    """Tell whether the centre is closed on this day of its own calendar, whatever its weekly hours say."""
    if day in rules.closed:
        return True
    return rules.country is not None and day in _public(rules.country, rules.subdivision, day.year)


def is_open(setup: Setup, instant: datetime) -> bool:
    """Tell whether the centre is open at an aware ``instant``; the minute at which it closes is closed."""
    local = instant.astimezone(ZoneInfo(setup.centre.zone))
    if is_holiday(setup.holidays, local.date()):
        return False
    minute = local.hour * 60 + local.minute
    spans = map(span_minutes, setup.hours.week[local.weekday()])
    return any(opens <= minute < closes for opens, closes in spans)


def service_day(zone: str, day_start: int, instant: datetime) -> date:
    """Tell to which service day an aware ``instant`` belongs; a day begins ``day_start`` minutes after midnight.

    The latest day that has begun: where the clock is set back over the start, the day does not begin twice.
    """
    local = ZoneInfo(zone)
    today = instant.astimezone(local).date()
    begins = datetime.combine(today, time(day_start // 60, day_start % 60), local)
    return today if begins.timestamp() <= instant.timestamp() else today - timedelta(days=1)
