"""How often nobody comes, by service and hour of the day, as it was seen. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from queue_server.domain.values import HOUR, Micros, ServiceId, to_datetime

#: So far back it is counted, in days: whole weeks.
SEEN_DAYS: Final = 56
#: Of fewer bookings than these nothing is said.
MIN_SEEN: Final = 30
_PERCENT: Final = 100


class SeenShare(msgspec.Struct, frozen=True):
    """Of the bookings of a service at an hour (since the epoch) how many there were, and for how many nobody came."""

    service: ServiceId
    hour: int
    booked: int
    missed: int


class NoShowShares(msgspec.Struct, frozen=True):
    """Of a hundred bookings, for how many nobody comes: of a service at an hour of the wall clock, or at any hour."""

    at_hour: Mapping[tuple[ServiceId, int], int]
    at_any: Mapping[ServiceId, int]

    def percent(self, service: ServiceId, hour: int) -> int:
        """Give what was seen; 0 where too little was."""
        return self.at_hour.get((service, hour), self.at_any.get(service, 0))


NOTHING_SEEN: Final = NoShowShares({}, {})


def shares(seen: Iterable[SeenShare], zone: str) -> NoShowShares:
    """Count what was seen by the hours of the wall clock."""
    place = ZoneInfo(zone)
    booked: Counter[tuple[ServiceId, int]] = Counter()
    missed: Counter[tuple[ServiceId, int]] = Counter()
    for one in seen:
        key = (one.service, to_datetime(Micros(one.hour * HOUR)).astimezone(place).hour)
        booked[key] += one.booked
        missed[key] += one.missed
    any_booked: Counter[ServiceId] = Counter()
    any_missed: Counter[ServiceId] = Counter()
    for (service, hour), count in booked.items():
        any_booked[service] += count
        any_missed[service] += missed[service, hour]
    return NoShowShares(
        {key: missed[key] * _PERCENT // count for key, count in booked.items() if count >= MIN_SEEN},
        {one: any_missed[one] * _PERCENT // count for one, count in any_booked.items() if count >= MIN_SEEN},
    )
