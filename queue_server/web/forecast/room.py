"""The page of the hours ahead, and of what would be if."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.forecast.permissions import FORECAST_PAGE
from queue_server.web.forecast.tables import saved_plans

if TYPE_CHECKING:
    from queue_server.framework.routing import PageRoute
    from queue_server.framework.server import Server


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.forecast.pages import PAGES

    return PAGES


def _assemble(server: "Server") -> None:
    from queue_server.waiting.waiting_times import WaitingTimes
    from queue_server.web.forecast.foresight import Foresight

    server.put(Foresight, Foresight(server[WaitingTimes], server.clock))


ROOM = Room(
    name="forecast-pages",
    permissions=(FORECAST_PAGE,),
    tables={
        saved_plans.name: "what managers tried of a day's counters, by the name that they gave it; gone with the day"
    },
    pages=_pages,
    assemble=_assemble,
)
