"""``/t/<token>``: where the QR code on the paper leads. Whole at first, then live."""

from typing import Final

from aiohttp import web

from queue_server import ticket_token
from queue_server.accounts.tokens import ticket_key
from queue_server.domain.values import VisitId
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER
from queue_server.information.library import InformationLibrary
from queue_server.queue.state import Visit
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
        return _unknown(request, desk)
    live, visit = found
    language = _language(request, visit)
    centre = live.facts.catalogue.centre
    reader = desk.reader(language, centre.zone)
    rules = desk.page_rules
    values = {
        "page": _page(live, visit, desk, language),
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
    desk = request.app[DESK]
    found = find(desk, request.match_info["token"])
    if found is None:
        raise NotFoundError
    live, visit = found
    language = _language(request, visit)
    return await request.app[LINES].serve(
        request, live.watch, (visit.id, language), lambda: _draw(live, visit.id, desk, language)
    )


def _language(request: web.Request, visit: Visit) -> str:
    return choose_language((request.query.get("lang", ""), visit.language), request.headers.get("Accept-Language", ""))


def _page(live: Live, visit: Visit, desk: WebContext, language: str) -> PhoneTicketPage:
    reader = desk.reader(language, live.facts.catalogue.centre.zone)
    return ticket_page(live.state, live.facts, visit, reader, now=desk.clock())


def _draw(live: Live, ident: VisitId, desk: WebContext, language: str) -> RenderedPart | None:
    visit = live.state.visits.get(ident)
    if visit is None:
        return None
    page = _page(live, visit, desk, language)
    return RenderedPart(desk.site.render("ticket_part.html", language, {"page": page}), page.stale_at)


def _unknown(request: web.Request, desk: WebContext) -> web.Response:
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
        if ticket_token.proves(token, ticket_key(desk.ticket_key, visit.device)):
            return live, visit
    return None
