"""An empty desk: the page locks, and goes on where it was once its owner has typed the password."""

from http import HTTPStatus
from typing import Final

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts import locking, own_password
from queue_server.accounts.errors import SignInError, TooManyTriesError
from queue_server.accounts.model import Session, Standing
from queue_server.accounts.tokens import same_token
from queue_server.http.access import CSRF_HEADER, check_origin
from queue_server.http.middleware import note_refusal
from queue_server.http.problems import CsrfError, NotSignedInError, SessionLockedError
from queue_server.http.server import SERVER
from queue_server.web import forms, sign_in, staff
from queue_server.web.account.known import browser_of
from queue_server.web.desk import DESK, session_of, waiting_of, waits_at
from queue_server.web.waits import too_early

#: Pages that a lock leads back to.
_PAGES: Final = frozenset(path for path, _ in staff.NAVIGATION) | {"/waiting", "/account", "/colleagues"}


async def lock(request: web.Request) -> web.Response:
    """Lock the session of a page that nobody is at; its other pages are cut at once."""
    session = await session_of(request)
    if session is None:
        return await show_state(request)
    _check(request, session)
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
    _check(request, session)
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
        raise web.HTTPSeeOther(_back(request.query.get("to", "")))
    waiting = await waiting_of(request)
    if waiting is None:
        raise web.HTTPSeeOther("/sign-in")
    if waiting.standing is not Standing.LOCKED:
        raise web.HTTPSeeOther(waits_at(waiting))
    return _draw(request, waiting, Markup(), request.query.get("to", ""))


async def unlock(request: web.Request) -> web.Response:
    """Take the password. A script is answered in a word, a form with the page where it was."""
    session = await session_of(request) or await _locked(request)
    desk, words = request.app[DESK], request.app[DESK].site.words[request.app[DESK].language(request)]
    form = await forms.fields(request, session.csrf)
    now, to = desk.clock(), form.get("to", "")
    try:
        await own_password.prove(
            desk.log,
            desk.passwords,
            desk.rules,
            session,
            password=form.get("password", ""),
            address=request.remote or "",
            browser=browser_of(request, session),
            now=now,
        )
    except TooManyTriesError as error:
        note_refusal(request, error)
        text = too_early(words, int(error.placeholders["retry_after_s"]))
        return _refuse(request, session, text, to, HTTPStatus.TOO_MANY_REQUESTS)
    except SignInError as error:
        note_refusal(request, error)
        return _refuse(request, session, words("The password is wrong."), to, HTTPStatus.FORBIDDEN)
    still_there = await desk.log.write(lambda connection: locking.unlock(connection, session.id, now))
    request.app[SERVER].identities.forget(frozenset({session.id}))
    if not still_there:
        raise NotSignedInError
    if "to" in form:
        raise web.HTTPSeeOther(_back(to))
    return web.Response(status=HTTPStatus.NO_CONTENT)


async def _locked(request: web.Request) -> Session:
    waiting = await waiting_of(request)
    if waiting is None or waiting.standing is not Standing.LOCKED:
        raise NotSignedInError
    return waiting


def _check(request: web.Request, session: Session) -> None:
    check_origin(request, request.app[SERVER].staff_url)
    if not same_token(request.headers.get(CSRF_HEADER, ""), session.csrf):
        raise CsrfError


def _back(to: str) -> str:
    return to if to in _PAGES else "/"


def _refuse(request: web.Request, session: Session, text: Markup, to: str, status: int) -> web.Response:
    if "text/html" in request.headers.get("Accept", ""):
        response = _draw(request, session, text, to)
        response.set_status(status)
        return response
    return web.Response(status=status, text=text, content_type="text/plain")


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
        to=_back(to),
    )
