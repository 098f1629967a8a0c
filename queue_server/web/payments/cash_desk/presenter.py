"""Turns a centre's day and its payments into the cash page. Pure: what was read comes in."""

from collections.abc import Iterable, Mapping

import msgspec
from markupsafe import Markup

from queue_server.domain.tariff import remaining
from queue_server.domain.values import Micros, StaffId, VisitId, VisitState
from queue_server.payments.model import Payment
from queue_server.queue.state import DayState, Visit
from queue_server.web import times, wording
from queue_server.web.counter.page import ActionKey
from queue_server.web.counter.visit_status import standing
from queue_server.web.payments import at_counter as money
from queue_server.web.payments.amounts_due import asked
from queue_server.web.payments.cash_desk.page import CashPage, FeeRow, Hand
from queue_server.web.payments.open_payments import item
from queue_server.web.payments.page import Money
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

#: Who has to pay, as many as there is room for; the others are found by their ticket.
MAX_ROWS = 5
_ENDED = frozenset({VisitState.DONE, VisitState.CANCELLED, VisitState.NOT_SERVED})


class CashDeskReading(msgspec.Struct, frozen=True):
    """What the day does not know.

    ``unsettled_more`` counts what is not read of what is not settled. ``paid`` has the payments of visits that pay in
    parts, and of the one in the hand.
    """

    may: money.May
    asking: tuple[Payment, ...] = ()
    unsettled: tuple[Payment, ...] = ()
    unsettled_more: int = 0
    paid: Mapping[VisitId, tuple[Payment, ...]] = {}
    names: Mapping[StaffId, str] = {}


def owing(state: DayState) -> tuple[Visit, ...]:
    """List the visits of which something is not settled, whatever it costs; those who came first come first."""
    return tuple(
        visit
        for visit in sorted(state.visits.values(), key=lambda one: one.seq)
        if visit.state not in _ENDED
        and visit.merged_into is None
        and remaining(visit.items, *(one.items for one in visit.settlements))
    )


def cash_page(look: StaffView, read: CashDeskReading, me: StaffId, chosen: VisitId | None) -> CashPage:
    """Show the desk of somebody who may do ``read.may``, with the visit that they have chosen."""
    visit = None if chosen is None else look.state.visits.get(chosen)
    found = _rows(look, read, chosen)
    asks = tuple(one for one in (asked(look, payment) for payment in read.asking) if one is not None)
    hand = None if visit is None else money.of_visit(look, visit, read.paid.get(visit.id, ()), read.may)
    paid = () if visit is None else read.paid.get(visit.id, ())
    unsettled = tuple(item(look, one, me, read.names) for one in read.unsettled if one.pending_confirmation is None)
    return CashPage(
        now=look.now,
        refresh_at=Micros(times.next_minute(look.now)),
        news=wording.plain(Markup(" ").join(Markup("{}: {}.").format(one.place, one.text) for one in asks)),
        asked=asks,
        rows=found[:MAX_ROWS],
        rows_total=len(found),
        unsettled=unsettled,
        unsettled_total=len(unsettled) + read.unsettled_more,
        keys=() if visit is None else _keys(look.words, hand, paid=bool(paid)),
        forms=None if visit is None else _hand(look, visit),
        money=hand,
        items=tuple(item(look, one, me, read.names) for one in paid),
        unknown=chosen is not None and visit is None,
        fees=bool(look.known.catalogue.fees),
    )


def _rows(look: StaffView, read: CashDeskReading, chosen: VisitId | None) -> tuple[FeeRow, ...]:
    """List who has to pay now: at a stop where fees are paid first."""
    places = {step.id for service in look.known.catalogue.services for step in service.steps if step.takes_fees}
    rows = list(_owed(look, read, places, chosen))
    return (*(row for row in rows if row.here), *(row for row in rows if not row.here))


def _owed(look: StaffView, read: CashDeskReading, places: Iterable[str], chosen: VisitId | None) -> Iterable[FeeRow]:
    for visit in owing(look.state):
        owed = money.of_visit(look, visit, read.paid.get(visit.id, ()), money.May(take=True))
        if owed is not None and owed.takings:
            yield FeeRow(
                url=f"/cash?visit={visit.id}",
                code=visit.code,
                what=look.service(visit),
                line=Markup(" + ").join(dict.fromkeys(one.amount for one in owed.takings)),
                where=standing(look, visit)[1],
                here=visit.step.step in places,
                chosen=visit.id == chosen,
            )


def _hand(look: StaffView, visit: Visit) -> Hand:
    icon, words = standing(look, visit)
    return Hand(
        visit=visit.id,
        code=visit.code,
        service=look.service(visit),
        government=look.government(visit.step.government),
        tags=look.tags(visit),
        icon=icon,
        standing=words,
    )


def _keys(_: MarkupTranslations, found: Money | None, *, paid: bool) -> tuple[ActionKey, ...]:
    """Give the keys of the visit in the hand; one that does nothing now says why."""
    take = bool(found and found.takings)
    waive = bool(found and found.waivable)
    back = bool(found and found.refundable)
    return (
        ActionKey(
            "take",
            "card",
            _("Take the fee"),
            found.takings[0].amount if found and take else _("nothing to pay"),
            "B",
            "KeyB",
            primary=True,
            ready=take,
            dialog="take",
        ),
        ActionKey(
            "waive",
            "hand",
            _("Waive…"),
            _("with a reason") if waive else _("no fee that may be waived"),
            "W",
            "KeyW",
            ready=waive,
            dialog="waive",
        ),
        ActionKey(
            "refund",
            "undo",
            _("Give back…"),
            _("two people") if back else _("nothing is left to give back") if paid else _("nothing was paid"),
            "E",
            "KeyE",
            ready=back,
            dialog="refund",
        ),
    )
