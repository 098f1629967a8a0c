"""The page of a day's staffing: what it can hold, what is taken of it, and changing it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.staffing.permissions import STAFFING_PAGE

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.parts import AlarmCounter, Alarms
    from queue_server.framework.routing import PageRoute
    from queue_server.framework.server import Server


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.staffing.pages import PAGES

    return PAGES


def _alarms() -> "Iterable[Alarms]":
    from queue_server.web.staffing import gaps_alarm, overbooked_alarm

    return (gaps_alarm.alarms, overbooked_alarm.alarms)


def _alarm_counts() -> "Mapping[str, AlarmCounter]":
    from queue_server.web.staffing import counting, overbooked_counting

    return {"staffing-gap": counting.counts, "staffing-overbooked": overbooked_counting.counts}


def _assemble(server: "Server") -> None:
    from queue_server.web.staffing.counting import StaffingGapCounts
    from queue_server.web.staffing.overbooked_counting import OverbookedCounts

    server.put(StaffingGapCounts, StaffingGapCounts(server))
    server.put(OverbookedCounts, OverbookedCounts(server))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.web.staffing.counting import StaffingGapCounts
    from queue_server.web.staffing.overbooked_counting import OverbookedCounts

    return (server[StaffingGapCounts].task, server[OverbookedCounts].task)


ROOM = Room(
    name="staffing-pages",
    permissions=(STAFFING_PAGE,),
    pages=_pages,
    alarms=_alarms,
    alarm_counts=_alarm_counts,
    assemble=_assemble,
    tasks=_tasks,
)
