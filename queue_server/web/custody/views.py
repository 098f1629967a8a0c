"""Reads and shows each view of the custody desk, on one snapshot of the database."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.custody.settings import CustodyRules
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import SECOND, CentreId, Micros
from queue_server.lockers.settings import LockerRules
from queue_server.web import times
from queue_server.web.custody import bag_list, bag_reading, case_reading, item_detail, item_list, locker_page, reading
from queue_server.web.custody.case_list import case_keys, case_list
from queue_server.web.custody.custody_keys import count_keys, receive_keys
from queue_server.web.custody.custody_query import CustodyQuery, CustodyView
from queue_server.web.custody.item_rows import borders
from queue_server.web.custody.locker_reading import lockers
from queue_server.web.custody.page import CustodyPage, ViewTab
from queue_server.web.custody.recall_keys import recall_keys
from queue_server.web.custody.recall_list import CollectPeriod, recall_list
from queue_server.web.custody.recall_reading import recall
from queue_server.web.custody.receiving import receive_desk
from queue_server.web.custody.stock_count import stock_count
from queue_server.web.custody.stock_reading import drawer_state
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations


class CustodyContext(msgspec.Struct, frozen=True):
    """What a view is made of: where it is read, for whom, what was asked for. ``api`` is the centre's address."""

    connection: Connection
    look: StaffView
    asked: CustodyQuery
    centre: CentreId
    api: str
    rules: CustodyRules
    locker_rules: LockerRules
    day_rule: DayRule


Shown = dict[str, Any]

#: What a bank does not say, that it is silent, is seen so soon; what it says, and what any desk does, at once.
_BANK_EVERY_S: Final = 10


def custody_page(here: CustodyContext) -> CustodyPage:
    """Show the view that was asked for; one of something that is not here says so."""
    page = CustodyPage(
        now=here.look.now,
        refresh_at=Micros(times.next_minute(here.look.now)),
        view=here.asked.view,
        tabs=_tabs(here.look.words, here.asked),
    )
    return msgspec.structs.replace(page, **_VIEWS[here.asked.view](here))


def _tabs(_: MarkupTranslations, asked: CustodyQuery) -> tuple[ViewTab, ...]:
    every: tuple[tuple[CustodyView, Markup, tuple[CustodyView, ...]], ...] = (
        (CustodyView.RECEIVE, _("Hand in"), ()),
        (CustodyView.ITEMS, _("Documents"), (CustodyView.ITEM,)),
        (CustodyView.CASES, _("Cases"), ()),
        (CustodyView.BAGS, _("Bags"), (CustodyView.BAG,)),
        (CustodyView.COUNT, _("Count"), ()),
        (CustodyView.LOCKERS, _("Lockers"), ()),
        (CustodyView.RECALL, _("Tell people"), ()),
    )
    return tuple(
        ViewTab(CustodyQuery(view).address(), label, str(digit), asked.view in {view, *single})
        for digit, (view, label, single) in enumerate(every, start=1)
    )


def _items(here: CustodyContext) -> Shown:
    read = reading.listed(here.connection, here.centre, here.asked, borders(here.look))
    return {"items": item_list.item_list(here.look, here.asked, read), "keys": item_list.keys(here.look.words)}


def _item(here: CustodyContext) -> Shown:
    _, found = here.look.words, reading.chain(here.connection, here.centre, here.asked.item)
    if found is None:
        return {"lost": _("There is no such document here. Scan its label again.")}
    return {
        "item": item_detail.item_detail(here.look, found, here.api),
        "keys": item_detail.keys(_, found.item, here.api),
    }


def _receive(here: CustodyContext) -> Shown:
    last = reading.chain(here.connection, here.centre, here.asked.item) if here.asked.item else None
    desk = receive_desk(here.look, last, reading.lying(here.connection, here.centre), here.api)
    return {"receive": desk, "keys": receive_keys(here.look.words, has_last=last is not None)}


def _cases(here: CustodyContext) -> Shown:
    read = case_reading.cases(here.connection, here.centre, here.asked)
    cases = case_list(here.look, here.asked, read, here.rules.deadline_days, here.api)
    return {"cases": cases, "keys": case_keys(here.look.words, cases.chosen)}


def _lockers(here: CustodyContext) -> Shown:
    _, look = here.look.words, here.look
    read = lockers(here.connection, here.centre, here.asked, here.locker_rules, look.now)
    desk = locker_page.locker_desk(look, here.asked, read, here.api)
    if desk is None:
        return {"lost": _("No bank of lockers is connected to this centre.")}
    soon = SECOND if locker_page.is_moving(read) else _BANK_EVERY_S * SECOND
    keys = locker_page.keys(_, read, here.api)
    return {"lockers": desk, "keys": keys, "refresh_at": Micros(look.now + soon)}


def _recall(here: CustodyContext) -> Shown:
    look, api = here.look, here.api
    read = recall(here.connection, here.centre, here.asked, borders(look)[0])
    shown = recall_list(look, here.asked, read, CollectPeriod(here.day_rule, here.rules.collect_days), api)
    return {"recall": shown, "keys": recall_keys(look.words, read, api)}


def _bags(here: CustodyContext) -> Shown:
    found = bag_reading.some_bags(here.connection, here.centre)
    return {"bags": bag_list.bag_list(here.look, found), "keys": bag_list.list_keys(here.look.words)}


def _bag(here: CustodyContext) -> Shown:
    _, found = here.look.words, bag_reading.contents(here.connection, here.centre, here.asked.bag)
    if found is None:
        return {"lost": _("There is no such bag here. Scan its number again.")}
    return {
        "bag": bag_list.bag_detail(here.look, found, here.api, here.rules.witness_from),
        "keys": bag_list.keys(_, found.bag, here.api),
    }


def _count(here: CustodyContext) -> Shown:
    count = stock_count(here.look, here.asked, drawer_state(here.connection, here.centre, here.asked))
    counting = bool(here.asked.drawer) and not count.is_counted
    return {"count": count, "keys": count_keys(here.look.words, is_counting=counting)}


_VIEWS: Final[Mapping[CustodyView, Callable[[CustodyContext], Shown]]] = {
    CustodyView.RECEIVE: _receive,
    CustodyView.ITEMS: _items,
    CustodyView.ITEM: _item,
    CustodyView.CASES: _cases,
    CustodyView.LOCKERS: _lockers,
    CustodyView.RECALL: _recall,
    CustodyView.BAGS: _bags,
    CustodyView.BAG: _bag,
    CustodyView.COUNT: _count,
}
