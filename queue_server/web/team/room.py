"""The pages of one's own day and of the teams, and what of them counters show."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room

if TYPE_CHECKING:
    from queue_server.framework.parts import NavigationEntry, PageKeys, PagePart
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.team.pages import PAGES

    return PAGES


def _navigation() -> "Iterable[NavigationEntry]":
    from queue_server.web.team.parts import ENTRIES

    return ENTRIES


def _parts() -> "Iterable[PagePart]":
    from queue_server.web.team.parts import PARTS

    return PARTS


def _keys() -> "Iterable[PageKeys]":
    from queue_server.web.team.parts import KEYS

    return KEYS


ROOM = Room(name="team-pages", pages=_pages, navigation=_navigation, parts=_parts, page_keys=_keys)
