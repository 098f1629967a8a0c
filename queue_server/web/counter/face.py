"""The picture from a chip, for the page of the counter that serves its visit, and for nobody else."""

from aiohttp import web

from queue_server.accounts.permissions import of_session
from queue_server.centre.centres import Centres
from queue_server.centre.errors import VisitUnknownError
from queue_server.domain.values import VisitId
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import SERVER
from queue_server.vault import faces
from queue_server.vault.access import came_with
from queue_server.vault.errors import NotTheirVisitError, RowUnknownError
from queue_server.vault.store import Vault
from queue_server.web.counter.show import seated


async def show_face(request: web.Request) -> web.Response:
    """Show a picture of the visit that is served at this counter, as long as it is. That somebody looked is recorded.

    The picture is a plain JPEG (``contract.faces``) and is never stored by a browser.

    Raises:
        VisitUnknownError: nobody is at this counter.
        NotTheirVisitError: whoever is there was called, and is not served yet.
        RowUnknownError: there is no such picture of the visit at this counter, or it is gone.
    """
    session, counter = await seated(request)
    principal = of_session(session)
    if principal.actor is None:
        raise NotSignedInError
    server = request.app[SERVER]
    centre = server[Centres].find(session.centre)
    state = centre.writer.state
    here = state.counters.get(counter)
    visit = None if here is None or here.visit is None else state.visits.get(VisitId(here.visit))
    if visit is None:
        raise VisitUnknownError
    if not faces.is_served_at(counter, visit):
        raise NotTheirVisitError
    actor, row, now = principal.actor, request.match_info["face"], server.clock()
    party = came_with(state, visit)
    jpeg = await server.log.write(
        lambda connection: faces.picture(server[Vault], connection, row, party, centre.id, actor, now)
    )
    if jpeg is None:
        raise RowUnknownError
    return web.Response(body=jpeg, content_type="image/jpeg", headers={"Cache-Control": "no-store"})
