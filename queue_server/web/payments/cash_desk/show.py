"""The cash page over HTTP: whole at first, then the part that changes, and what a search has found."""

import re
from typing import Any, Final

from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.accounts.presence import presence
from queue_server.centre.views import cursor
from queue_server.domain.values import VisitId
from queue_server.framework.server import SERVER
from queue_server.payments import store
from queue_server.payments.party_payments import of_party
from queue_server.payments.rules import PaymentRules
from queue_server.web import forms, staff
from queue_server.web.counter.find import MAX, matches
from queue_server.web.counter.visit_status import standing
from queue_server.web.page_context import DESK, Live, signed_in
from queue_server.web.payments.at_counter import May
from queue_server.web.payments.cash_desk.presenter import CashDeskReading, cash_page, owing
from queue_server.web.payments.reading import stalled
from queue_server.web.view_context import StaffView, name_in
from queue_server.web.wording import MarkupTranslations

#: Letters of a search that are read.
_MAX_LETTERS: Final = 16
_VISIT: Final = re.compile(r"[0-9a-f-]{36}", re.ASCII)


async def show(request: web.Request) -> web.Response:
    """Show the desk to whoever takes money here, or the way there."""
    return await _draw(request, await signed_in(request), "payments/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "payments/page.html")


async def show_found(request: web.Request) -> web.Response:
    """Show the visits that a search means, whatever has become of them: whoever was served may want money back."""
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    desk = request.app[DESK]
    live, language = desk.centres[session.centre], desk.language(request)
    reader = desk.reader(language, live.facts.catalogue.centre.zone)
    look = StaffView(live.state, live.facts, live.settings, reader=reader, now=desk.clock())
    wanted = form.get("q", "")[:_MAX_LETTERS]
    pool = look.state.visits.values() if wanted.strip() else owing(look.state)
    found = sorted((one for one in pool if matches(one.code, wanted)), key=lambda one: one.seq)[:MAX]
    values = {"found": [(one.id, one.code, look.service(one), *standing(look, one)) for one in found]}
    return web.Response(text=desk.site.render("payments/found.html", language, values), content_type="text/html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk = request.app[DESK]
    live, language = desk.centres[session.centre], desk.language(request)
    centre = live.facts.catalogue.centre
    reader = desk.reader(language, centre.zone)
    wanted = request.query.get("visit", "")
    chosen = VisitId(wanted) if _VISIT.fullmatch(wanted) else None
    # Before what is read of payments: what happens in between is shown after the next event, not taken for shown.
    state = live.state
    read = await _read(request, live, session, chosen)
    look = StaffView(state, live.facts, live.settings, reader=reader, now=desk.clock())
    page = cash_page(look, read, session.staff, chosen)
    values: dict[str, Any] = {
        "page": page,
        "news": page.news,
        "helps": (),
        "page_template": "payments/page.html",
        "part": "/cash/page" + (f"?visit={chosen}" if chosen else ""),
        "centre_api": f"/api/v1/centres/{session.centre}",
        "band_do": reader.words("Take no money and give none back until the connection is here again."),
        "key_table": key_table(reader.words),
        **staff.values(
            session,
            reader,
            here="/cash",
            centre_name=name_in(centre.name, language, centre.id),
            now=page.now,
            refresh_at=page.refresh_at,
            rules=desk.page_rules,
            cursor=cursor(state),
        ),
    }
    return web.Response(text=desk.site.render(template, language, values), content_type="text/html")


async def _read(request: web.Request, live: Live, session: Session, chosen: VisitId | None) -> CashDeskReading:
    since, state, centre = stalled(request), live.state, session.centre
    joined = {visit.merged_into for visit in state.visits.values()}
    owed = {visit.id: bool(visit.settlement_ids) or visit.id in joined for visit in owing(state)}

    def read(connection: Connection) -> CashDeskReading:
        # Of most visits nothing was paid, and of others all: these alone, and the one in the hand, are read.
        unsure = store.undecided(connection, centre)
        partly = {visit for visit, paid in owed.items() if paid or visit in unsure}
        if chosen is not None and chosen in state.visits:
            partly.add(chosen)
        listed = store.waiting(connection, centre, since, request.app[SERVER].settings[PaymentRules].max_listed)
        return CashDeskReading(
            may=May.of(of_session(session)),
            asking=store.asking(connection, centre),
            unsettled=listed,
            unsettled_more=store.count_waiting(connection, centre, since) - len(listed),
            paid={visit: of_party(connection, centre, state, visit) for visit in partly},
            names=presence(connection, centre).names,
        )

    return await request.app[DESK].log.run(read)


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    hand = _("a visit is chosen")
    return (
        ("/", _("Find a visit"), _("always")),
        ("N", _("Choose the first who has to pay"), _("somebody has to pay")),
        ("B", _("Write down a payment that you took by hand"), hand),
        ("W", _("Waive a fee, with a reason"), hand),
        ("E", _("Ask for a refund"), hand),
        ("Y", _("Print the receipt, as a copy where a kiosk has"), hand),
        ("L", _("Say to a kiosk whether you took the money"), _("a kiosk waits for the cash desk")),
        ("S", _("Payments that need somebody"), _("always")),
        ("?", _("All keys"), _("always")),
        ("1–9", _("Choose in a list"), _("in a dialog")),  # noqa: RUF001 - a range is written with a dash
    )
