"""The pages of forms."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.filling.permissions import FORM_PAGE

if TYPE_CHECKING:
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.filling.pages import PAGES

    return PAGES


ROOM = Room(name="form-pages", permissions=(FORM_PAGE,), pages=_pages)
