"""The public pages of appointments: book, change, cancel, without an account."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.booking.permissions import BOOKING_PAGE
from queue_server.web.booking.settings import BookingSettings

if TYPE_CHECKING:
    from queue_server.framework.routing import PageRoute
    from queue_server.framework.server import Server


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.booking.pages import PAGES

    return PAGES


def _assemble(server: "Server") -> None:
    from queue_server.web.booking.gate import BookingGate

    server.put(BookingGate, BookingGate(server.settings[BookingSettings], server.request_keys))


ROOM = Room(
    name="booking-pages",
    permissions=(BOOKING_PAGE,),
    settings={"booking": BookingSettings},
    pages=_pages,
    assemble=_assemble,
)
