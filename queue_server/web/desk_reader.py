"""The reader, scanner and printer of a desk: what pages say of the program beside the browser (``peripherals serve``).

The page asks that program by itself, on this computer; the server sees nothing of that but what was read, sealed. Where
the program or a device is away, the page says so in a dialog, and goes on as it did.
"""

from typing import Any, Final

from aiohttp import web

from queue_server.accounts.permissions import of_session
from queue_server.centre.centres import Centres
from queue_server.centre.errors import VisitUnknownError
from queue_server.contract.documents import to_text
from queue_server.domain.values import VisitId
from queue_server.framework.middleware import policy_with
from queue_server.framework.permissions import Principal
from queue_server.framework.server import SERVER
from queue_server.people.api.readings import read_documents
from queue_server.queue.state import Visit
from queue_server.vault.access import may_read_notes
from queue_server.vault.errors import NotTheirVisitError
from queue_server.vault.keys import Keys
from queue_server.web.counter import documents
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.rules import PageRules
from queue_server.web.view_context import StaffView

#: Loopback of IPv4: a policy can name no address of IPv6.
_ADDRESS: Final = "http://127.0.0.1:{}"


def may_ask(response: web.Response, rules: PageRules) -> web.Response:
    """Let a page ask the program beside its browser, and nobody else."""
    if rules.desk_port:
        response.headers["Content-Security-Policy"] = policy_with(_ADDRESS.format(rules.desk_port))
    return response


async def show_people(request: web.Request) -> web.Response:
    """Show whose document can be read for a visit, with where the page sends what was read."""
    visit, look, _ = await _theirs(request)
    api = f"/api/v1/centres/{look.state.centre}/visits/{visit.id}/reading"
    key = to_text(request.app[SERVER][Keys].documents_public())
    return _draw(request, look, "staff/desk-people.html", visit, people=documents.people(look, visit), api=api, key=key)


async def show_document(request: web.Request) -> web.Response:
    """Show what was read of the documents of a visit. That somebody looked is recorded."""
    visit, look, principal = await _theirs(request)
    server = request.app[SERVER]
    assert principal.actor is not None  # noqa: S101 - of a session
    found = await read_documents(server, server[Centres].find(look.state.centre), visit, principal.actor)
    return _draw(request, look, "staff/desk-document.html", visit, documents=documents.documents(look, visit, found))


async def _theirs(request: web.Request) -> tuple[Visit, StaffView, Principal]:
    """Find the visit of the path, for somebody who serves or receives it.

    Raises:
        VisitUnknownError, NotTheirVisitError: as they say.
    """
    session = await signed_in(request)
    principal = of_session(session)
    desk = request.app[DESK]
    live = desk.centres[session.centre]
    visit = live.state.visits.get(VisitId(request.match_info["visit"]))
    if visit is None:
        raise VisitUnknownError
    if not may_read_notes(principal, visit, live.state):
        raise NotTheirVisitError
    reader = desk.reader(desk.language(request), live.facts.catalogue.centre.zone)
    return visit, StaffView(live.state, live.facts, live.settings, reader=reader, now=desk.clock()), principal


def _draw(request: web.Request, look: StaffView, template: str, visit: Visit, **values: Any) -> web.Response:
    text = request.app[DESK].site.render(template, look.reader.language, {"visit": visit, **values})
    return web.Response(text=text, content_type="text/html")
