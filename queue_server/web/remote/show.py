"""The number of somebody who is called: to whoever serves them, while they do, and it is recorded that they looked."""

from aiohttp import web
from sqlalchemy import Connection

from queue_server.appointments.people import subject_of
from queue_server.centre.errors import VisitUnknownError
from queue_server.domain.appointments import RemoteChannel
from queue_server.domain.values import Actor, VisitId
from queue_server.framework.server import SERVER
from queue_server.notices import contacts
from queue_server.notices.contact import ContactDetails
from queue_server.vault.store import Vault
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.remote.parts import channel_of


async def show_number(request: web.Request) -> web.Response:
    """Show the number of the visit at the counter of whoever asks.

    Raises:
        VisitUnknownError: it is not at their counter, or nobody is called for it.
    """
    session = await signed_in(request)
    desk, server = request.app[DESK], request.app[SERVER]
    look = desk.view(request, session)
    ident = VisitId(request.match_info["visit"])
    here = None if session.counter is None else look.state.counters.get(session.counter)
    visit = look.state.visits.get(ident)
    if here is None or visit is None or here.visit != ident or visit.appointment is None:
        raise VisitUnknownError
    if channel_of(look, visit) is not RemoteChannel.TELEPHONE:
        raise VisitUnknownError
    subject, actor = subject_of(visit.appointment), Actor(f"staff/{session.staff}")

    def read(connection: Connection) -> ContactDetails | None:
        return contacts.read(server[Vault], connection, subject, actor=actor, now=server.clock())

    known = await server.log.write(read)
    values = {
        "code": visit.code,
        "service": look.service(visit),
        "spoken": look.spoken(visit.language),
        "number": "" if known is None else known.telephone or "",
    }
    text = desk.site.render("remote/number.html", look.reader.language, values)
    return web.Response(text=text, content_type="text/html")
