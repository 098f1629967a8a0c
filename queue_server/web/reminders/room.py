"""The page that stops reminders."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.reminders.permissions import REMINDERS_PAGE

if TYPE_CHECKING:
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.reminders.pages import PAGES

    return PAGES


ROOM = Room(name="reminder-pages", permissions=(REMINDERS_PAGE,), pages=_pages)
