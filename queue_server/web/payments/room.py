"""The pages of payments: the cash desk, and what the counter and the centre show of money."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.payments.permissions import CASH_PAGE

if TYPE_CHECKING:
    from queue_server.framework.parts import Entry
    from queue_server.framework.routing import Page


def _pages() -> "Iterable[Page]":
    from queue_server.web.payments.pages import PAGES

    return PAGES


def _navigation() -> "Iterable[Entry]":
    from queue_server.web.payments.pages import ENTRIES

    return ENTRIES


ROOM = Room(name="payment-pages", permissions=(CASH_PAGE,), pages=_pages, navigation=_navigation)
