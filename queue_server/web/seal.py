"""A seal that staff scan or paste at a counter or the reception: verified, kept at the visit, and told in words."""

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.permissions import of_session
from queue_server.centre.centres import Centres
from queue_server.centre.errors import VisitUnknownError
from queue_server.contract.documents import ReadingView
from queue_server.domain.values import VisitId
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import SERVER
from queue_server.people.api.seals import VerifiedSeal, from_typed, verify_seal
from queue_server.queue.state import Visit
from queue_server.vault.access import may_read_notes
from queue_server.vault.errors import NotTheirVisitError, SealNotReadError
from queue_server.web import forms
from queue_server.web.counter.documents import Document, document
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import StaffView


async def check(request: web.Request) -> web.Response:
    """Verify the seal of a form for its visit, and show what it came to; what is no seal is told in the same place.

    Raises:
        VisitUnknownError: there is no such visit today.
        NotTheirVisitError: it is at another counter.
    """
    session = await signed_in(request)
    principal = of_session(session)
    if principal.actor is None:
        raise NotSignedInError
    form = await forms.fields(request, session.csrf)
    desk, server = request.app[DESK], request.app[SERVER]
    live, language = desk.centres[session.centre], desk.language(request)
    visit = live.state.visits.get(VisitId(form.get("visit", "")))
    if visit is None:
        raise VisitUnknownError
    if not may_read_notes(principal, visit, live.state):
        raise NotTheirVisitError
    reader = desk.reader(language, live.facts.catalogue.centre.zone)
    look = StaffView(live.state, live.facts, live.settings, reader=reader, now=desk.clock(), rules=desk.page_rules)
    try:
        centre = server[Centres].find(session.centre)
        found = await verify_seal(server, centre, visit, principal.actor, from_typed(form.get("text", "")))
    except SealNotReadError:
        shown = None
    else:
        shown = _shown(look, visit, found)
    return web.Response(text=desk.site.render("staff/seal.html", language, {"seal": shown}), content_type="text/html")


def _shown(look: StaffView, visit: Visit, found: VerifiedSeal) -> Document:
    """Show the seal as it is kept at the visit, or by itself where more is known of its document."""
    kept = next((one for one in found.documents.documents if one.reading.seal and _same(one, found)), None)
    view = ReadingView(visit.id, found.reading.standing, found.reading) if kept is None else kept
    return document(look, visit, view, Markup())


def _same(one: ReadingView, found: VerifiedSeal) -> bool:
    return (one.reading.issuer, one.reading.number) == (found.reading.issuer, found.reading.number)
