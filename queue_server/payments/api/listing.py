"""Routes of lists of payments and ends of day, piece by piece."""

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement

from queue_server.centre.submit import centre_of
from queue_server.contract.cashier import PaymentListAnswer, ReconciliationListAnswer
from queue_server.domain.values import SECOND, Day, Micros, PaymentStanding
from queue_server.framework.paging import QueryInvalidError, read_cut
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.payments import reconciliation_store, store
from queue_server.payments import tables as t
from queue_server.payments.api.reconciliations import reconciliation_view
from queue_server.payments.rules import PaymentRules
from queue_server.payments.views import payment_view


@refuses(QueryInvalidError)
async def payments(ask: RequestContext) -> PaymentListAnswer:
    """List payments, in the order in which they began.

    Raises:
        QueryInvalidError: a parameter of the address is wrong.
    """
    centre, wanted = centre_of(ask).id, read_cut(ask.request.query)
    which = tuple(_which(ask))
    found, following = await ask.server.log.run(lambda one: store.listed(one, centre, wanted, *which))
    return PaymentListAnswer(tuple(map(payment_view, found)), following)


@refuses(QueryInvalidError)
async def reconciliations(ask: RequestContext) -> ReconciliationListAnswer:
    """List ends of day, the newest first.

    Raises:
        QueryInvalidError: a parameter of the address is wrong.
    """
    centre, wanted = centre_of(ask).id, read_cut(ask.request.query)
    alarms = _is_set(ask, "alarms")
    found, following = await ask.server.log.run(
        lambda one: reconciliation_store.listed(one, centre, wanted, alarms=alarms)
    )
    return ReconciliationListAnswer(tuple(map(reconciliation_view, found)), following)


def _which(ask: RequestContext) -> list[ColumnElement[bool]]:
    """Read which payments are wanted."""
    query, known = ask.request.query, t.payments.c
    which: list[ColumnElement[bool]] = []
    if "standing" in query:
        which.append(known.standing == _one_of(PaymentStanding, query["standing"], "standing"))
    if "day" in query:
        since, until = _day(ask, query["day"])
        which += [known.opened_at >= since, known.opened_at < until]
    if _is_set(ask, "waits"):
        stalled = Micros(ask.server.clock() - ask.server.settings[PaymentRules].stalled_s * SECOND)
        which.append(store.needs_staff(stalled))
    return which


def _day(ask: RequestContext, text: str) -> tuple[Micros, Micros]:
    """Tell when a service day of the centre begins and ends."""
    rule = centre_of(ask).rule
    try:
        day = date.fromisoformat(text)
        after = day + timedelta(days=1)
        return rule.starts_at(Day(day.isoformat())), rule.starts_at(Day(after.isoformat()))
    except (ValueError, OverflowError) as error:
        raise QueryInvalidError(name="day") from error


def _one_of[E: StrEnum](kind: type[E], text: str, name: str) -> E:
    try:
        return kind(text)
    except ValueError as error:
        raise QueryInvalidError(name=name) from error


def _is_set(ask: RequestContext, name: str) -> bool:
    said = ask.request.query.get(name)
    if said not in {None, "yes"}:
        raise QueryInvalidError(name=name)
    return said is not None
