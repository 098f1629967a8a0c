"""The pages of payments: the cash desk, and what the counter and the centre show of money."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.payments.permissions import CASH_PAGE

if TYPE_CHECKING:
    from queue_server.framework.parts import (
        AlarmCounter,
        Alarms,
        NavigationEntry,
        PageKeys,
        PagePart,
        PaperTables,
        View,
    )
    from queue_server.framework.routing import PageRoute


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.payments.pages import PAGES

    return PAGES


def _navigation() -> "Iterable[NavigationEntry]":
    from queue_server.web.payments.pages import ENTRIES

    return ENTRIES


def _views() -> "Iterable[View]":
    from queue_server.web.payments.audit import VIEWS

    return VIEWS


def _parts() -> "Iterable[PagePart]":
    from queue_server.web.payments.parts import PARTS

    return PARTS


def _paper_tables() -> "Iterable[PaperTables]":
    from queue_server.web.payments.day_table import money_table

    return (money_table,)


def _page_keys() -> "Iterable[PageKeys]":
    from queue_server.web.payments.parts import KEYS

    return KEYS


def _alarms() -> "Iterable[Alarms]":
    from queue_server.web.payments.parts import alarms

    return (alarms,)


def _alarm_counts() -> "Mapping[str, AlarmCounter]":
    from queue_server.web.payments.counting import counts

    return {"payment": counts}


ROOM = Room(
    name="payment-pages",
    permissions=(CASH_PAGE,),
    pages=_pages,
    navigation=_navigation,
    parts=_parts,
    paper_tables=_paper_tables,
    page_keys=_page_keys,
    views=_views,
    alarms=_alarms,
    alarm_counts=_alarm_counts,
)
