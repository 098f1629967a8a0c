"""``/t/<token>``: where the QR code on the paper leads. Whole at first, then live."""

from typing import Final

from aiohttp import web

from queue_server import ticket_token
from queue_server.accounts.tokens import ticket_key
from queue_server.centre.centres import Centres
from queue_server.domain.values import CentreId, VisitId
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER
from queue_server.information.library import InformationLibrary
from queue_server.push.subscribing import public_key
from queue_server.queue.state import Visit
from queue_server.waiting.rounding import visit_times
from queue_server.waiting.waiting_times import WaitingTimes
from queue_server.web.information.reading import next_address
from queue_server.web.page_context import DESK, Live, WebContext
from queue_server.web.site import choose_language
from queue_server.web.ticket_live import RenderedPart, TicketLines
from queue_server.web.ticket_page import PhoneTicketPage, ticket_page
from queue_server.web.view_context import name_in

#: The open lines of this process.
LINES: Final = web.AppKey("ticket_feeds", TicketLines)


async def show(request: web.Request) -> web.Response:
    """Show a ticket to whoever holds its paper; anything else is not found, whatever is wrong with it."""
    desk, token = request.app[DESK], request.match_info["token"]
    found = find(desk, token)
    if found is None:
        return unknown(request, desk)
    live, visit = found
    server = request.app[SERVER]
    await server[WaitingTimes].outlook(server[Centres][live.state.centre], visit=visit.id)
    language = language_of(request, visit)
    centre = live.facts.catalogue.centre
    reader = desk.reader(language, centre.zone)
    rules = desk.page_rules
    values = {
        "page": _page(live, visit, request.app, language),
        "act": f"/t/{token}",
        "push_key": public_key(request.app[SERVER]),
        "centre_name": name_in(centre.name, language, centre.id),
        "languages": desk.site.language_names(),
        "language_name": dict(desk.site.language_names())[language],
        "clock": reader.clock.hhmm(desk.clock()),
        "feed": f"/t/{token}/live?lang={language}",
        "zone": reader.clock.zone,
        "refresh_s": rules.ticket_refresh_s,
        "silence_ms": 2 * rules.ticket_heartbeat_ms + rules.silence_ms,
        "next_address": next_address(await request.app[SERVER][InformationLibrary].get(centre.id), language),
    }
    return web.Response(text=desk.site.render("ticket.html", language, values), content_type="text/html")


async def follow(request: web.Request) -> web.StreamResponse:
    """Follow a ticket: its part of the page, whenever that changes.

    Raises:
        NotFoundError: there is no such ticket, or no more.
        TooManyTicketFeedsError: too many follow it.
    """
    desk, token = request.app[DESK], request.match_info["token"]
    found = find(desk, token)
    if found is None:
        raise NotFoundError
    live, visit = found
    language = language_of(request, visit)
    return await request.app[LINES].serve(
        request,
        live.watch,
        (visit.id, language),
        lambda: _draw(live, token, visit.id, request.app, language),
    )


def language_of(request: web.Request, visit: Visit) -> str:
    """Choose the language of a ticket's page: the one asked for, the visit's, the browser's."""
    return choose_language((request.query.get("lang", ""), visit.language), request.headers.get("Accept-Language", ""))


def _page(live: Live, visit: Visit, app: web.Application, language: str) -> PhoneTicketPage:
    desk = app[DESK]
    reader, now = desk.reader(language, live.facts.catalogue.centre.zone), desk.clock()
    server = app[SERVER]
    expected = visit_times(server[WaitingTimes].newest(server[Centres][live.state.centre]), visit)
    return ticket_page(live.state, live.facts, visit, reader, now=now, settings=live.settings, expected=expected)


def _draw(live: Live, token: str, ident: VisitId, app: web.Application, language: str) -> RenderedPart | None:
    visit = live.state.visits.get(ident)
    if visit is None:
        return None
    page = _page(live, visit, app, language)
    values = {"page": page, "act": f"/t/{token}"}
    return RenderedPart(app[DESK].site.render("ticket_part.html", language, values), page.stale_at)


def unknown(request: web.Request, desk: WebContext) -> web.Response:
    """Say that an address leads to no ticket of today."""
    language = desk.language(request)
    words = desk.site.words[language]
    values = {
        "headline": words("This ticket is not known here"),
        "sentence": words(
            "It may be from another day, or the kiosk that printed it has no connection yet. "
            "Watch the boards, and ask staff if you are not sure."
        ),
    }
    return web.Response(status=404, text=desk.site.render("plain.html", language, values), content_type="text/html")


def path_of(desk: WebContext, centre: CentreId, ident: VisitId) -> str:
    """Give the path of a ticket's page, for whoever has proved that it is theirs; empty where it has none today."""
    live = desk.centres.get(centre)
    visit = None if live is None else live.state.visits.get(ident)
    if visit is None or visit.device is None:
        return ""
    return f"/t/{ticket_token.make(visit.id, ticket_key(desk.ticket_keys()[0], visit.device))}"


def find(desk: WebContext, token: str) -> tuple[Live, Visit] | None:
    """Find the visit of today that a token was made for, by the key of the device that issued it."""
    visit_id = ticket_token.visit_of(token)
    if visit_id is None:
        return None
    for live in desk.centres.values():
        visit = live.state.visits.get(visit_id)
        if visit is None or visit.device is None:
            continue
        # Ids come from devices: another centre's may have used this one too.
        if any(ticket_token.proves(token, ticket_key(key, visit.device)) for key in desk.ticket_keys()):
            return live, visit
    return None
