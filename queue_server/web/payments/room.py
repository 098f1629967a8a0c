"""The pages of payments: the cash desk, and what the counter and the centre show of money."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room

if TYPE_CHECKING:
    from queue_server.framework.routing import Page


def _pages() -> "Iterable[Page]":
    from queue_server.web.payments.pages import PAGES

    return PAGES


ROOM = Room(name="payment-pages", pages=_pages)
