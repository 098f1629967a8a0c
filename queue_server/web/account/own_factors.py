"""The second factors of one's own account: whoever changes them types the password once more."""

from http import HTTPStatus

from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts import factors, reauthentication
from queue_server.accounts.errors import SecondFactorError, SecondFactorNeededError
from queue_server.accounts.model import Session
from queue_server.accounts.second_factor import SecondFactors
from queue_server.framework.server import SERVER
from queue_server.web import second_factor
from queue_server.web.account import show
from queue_server.web.account.proof import refusal_of
from queue_server.web.page_context import DESK


async def accept_form(request: web.Request) -> web.Response:
    """Take the form of second factors: ``do`` is what is wanted, ``factor`` which one is taken off."""
    session, form = await show.owner(request)
    desk = request.app[DESK]
    words, now = desk.site.words[desk.language(request)], desk.clock()
    refused = await refusal_of(request, session, form.get("password", ""))
    if refused is not None:
        return await _again(request, session, refused.text, refused.status)
    if "factor" in form:
        return await _remove(request, session, form["factor"])
    if form.get("do") == "recovery":
        return await second_factor.show_recovery(request, session)

    def begin(connection: Connection) -> bool:
        reauthentication.note_proof(connection, session.id, now)
        factors.begin(connection, session.staff, now)
        return len(factors.of(connection, session.staff)) < factors.MAX

    if not await desk.log.write(begin):
        return await _again(request, session, words("You have as many as you can have."), HTTPStatus.CONFLICT)
    request.app[SERVER].identities.invalidate(frozenset({session.id}))
    raise web.HTTPSeeOther("/sign-in/set-up")


async def _remove(request: web.Request, session: Session, factor: str) -> web.Response:
    desk, words = request.app[DESK], request.app[DESK].site.words[request.app[DESK].language(request)]
    try:
        await request.app[SERVER][SecondFactors].remove(
            session, factor, needed=await show.needed(request, session), now=desk.clock()
        )
    except SecondFactorNeededError:
        text = words("Your centre asks managers for a second factor. Set up another one first.")
        return await _again(request, session, text, HTTPStatus.CONFLICT)
    except SecondFactorError:
        # It was taken off a moment ago, in another window.
        pass
    raise web.HTTPSeeOther("/account?done=taken-off")


async def _again(request: web.Request, session: Session, text: Markup, status: int) -> web.Response:
    return await show.draw(request, session, "account/index.html", status, factor_error=text)
