"""The pages of custody: what was handed in, where it is, and what can be done with it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from queue_server.domain.values import CentreId
from queue_server.framework.room import Room
from queue_server.web.custody.permissions import CUSTODY_PAGE

if TYPE_CHECKING:
    from queue_server.framework.parts import AlarmCounter, Alarms, NavigationEntry, PagePart, PaperTables
    from queue_server.framework.routing import PageRoute
    from queue_server.framework.server import Server


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.custody.pages import PAGES

    return PAGES


def _navigation() -> "Iterable[NavigationEntry]":
    from queue_server.web.custody.pages import ENTRIES

    return ENTRIES


def _parts() -> "Iterable[PagePart]":
    from queue_server.web.custody import figures_part, glance

    return (*glance.PARTS, *figures_part.PARTS)


def _paper_tables() -> "Iterable[PaperTables]":
    from queue_server.web.custody.day_table import documents_table

    return (documents_table,)


def _alarms() -> "Iterable[Alarms]":
    from queue_server.web.custody.glance import alarms

    return (alarms,)


def _alarm_counts() -> "Mapping[str, AlarmCounter]":
    from queue_server.web.custody.counting import counts

    return {"custody": counts}


def _assemble(server: "Server") -> None:
    from queue_server.centre.centres import Centres
    from queue_server.web.custody.feed import MENTION, watch

    def notify_pages(centre: CentreId) -> None:
        # One line a page: those that follow the centre fetch by themselves what they show of custody.
        if centre in server[Centres]:
            server[Centres][centre].fan_out.notify_counters(MENTION)

    watch(server, notify_pages)


ROOM = Room(
    name="custody-pages",
    permissions=(CUSTODY_PAGE,),
    pages=_pages,
    navigation=_navigation,
    parts=_parts,
    paper_tables=_paper_tables,
    alarms=_alarms,
    alarm_counts=_alarm_counts,
    assemble=_assemble,
)
