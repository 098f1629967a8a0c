"""The way from the page of one centre to that of all, for who manages several."""

from collections.abc import Mapping
from typing import Any, Final

from queue_server.accounts.identities import known
from queue_server.framework.access import IDENTITY
from queue_server.framework.parts import PagePart, PartContext
from queue_server.web.organisation import scope
from queue_server.web.organisation.look import OrganisationLook
from queue_server.web.organisation.permissions import ORGANISATION_PAGE


async def values(shown: PartContext) -> Mapping[str, Any] | None:
    """Say how many of the other centres need somebody; nothing where there is no other."""
    session = known(shown.request[IDENTITY]).session
    if session is None:
        return None
    mine = await shown.server.log.run(lambda connection: scope.of_session(connection, session))
    others = mine.centres - {shown.centre}
    if not others:
        return None
    look = await shown.server[OrganisationLook].now()
    lacking = sum(one.needs_somebody for ident, one in look.centres.items() if ident in others)
    return {"lacking": lacking}


PARTS: Final = (PagePart("manager-strip", "organisation/manager-part.html", ORGANISATION_PAGE, values),)
