"""How a centre stands at one moment, in numbers alone, and which of several needs somebody most. Pure."""

from collections.abc import Iterable

import msgspec

from queue_server.domain.values import CentreId
from queue_server.framework.parts import AlarmCount
from queue_server.web.manager.alarms import AlarmKind

#: Alarms of devices; all before them are of people.
_DEVICES = AlarmKind.COPIED


class CentreStanding(msgspec.Struct, frozen=True):
    """One centre now. Counts are of visits, but for alarms, counters and devices.

    ``trouble`` is the code of why nobody can be served there by this server, "" where one can. ``alarms`` are those of
    the page of its managers by kind, ``brought`` those that rooms bring, by what those call them. ``oldest_s`` is how
    long whoever waits longest has waited at this step, in seconds, None where nobody waits; ``overdue`` wait beyond
    their promise. ``kept`` of ``called`` calls of today came within it. Of ``devices`` that say how they are ``away``
    are not heard of, and ``unwell`` need somebody for something else.
    """

    id: CentreId
    trouble: str = ""
    is_open: bool = False
    is_full: bool = False
    alarms: dict[AlarmKind, int] = {}
    brought: dict[str, AlarmCount] = {}
    waiting: int = 0
    oldest_s: int | None = None
    with_staff: int = 0
    overdue: int = 0
    kept: int = 0
    called: int = 0
    finished: int = 0
    counters: int = 0
    opened: int = 0
    paused: int = 0
    devices: int = 0
    away: int = 0
    unwell: int = 0

    @property
    def alarms_of_people(self) -> int:
        own = sum(count for kind, count in self.alarms.items() if kind < _DEVICES)
        return own + sum(one.people for one in self.brought.values())

    @property
    def alarms_of_devices(self) -> int:
        own = sum(count for kind, count in self.alarms.items() if kind >= _DEVICES)
        return own + sum(one.devices for one in self.brought.values())

    @property
    def alarms_of_others(self) -> int:
        return sum(one.others for one in self.brought.values())

    @property
    def all_alarms(self) -> int:
        return self.alarms_of_people + self.alarms_of_devices + self.alarms_of_others

    @property
    def needs_somebody(self) -> bool:
        return bool(self.trouble or self.overdue or self.all_alarms)


type TroubleKey = tuple[int | str, ...]


def trouble_key(one: CentreStanding) -> TroubleKey:
    """Give the place of a centre: what is worse comes first, and equal ones stay where they were, by their ids.

    People come before money, documents and plans, and those before devices; a promise that is broken comes before a
    queue that is only long, and among centres whose queues are alike the one with fewer counters open.
    """
    return (
        not one.trouble,
        -one.alarms_of_people,
        -one.overdue,
        -one.alarms_of_others,
        -one.alarms_of_devices,
        -one.waiting,
        -(one.oldest_s or 0),
        -one.away,
        one.opened,
        one.id,
    )


def by_trouble(standings: Iterable[CentreStanding]) -> tuple[CentreStanding, ...]:
    """Sort centres, the one that needs somebody most first."""
    return tuple(sorted(standings, key=trouble_key))
