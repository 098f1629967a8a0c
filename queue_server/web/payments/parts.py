"""What payments show on pages of others: at a counter the money of its visit, and at the centre that of the day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from markupsafe import Markup

from queue_server.framework.parts import KeyLine, PageKeys, PagePart, PartContext, RoomAlarm
from queue_server.framework.words import PageTranslations
from queue_server.web import wording
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.payments import at_counter, period_money, takings
from queue_server.web.payments.amounts_due import asked
from queue_server.web.payments.day import books_of
from queue_server.web.payments.page import AtCounter, MoneyOf
from queue_server.web.payments.reading import cash_of
from queue_server.web.permissions import COUNTER_PAGE, MANAGER_PAGE


async def _counter(shown: PartContext) -> Mapping[str, Any] | None:
    """Read what is known of the money of the visit at a counter; None at a centre without fees."""
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    here = None if shown.counter is None else look.state.counters.get(shown.counter)
    visit = None if here is None or here.visit is None else look.state.visits[here.visit]
    cash = await cash_of(shown, look.state, visit, fees=bool(look.known.catalogue.fees))
    if cash is None:
        return None
    asks = tuple(one for one in (asked(look, payment) for payment in cash.asking) if one is not None)
    page = AtCounter(
        forms=None if visit is None else MoneyOf(visit.id, visit.code),
        money=None if visit is None else at_counter.of_visit(look, visit, cash.payments, cash.may),
        waiting=cash.waiting,
        asked=asks,
    )
    news = wording.plain(Markup(" ").join(Markup("{}: {}.").format(one.place, one.text) for one in asks))
    return {"page": page, "centre_api": f"/api/v1/centres/{shown.centre}", "news": news}


async def _centre(shown: PartContext) -> Mapping[str, Any] | None:
    """Read what was taken today at each terminal."""
    books = await books_of(shown)
    if books is None:
        return None
    before = date.fromisoformat(books.look.state.day) - timedelta(days=1)
    return {"takings": takings.takings(books), "day_before": before.isoformat()}


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """List the money that needs somebody."""
    books = await books_of(shown)
    return () if books is None else takings.alarms(books)


def _keys(_: PageTranslations) -> tuple[KeyLine, ...]:
    return (
        ("B", _("Write down a payment that you took by hand"), _("a fee is open, for cashiers")),
        ("W", _("Waive a fee, with a reason"), _("a fee may be waived, for cashiers")),
        ("Y", _("Print the receipt, as a copy where a kiosk has"), _("called or serving")),
        ("E", _("Ask for a refund"), _("something was paid, for cashiers")),
        ("S", _("Payments that need somebody"), _("always, for cashiers")),
        ("L", _("Say to a kiosk whether you took the money"), _("a kiosk waits for the cash desk, for cashiers")),
    )


PARTS: Final = (
    *(
        PagePart(f"counter-{slot}", f"payments/counter-{slot}.html", COUNTER_PAGE, _counter)
        for slot in ("bar", "band", "visit", "forms", "dialogs")
    ),
    PagePart("manager", "payments/till.html", MANAGER_PAGE, _centre),
    *period_money.PARTS,
)
KEYS: Final = (PageKeys("counter", COUNTER_PAGE, _keys),)
