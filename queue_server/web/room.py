"""The pages for browsers: those of staff, and that of a ticket."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.manager.rules import ManagerRules
from queue_server.web.permissions import PERMISSIONS
from queue_server.web.rules import PageRules

if TYPE_CHECKING:
    from queue_server.framework.parts import NavigationEntry
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.pages import PAGES

    return PAGES


def _navigation() -> "Iterable[NavigationEntry]":
    from queue_server.web.navigation import ENTRIES

    return ENTRIES


ROOM = Room(
    name="web",
    permissions=PERMISSIONS,
    settings={"pages": PageRules, "manager": ManagerRules},
    site=Path(__file__).parent,
    pages=_pages,
    navigation=_navigation,
)
