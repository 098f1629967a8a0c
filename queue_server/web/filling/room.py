"""The pages of forms."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.filling.permissions import FORM_PAGE, VISIT_FORMS_PAGE

if TYPE_CHECKING:
    from queue_server.framework.parts import PagePart
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.filling.pages import PAGES

    return PAGES


def _parts() -> "Iterable[PagePart]":
    from queue_server.web.filling.parts import PARTS

    return PARTS


ROOM = Room(name="form-pages", permissions=(FORM_PAGE, VISIT_FORMS_PAGE), pages=_pages, parts=_parts)
