"""The only place where it is asked whether somebody may open a page: by its row, before its handler."""

from typing import Final

from aiohttp import web

from queue_server.framework.access import RequestIdentity
from queue_server.framework.permissions import EVERYBODY, Permission, allowed
from queue_server.framework.problems import NotPermittedError
from queue_server.framework.routing import PageHandler, PageRoute
from queue_server.framework.server import SERVER

#: Where somebody is led who is not signed in.
SIGN_IN: Final = "/sign-in"


def permitted(page: PageRoute) -> PageHandler:
    """Let those in who have the permission of a page, and nobody else.

    The handler raises beside its own:
        HTTPSeeOther: nobody is signed in, and the page is one that people open by themselves.
        NotSignedInError: nobody is signed in.
        NotPermittedError: whoever is may not open this page.
    """
    if page.permission.kinds == EVERYBODY:
        # Who it is need not be known: nobody waits for the database to see a ticket.
        return page.handler

    async def handle(request: web.Request) -> web.StreamResponse:
        identity = await request.app[SERVER].identities.of(request)
        if not _may(identity, page.permission, waits=page.waits):
            if identity.principal.actor is not None:
                raise NotPermittedError
            if page.leads_in:
                raise web.HTTPSeeOther(SIGN_IN)
            raise identity.barred
        return await page.handler(request)

    return handle


def _may(identity: RequestIdentity, permission: Permission, *, waits: bool) -> bool:
    asking = (identity.principal, identity.pending) if waits else (identity.principal,)
    return any(allowed(one, permission, centre=one.centre) for one in asking)
