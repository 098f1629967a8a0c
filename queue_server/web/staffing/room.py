"""The page of a day's staffing: what it can hold, what is taken of it, and changing it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.staffing.permissions import STAFFING_PAGE

if TYPE_CHECKING:
    from queue_server.framework.parts import Alarms
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.staffing.pages import PAGES

    return PAGES


def _alarms() -> "Iterable[Alarms]":
    from queue_server.web.staffing.gaps_alarm import alarms

    return (alarms,)


ROOM = Room(name="staffing-pages", permissions=(STAFFING_PAGE,), pages=_pages, alarms=_alarms)
