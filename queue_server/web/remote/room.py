"""What a counter shows of people who are served by telephone or video."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.remote.permissions import PERMISSIONS

if TYPE_CHECKING:
    from queue_server.framework.parts import PagePart
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.framework.routing import PageRoute
    from queue_server.web.remote.permissions import REACH_REMOTE
    from queue_server.web.remote.show import show_number

    return (PageRoute("GET", "/counter/remote/{visit}", REACH_REMOTE, show_number),)


def _parts() -> "Iterable[PagePart]":
    from queue_server.web.remote.parts import PARTS

    return PARTS


ROOM = Room(name="remote-pages", permissions=PERMISSIONS, pages=_pages, parts=_parts)
