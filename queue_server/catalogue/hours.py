"""When a centre is open. Pure: the instant comes from outside, the rules from the set-up.

Opening hours are wall-clock times: an hour that the clock shows twice is open twice, one it leaves out never comes.
"""

from datetime import date, datetime
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
