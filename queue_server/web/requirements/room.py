"""What pages show of what people bring."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from queue_server.framework.room import Room

if TYPE_CHECKING:
    from queue_server.framework.parts import AlarmCounter, Alarms, PageKeys, PagePart
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.framework.routing import PageRoute
    from queue_server.requirements.permissions import CHECKLIST
    from queue_server.web.requirements.show import show_missing

    return (PageRoute("GET", "/counter/missing/{visit}", CHECKLIST, show_missing),)


def _parts() -> "Iterable[PagePart]":
    from queue_server.web.requirements.parts import PARTS

    return PARTS


def _page_keys() -> "Iterable[PageKeys]":
    from queue_server.web.requirements.parts import KEYS

    return KEYS


def _alarms() -> "Iterable[Alarms]":
    from queue_server.web.requirements.parts import alarms

    return (alarms,)


def _alarm_counts() -> "Mapping[str, AlarmCounter]":
    from queue_server.web.requirements.counting import counts

    return {"stale-checklist": counts}


ROOM = Room(
    name="requirement-pages",
    pages=_pages,
    parts=_parts,
    page_keys=_page_keys,
    alarms=_alarms,
    alarm_counts=_alarm_counts,
)
