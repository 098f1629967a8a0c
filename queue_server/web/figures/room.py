"""The pages that show how it went: a day, a week, a month, a year, and the visits behind each number."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.figures.permissions import FIGURES_PAGE

if TYPE_CHECKING:
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.figures.pages import PAGES

    return PAGES


ROOM = Room(name="figures-pages", permissions=(FIGURES_PAGE,), pages=_pages)
