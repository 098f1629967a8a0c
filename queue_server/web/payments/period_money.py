"""Money on the page of figures: what moved in a day, a week, a month or a year, and the payments behind each number."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.centre.centres import Centres
from queue_server.domain.service_day import following
from queue_server.domain.values import CurrencyCode, Micros, StaffId
from queue_server.framework.parts import PagePart, PartContext
from queue_server.framework.server import SERVER
from queue_server.payments.booking import PaymentMeans
from queue_server.payments.model import Payment
from queue_server.payments.money_figures import MoneyBy, MoneyFigures, behind, money_figures
from queue_server.web import times
from queue_server.web.amounts import amount as written_amount
from queue_server.web.figures.figures_query import PATH, FiguresQuery, read
from queue_server.web.figures.figures_words import number as written_number
from queue_server.web.figures.figures_words import period_name
from queue_server.web.figures.permissions import FIGURES_PAGE
from queue_server.web.figures.show import answer
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.paging import read_skip
from queue_server.web.payments.open_payments import OpenPayment, item
from queue_server.web.payments.wording import means_name
from queue_server.web.view_context import StaffView

#: Payments of a list at once.
_ROWS: Final = 50


class MoneyLine(msgspec.Struct, frozen=True):
    """Money of one currency that was paid in one way; ``url`` are the payments behind it."""

    how: Markup
    currency: str
    count: str
    taken: Markup
    back: Markup
    waived: Markup
    stays: Markup
    url: str


class PaymentsBehind(msgspec.Struct, frozen=True):
    """The payments behind a number: ``lead`` says which."""

    now: Micros
    refresh_at: Micros
    query: str
    head: Markup
    lead: Markup
    rows: tuple[OpenPayment, ...]
    back: str
    older: str
    newer: str


async def part(shown: PartContext) -> Mapping[str, Any] | None:
    """Add up the money of the time that the page shows; nothing where none moved, or the page shows something else."""
    asked = read(shown.request.query)
    if asked.flow:
        return None
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    rule = shown.server[Centres][shown.centre].rule
    wanted = asked.period(date.fromisoformat(rule.day_at(shown.now)))
    days = (wanted.first_day, wanted.last_day)
    found = await shown.server.log.run(
        lambda connection: money_figures(connection, shown.centre, rule, days, MoneyBy.MEANS)
    )
    return {"lines": tuple(money_line(look, one, asked) for one in found)} if found else None


def money_line(look: StaffView, one: MoneyFigures, asked: FiguresQuery) -> MoneyLine:
    """Show what came of one way to pay; what was corrected is taken off what was taken, as on the day's page."""

    def write(minor: int) -> Markup:
        return written_amount(look.clock.locale, minor, one.currency) if minor else Markup("\N{EN DASH}")

    more = urlencode({"means": one.key, "currency": one.currency})
    return MoneyLine(
        how=means_name(look.words, one.key),
        currency=one.currency,
        count=written_number(one.payments + one.waivers),
        taken=write(one.taken + one.corrected),
        back=write(one.returned),
        waived=write(one.waived),
        stays=written_amount(look.clock.locale, one.stays, one.currency),
        url=f"{PATH}/payments?{asked.written()}&{more}",
    )


async def show(request: web.Request) -> web.Response:
    """Show the payments behind a number."""
    return await _draw(request, "payments/behind-index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, "payments/behind.html")


async def _draw(request: web.Request, template: str) -> web.Response:
    session = await signed_in(request)
    desk, asked, query = request.app[DESK], read(request.query), request.query
    look, rule = desk.view(request, session), request.app[SERVER][Centres].find(session.centre).rule
    wanted = asked.period(date.fromisoformat(rule.day_at(look.now)))
    since, until = rule.starts_at(wanted.first_day), rule.starts_at(following(wanted.last_day))
    means = next((one for one in PaymentMeans if one == query.get("means")), PaymentMeans.CARD)
    currency = CurrencyCode(query.get("currency", "")[:3])
    skip = read_skip(query)

    def rows(connection: Connection) -> tuple[Payment, ...]:
        return behind(connection, session.centre, (since, until), means, currency, skip=skip, most=_ROWS + 1)

    def address(passed: int) -> str:
        return f"{asked.written()}&{urlencode({'means': means, 'currency': currency, 'skip': passed})}"

    found = await desk.log.run(rows)
    parts = (period_name(look.words, look.clock, wanted), means_name(look.words, means), Markup.escape(currency))
    page = PaymentsBehind(
        now=look.now,
        refresh_at=Micros(times.next_minute(look.now)),
        query=address(skip),
        head=look.words("Payments"),
        lead=Markup(" \N{MIDDLE DOT} ").join(parts),
        rows=tuple(item(look, one, StaffId(""), {}) for one in found[:_ROWS]),
        back=asked.address(),
        older=f"{PATH}/payments?{address(skip + _ROWS)}" if len(found) > _ROWS else "",
        newer=f"{PATH}/payments?{address(max(0, skip - _ROWS))}" if skip else "",
    )
    return answer(request, session, look, template, {"page": page, "page_template": "payments/behind.html"})


PARTS: Final = (PagePart("figures", "payments/figures.html", FIGURES_PAGE, part),)
