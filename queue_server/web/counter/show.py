"""The counter page over HTTP: whole at first, then the part that changes, and what a search has found."""

from typing import Final

from aiohttp import web

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.applications import store
from queue_server.centre.centres import Centres
from queue_server.centre.errors import VisitUnknownError
from queue_server.domain.values import CounterId, CounterState
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import SERVER
from queue_server.people.api.readings import read_documents
from queue_server.web import desk_reader, forms
from queue_server.web.counter import applications, documents, drawing
from queue_server.web.counter.counter_context import CounterLook
from queue_server.web.counter.find import find
from queue_server.web.counter.open_counter import OpenCounterPage
from queue_server.web.open_pages import open_pages
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import Shared

#: Letters of a search that are read.
_MAX_LETTERS = 16
_WHOLE: Final = "counter/index.html"


async def show(request: web.Request) -> web.Response:
    """Show the counter at which this browser is signed in, or the way there."""
    session = await signed_in(request)
    if session.counter is None:
        raise web.HTTPSeeOther("/sign-in/counter")
    return await _draw(request, session, _WHOLE)


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    session, _ = await seated(request)
    open_pages(request).fetched(request, session)
    return await _draw(request, session, "counter/page.html")


async def show_found(request: web.Request) -> web.Response:
    """Show the visits that a search means; ``for=call``: those that can be called, to choose one.

    Asked for by POST: a scanner may have typed a document's number, and no address holds it.
    """
    session, counter = await seated(request)
    form = await forms.fields(request, session.csrf)
    desk = request.app[DESK]
    live, language = desk.centres[session.centre], desk.language(request)
    reader = desk.reader(language, live.facts.catalogue.centre.zone)
    look = CounterLook(live.state, live.facts, live.settings, counter, reader=reader, now=desk.clock())
    calling = form.get("for") == "call"
    values = {
        "found": find(look, form.get("q", "")[:_MAX_LETTERS], callable_only=calling),
        "calling": calling,
        "idle": look.counter.state is CounterState.OPEN and look.visit is None,
        "centre_api": f"/api/v1/centres/{session.centre}",
    }
    return web.Response(text=desk.site.render("counter/found.html", language, values), content_type="text/html")


async def show_applications(request: web.Request) -> web.Response:
    """Show the applications of the visit at this counter."""
    session, counter = await seated(request)
    desk = request.app[DESK]
    live, language = desk.centres[session.centre], desk.language(request)
    reader = desk.reader(language, live.facts.catalogue.centre.zone)
    look = CounterLook(live.state, live.facts, live.settings, counter, reader=reader, now=desk.clock())
    idents = () if look.visit is None else look.visit.applications
    found = await desk.log.run(lambda connection: store.some(connection, session.centre, idents))
    values = {"applications": applications.rows(look, found)}
    return web.Response(text=desk.site.render("counter/applications.html", language, values), content_type="text/html")


async def show_document(request: web.Request) -> web.Response:
    """Show what was read of the documents of the visit at this counter. That somebody looked is recorded."""
    session, counter = await seated(request)
    principal = of_session(session)
    if principal.actor is None:
        raise NotSignedInError
    desk, server = request.app[DESK], request.app[SERVER]
    live, language = desk.centres[session.centre], desk.language(request)
    reader = desk.reader(language, live.facts.catalogue.centre.zone)
    look = CounterLook(live.state, live.facts, live.settings, counter, reader=reader, now=desk.clock())
    if look.visit is None:
        raise VisitUnknownError
    found = await read_documents(server, server[Centres].find(session.centre), look.visit, principal.actor)
    values = {"documents": documents.documents(look, look.visit, found)}
    return web.Response(text=desk.site.render("counter/document.html", language, values), content_type="text/html")


async def seated(request: web.Request) -> tuple[Session, CounterId]:
    session = await signed_in(request)
    if session.counter is None:
        raise NotSignedInError
    return session, session.counter


async def follow(request: web.Request) -> web.StreamResponse:
    """Keep the line of an open page: it is sent the parts of it that change."""
    session, _ = await seated(request)
    return await open_pages(request).serve(OpenCounterPage(request, session))


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, page = request.app[DESK], OpenCounterPage(request, session)
    await page.read()
    values = page.values(Shared(), desk.clock())
    if template == _WHOLE:
        values |= drawing.whole_values(page.reader, session)
    response = web.Response(text=desk.site.render(template, page.language, values), content_type="text/html")
    return desk_reader.may_ask(response, desk.page_rules)
