"""What is asked for in the address of a comparison: days, and a service. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from queue_server.domain.values import Day, ServiceId
from queue_server.web.organisation.comparing import ComparisonQuery

#: How many days are compared at most, and where nothing is asked for.
MAX_DAYS: Final = 400
_USUAL_DAYS: Final = 28
_MAX_NAME: Final = 64


def read_query(asked: Mapping[str, str], today: date) -> ComparisonQuery | None:
    """Read ``from``, ``to`` and ``service``; None where they make no sense.

    Left out: the four weeks before ``today``, all services.
    """
    try:
        last = date.fromisoformat(asked["to"]) if asked.get("to") else today - timedelta(days=1)
        first = date.fromisoformat(asked["from"]) if asked.get("from") else last - timedelta(days=_USUAL_DAYS - 1)
    except (ValueError, OverflowError):
        return None
    service = asked.get("service", "")
    if not 0 <= (last - first).days < MAX_DAYS or len(service) > _MAX_NAME:
        return None
    return ComparisonQuery(Day(first.isoformat()), Day(last.isoformat()), ServiceId(service) if service else None)
