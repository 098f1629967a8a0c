"""``/t/<token>``: where the QR code on the paper leads."""

from aiohttp import web

from queue_server.accounts.tokens import ticket_key
from queue_server.queue.state import Visit
from queue_server.values import now_micros
from queue_server.web import ticket_token
from queue_server.web.desk import DESK, Desk, Live
from queue_server.web.look import name_in
from queue_server.web.site import choose_language
from queue_server.web.ticket_page import ticket_page


async def show(request: web.Request) -> web.Response:
    """Show a ticket to whoever holds its paper; anything else is not found, whatever is wrong with it."""
    desk, token = request.app[DESK], request.match_info["token"]
    found = _find(desk, token)
    if found is None:
        return _unknown(request, desk)
    live, visit = found
    language = choose_language(
        (request.query.get("lang", ""), visit.language), request.headers.get("Accept-Language", "")
    )
    centre = live.facts.catalogue.centre
    reader = desk.reader(language, centre.zone)
    values = {
        "page": ticket_page(live.state, live.facts, visit, reader),
        "centre_name": name_in(centre.name, language, centre.id),
        "languages": desk.site.language_names(),
        "clock": reader.clock.hhmmss(now_micros()),
    }
    return web.Response(text=desk.site.render("ticket.html", language, values), content_type="text/html")


def _unknown(request: web.Request, desk: Desk) -> web.Response:
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


def _find(desk: Desk, token: str) -> tuple[Live, Visit] | None:
    visit_id = ticket_token.visit_of(token)
    if visit_id is None:
        return None
    for live in desk.centres.values():
        visit = live.state.visits.get(visit_id)
        if visit is not None and visit.device is not None:
            key = ticket_key(desk.ticket_key, visit.device)
            return (live, visit) if ticket_token.proves(token, key) else None
    return None
