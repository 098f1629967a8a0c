"""The counter page over HTTP: whole at first, then the part that changes."""

from aiohttp import web

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import Permission, allowed, of_session
from queue_server.http.problems import NotPermittedError, NotSignedInError
from queue_server.values import now_micros
from queue_server.web.counter import drawing
from queue_server.web.counter.presenter import counter_page
from queue_server.web.desk import DESK, session_of
from queue_server.web.look import name_in


async def show(request: web.Request) -> web.Response:
    """Show the counter at which this browser is signed in, or the way there."""
    session = await session_of(request)
    if session is None:
        raise web.HTTPSeeOther("/sign-in")
    if session.counter is None:
        raise web.HTTPSeeOther("/sign-in/counter")
    return _draw(request, session, "counter/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    session = await session_of(request)
    if session is None or session.counter is None:
        raise NotSignedInError
    return _draw(request, session, "counter/page.html")


def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    if session.counter is None or not allowed(of_session(session), Permission.COUNTER_PAGE, centre=session.centre):
        raise NotPermittedError
    desk = request.app[DESK]
    live, language = desk.centres[session.centre], desk.language(request)
    centre = live.facts.catalogue.centre
    reader = desk.reader(language, centre.zone)
    page = counter_page(live.state, live.facts, live.settings, session.counter, reader=reader, now=now_micros())
    name = name_in(centre.name, language, centre.id)
    values = drawing.values(page, reader, session, centre_name=name, rules=desk.page_rules)
    return web.Response(text=desk.site.render(template, language, values), content_type="text/html")
