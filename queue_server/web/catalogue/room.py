"""The pages of the set-up of a centre."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.catalogue.permissions import CATALOGUE_PAGE

if TYPE_CHECKING:
    from queue_server.framework.parts import NavigationEntry
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.catalogue.pages import PAGES

    return PAGES


def _navigation() -> "Iterable[NavigationEntry]":
    from queue_server.web.catalogue.pages import ENTRIES

    return ENTRIES


ROOM = Room(
    name="catalogue-pages",
    permissions=(CATALOGUE_PAGE,),
    pages=_pages,
    navigation=_navigation,
)
