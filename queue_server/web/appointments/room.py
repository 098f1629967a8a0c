"""The page on which staff book appointments, and what it brings to those of reception and counters."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.appointments.permissions import APPOINTMENTS_PAGE

if TYPE_CHECKING:
    from queue_server.framework.parts import PageKeys, PagePart
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.appointments.pages import PAGES

    return PAGES


def _parts() -> "Iterable[PagePart]":
    from queue_server.web.appointments.parts import PARTS

    return PARTS


def _page_keys() -> "Iterable[PageKeys]":
    from queue_server.web.appointments.parts import KEYS

    return KEYS


ROOM = Room(
    name="appointment-pages", permissions=(APPOINTMENTS_PAGE,), pages=_pages, parts=_parts, page_keys=_page_keys
)
