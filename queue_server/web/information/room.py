"""The pages of information."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.information.permissions import INFORMATION_EDITOR, INFORMATION_PAGE

if TYPE_CHECKING:
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.information.pages import PAGES

    return PAGES


ROOM = Room(
    name="information-pages",
    permissions=(INFORMATION_PAGE, INFORMATION_EDITOR),
    pages=_pages,
)
