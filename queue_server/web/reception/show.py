"""The reception page over HTTP: whole at first, then the part that changes; a look-up; and the paper of a ticket.

What changes is asked for by POST: what staff type to find somebody may be a document's number, and no address holds it.
"""

import re
from typing import Final

import msgspec
from aiohttp import web

from queue_server import ticket_token
from queue_server.accounts.enrolment import Enrolment
from queue_server.accounts.model import Session
from queue_server.accounts.tokens import ticket_key
from queue_server.centre.errors import VisitUnknownError
from queue_server.domain.values import VisitId
from queue_server.framework.server import SERVER
from queue_server.queue.state import Visit
from queue_server.web import desk_reader, forms, ticket, wording
from queue_server.web.open_pages import open_pages
from queue_server.web.page_context import DESK, Live, WebContext, signed_in
from queue_server.web.reception import drawing, search, ticket_view, words
from queue_server.web.reception.open_reception import OpenReceptionPage
from queue_server.web.reception.paper import paper
from queue_server.web.site import choose_language
from queue_server.web.view_context import PageReader, Shared, StaffView

_WHOLE: Final = "reception/index.html"
_ADDRESS = re.compile(r"/t/([A-Za-z0-9_-]{43})(?:[?#].*)?\Z", re.ASCII)


class KnownTicket(msgspec.Struct, frozen=True):
    """A ticket of today as a dialog names it; ``joinable`` where its party can go together with another one."""

    visit: str
    code: str
    what: str
    state: str
    joinable: bool


async def show(request: web.Request) -> web.Response:
    """Show the desk to whoever receives people, or the way there."""
    session = await signed_in(request)
    return await _draw(request, OpenReceptionPage(request, session), _WHOLE)


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already: the ticket and the list that it looks at."""
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    asked = tuple(form.get(name, "") for name in ("visit", "typed", "only", "service"))
    open_pages(request).fetched(request, session, asked)
    return await _draw(request, OpenReceptionPage(request, session, asked), "reception/page.html")


async def follow(request: web.Request) -> web.StreamResponse:
    """Keep the line of an open page: it is sent the parts of it that change."""
    return await open_pages(request).serve(OpenReceptionPage(request, await signed_in(request)))


async def find(request: web.Request) -> web.Response:
    """Find a ticket of today by its code, or by the address in its QR code."""
    session = await signed_in(request)
    text = (await forms.fields(request, session.csrf)).get("text", "").strip()[:500]
    desk, look, live = _place(request, session)
    visit = _find(desk, live, text)
    known = None if visit is None else _known(look, visit)
    return web.Response(body=msgspec.json.encode({"found": known}), content_type="application/json")


async def show_paper(request: web.Request) -> web.Response:
    """Show the paper of a ticket, in the language of its person; the browser prints it.

    Raises:
        VisitUnknownError: it is none of today's tickets.
    """
    session = await signed_in(request)
    desk, look, live = _place(request, session)
    visit = look.state.visits.get(VisitId(request.match_info["visit"]))
    if visit is None or visit.device is None:
        raise VisitUnknownError
    reader = _person(desk, look, visit.language)
    base = request.app[SERVER][Enrolment].ticket_url or f"{request.scheme}://{request.host}/t/"
    url = base + ticket_token.make(visit.id, ticket_key(desk.ticket_keys()[0], visit.device))
    values = {
        "paper": paper(live.state, live.facts, visit, reader, url),
        "desk_port": desk.page_rules.desk_port,
        "papers": f"/api/v1/centres/{live.state.centre}/visits/{visit.id}/papers",
        "csrf": session.csrf,
    }
    text = desk.site.render("reception/paper.html", reader.language, values)
    return desk_reader.may_ask(web.Response(text=text, content_type="text/html"), desk.page_rules)


def _place(request: web.Request, session: Session) -> tuple[WebContext, StaffView, Live]:
    desk = request.app[DESK]
    live = desk.centres[session.centre]
    reader = desk.reader(desk.language(request), live.facts.catalogue.centre.zone)
    look = StaffView(live.state, live.facts, live.settings, reader=reader, now=desk.clock(), rules=desk.page_rules)
    return desk, look, live


def _person(desk: WebContext, look: StaffView, language: str) -> PageReader:
    """Read for a person: in their language, else in the first that the centre and the pages both have."""
    centre = look.known.catalogue.centre
    return desk.reader(choose_language((language, *centre.languages)), centre.zone)


async def _draw(request: web.Request, page: OpenReceptionPage, template: str) -> web.Response:
    desk, shared = request.app[DESK], Shared()
    await page.read()
    look = page.view(shared, desk.clock())
    values = page.values(look, shared) | {"is_whole": template == _WHOLE}
    if template == _WHOLE:
        values |= drawing.whole_values(look, page.session)
    text = desk.site.render(template, page.language, values)
    return desk_reader.may_ask(web.Response(text=text, content_type="text/html"), desk.page_rules)


def _find(desk: WebContext, live: Live, text: str) -> Visit | None:
    address = _ADDRESS.search(text)
    if address is not None:
        found = ticket.find(desk, address[1])
        return found[1] if found is not None and found[0] is live else None
    code = search.code(text)
    # A code of an earlier day is not among today's: a visit that was carried over is looked for by its own.
    of_today = None if code is None else live.state.codes.get(code)
    if of_today is not None:
        return live.state.visits.get(of_today)
    return next((visit for visit in live.state.visits.values() if visit.code == code), None)


def _known(look: StaffView, visit: Visit) -> KnownTicket:
    names = look.words(", ").join(ticket_view.service_name(look, service) for service in visit.services)
    return KnownTicket(
        visit.id,
        visit.code,
        wording.plain(names),
        wording.plain(words.state(look, visit)),
        visit.state in ticket_view.JOINABLE,
    )
