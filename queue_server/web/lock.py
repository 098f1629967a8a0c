"""An empty desk: the page locks, and goes on where it was once its owner has typed the password."""

from http import HTTPStatus

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts import locking
from queue_server.accounts.errors import SessionLockedError
from queue_server.accounts.model import Session, SessionStanding
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import SERVER
from queue_server.web import forms, sign_in
from queue_server.web.account.proof import ProofRefusal, refusal_of
from queue_server.web.page_context import DESK, session_of, waiting_of, waits_at


async def lock(request: web.Request) -> web.Response:
    """Lock the session of a page that nobody is at; its other pages are cut at once."""
    session = await session_of(request)
    if session is None:
        return await show_state(request)
    forms.check_script(request, session)
    await request.app[DESK].log.write(
        lambda connection: locking.lock(connection, session.id, request.app[DESK].clock())
    )
    request.app[SERVER].feeds.end(frozenset({session.id}))
    return web.Response(status=HTTPStatus.NO_CONTENT)


async def stay(request: web.Request) -> web.Response:
    """Note that somebody is at the keys of a page."""
    session = await session_of(request)
    if session is None:
        await _locked(request)
        raise SessionLockedError
    forms.check_script(request, session)
    await request.app[DESK].log.write(
        lambda connection: locking.stay(connection, session.id, request.app[DESK].clock())
    )
    return web.Response(status=HTTPStatus.NO_CONTENT)


async def show_state(request: web.Request) -> web.Response:
    """Tell a locked page whether it is locked still; that keeps its session as long as the page is open."""
    if await session_of(request) is not None:
        return web.json_response({"locked": False})
    await _locked(request)
    return web.json_response({"locked": True})


async def show(request: web.Request) -> web.Response:
    """Show the lock where a page of a locked session is asked for."""
    if await session_of(request) is not None:
        raise web.HTTPSeeOther(_back(request, request.query.get("to", "")))
    waiting = await waiting_of(request)
    if waiting is None:
        raise web.HTTPSeeOther("/sign-in")
    if waiting.standing is not SessionStanding.LOCKED:
        raise web.HTTPSeeOther(waits_at(waiting))
    return _draw(request, waiting, Markup(), request.query.get("to", ""))


async def unlock(request: web.Request) -> web.Response:
    """Take the password. A script is answered in a word, a form with the page where it was."""
    session = await session_of(request) or await _locked(request)
    form = await forms.fields(request, session.csrf)
    refused = await refusal_of(request, session, form.get("password", ""))
    if refused is not None:
        return _refuse(request, session, refused, form.get("to", ""))
    desk = request.app[DESK]
    still_there = await desk.log.write(lambda connection: locking.unlock(connection, session.id, desk.clock()))
    request.app[SERVER].identities.invalidate(frozenset({session.id}))
    if not still_there:
        raise NotSignedInError
    if "to" in form:
        raise web.HTTPSeeOther(_back(request, form["to"]))
    return web.Response(status=HTTPStatus.NO_CONTENT)


async def _locked(request: web.Request) -> Session:
    waiting = await waiting_of(request)
    if waiting is None or waiting.standing is not SessionStanding.LOCKED:
        raise NotSignedInError
    return waiting


def _back(request: web.Request, to: str) -> str:
    """Give the page that a lock leads back to: one that people open by themselves."""
    pages = request.app[SERVER].rooms.pages
    known = any(page.path == to and page.method == "GET" and page.leads_in and not page.waits for page in pages)
    return to if known else "/"


def _refuse(request: web.Request, session: Session, refused: ProofRefusal, to: str) -> web.Response:
    if "text/html" in request.headers.get("Accept", ""):
        response = _draw(request, session, refused.text, to)
        response.set_status(refused.status)
        return response
    return web.Response(status=refused.status, text=refused.text, content_type="text/plain")


def _draw(request: web.Request, session: Session, error: Markup, to: str) -> web.Response:
    desk = request.app[DESK]
    place = sign_in.place_of(request, desk, session)
    return sign_in.page(
        request,
        desk,
        place,
        desk.language(request),
        template="locked.html",
        csrf=session.csrf,
        staff_name=session.name,
        login=session.login,
        error=error,
        to=_back(request, to),
    )
