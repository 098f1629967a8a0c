"""The page of how right waiting times were."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.accuracy.permissions import ACCURACY_PAGE

if TYPE_CHECKING:
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.accuracy.pages import PAGES

    return PAGES


ROOM = Room(name="accuracy-pages", permissions=(ACCURACY_PAGE,), pages=_pages)
