"""The second factor at the sign-in and of one's own account: asked for, set up, and what stands in for a lost one."""

from http import HTTPStatus
from typing import Any, Final

import msgspec
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts import factors, totp
from queue_server.accounts.errors import SecondFactorError, TooManyTriesError
from queue_server.accounts.model import FactorKind, Session, SessionStanding
from queue_server.accounts.second_factor import SecondFactors
from queue_server.domain.values import MINUTE
from queue_server.framework.middleware import note_refusal
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.request_context import receive
from queue_server.framework.server import SERVER
from queue_server.web import forms, sign_in, staff
from queue_server.web.account.known import browser_of
from queue_server.web.page_context import DESK, session_of, set_session, waiting_of, waits_at
from queue_server.web.view_context import name_in
from queue_server.web.waits import too_early

#: So long after the password somebody may add a second factor to an account that is open.
_FRESH: Final = 10 * MINUTE
#: Groups in which the secret of a phone is typed.
_GROUP: Final = 4


# --- asked for behind the password -------------------------------------------------------------------------------


async def show_second(request: web.Request) -> web.Response:
    """Ask for the second factor."""
    return await _ask(request, await _asked(request), Markup())


async def verify_second(request: web.Request) -> web.Response:
    """Take a code of a phone, or a recovery code."""
    session = await _asked(request)
    desk, words = request.app[DESK], request.app[DESK].site.words[request.app[DESK].language(request)]
    form = await forms.fields(request, session.csrf)
    try:
        found = await request.app[SERVER][SecondFactors].sign_in(
            session,
            form.get("code", "")[:64],
            address=request.remote or "",
            browser=browser_of(request, session),
            now=desk.clock(),
        )
    except TooManyTriesError as error:
        note_refusal(request, error)
        text = too_early(words, int(error.placeholders["retry_after_s"]))
        return await _ask(request, session, text, HTTPStatus.TOO_MANY_REQUESTS)
    except SecondFactorError as error:
        note_refusal(request, error)
        text = words("This code is wrong, or was used before. Take the next one that your phone shows.")
        return await _ask(request, session, text, HTTPStatus.FORBIDDEN)
    response = web.HTTPSeeOther(staff.home(found[0], request.app[SERVER].rooms))
    _go_on(request, response, session, found)
    raise response


async def ask_passkey(request: web.Request) -> web.Response:
    """Give a browser what a passkey is asked."""
    session = await _asked(request)
    await _body(request, session)
    options = await request.app[SERVER][SecondFactors].ask_passkey(session, request.app[DESK].clock())
    return web.json_response(options)


async def verify_passkey(request: web.Request) -> web.Response:
    """Take the answer of a passkey."""
    session = await _asked(request)
    answer = await _body(request, session)
    found = await request.app[SERVER][SecondFactors].verify_passkey(
        session,
        answer,
        address=request.remote or "",
        browser=browser_of(request, session),
        now=request.app[DESK].clock(),
    )
    response = web.json_response({"to": staff.home(found[0], request.app[SERVER].rooms)})
    _go_on(request, response, session, found)
    return response


async def _asked(request: web.Request) -> Session:
    session = await waiting_of(request)
    if session is None or session.standing is not SessionStanding.CODE:
        raise web.HTTPSeeOther("/sign-in")
    return session


async def _ask(request: web.Request, session: Session, error: Markup, status: int = HTTPStatus.OK) -> web.Response:
    held = await request.app[DESK].log.run(lambda connection: factors.of(connection, session.staff))
    kinds = {one.kind for one in held}
    has_passkey = FactorKind.PASSKEY in kinds and (await request.app[SERVER][SecondFactors].passkeys()).usable
    return _draw(
        request,
        session,
        status,
        step="second",
        error=error,
        has_code=FactorKind.CODE in kinds,
        has_passkey=has_passkey,
    )


# --- set up ------------------------------------------------------------------------------------------------------


async def show_set_up(request: web.Request) -> web.Response:
    """Show what a phone scans, or begin with a passkey."""
    return await _set_up(request, await _setting_up(request), Markup())


async def confirm_set_up(request: web.Request) -> web.Response:
    """Take the first code of a phone; then show recovery codes, which are told this once."""
    session = await _setting_up(request)
    desk, words = request.app[DESK], request.app[DESK].site.words[request.app[DESK].language(request)]
    form = await forms.fields(request, session.csrf)
    try:
        found = await request.app[SERVER][SecondFactors].confirm(
            session,
            form.get("code", "")[:64],
            address=request.remote or "",
            browser=browser_of(request, session),
            now=desk.clock(),
        )
    except TooManyTriesError as error:
        note_refusal(request, error)
        text = too_early(words, int(error.placeholders["retry_after_s"]))
        return await _set_up(request, session, text, HTTPStatus.TOO_MANY_REQUESTS)
    except SecondFactorError as error:
        note_refusal(request, error)
        text = words(
            "This is not the code that the phone shows now. Scan once more, and look at the clock of the phone."
        )
        return await _set_up(request, session, text, HTTPStatus.FORBIDDEN)
    response = await show_recovery(request, found[0])
    _go_on(request, response, session, found)
    return response


async def begin_passkey(request: web.Request) -> web.Response:
    """Give a browser what it needs to make a passkey."""
    session = await _setting_up(request)
    await _body(request, session)
    options = await request.app[SERVER][SecondFactors].begin_passkey(session, request.app[DESK].clock())
    return web.json_response(options)


async def add_passkey(request: web.Request) -> web.Response:
    """Take a new passkey; the browser goes on to the recovery codes with the token that it is given."""
    session = await _setting_up(request)
    answer = await _body(request, session)
    found = await request.app[SERVER][SecondFactors].add_passkey(session, answer, request.app[DESK].clock())
    response = web.json_response({"csrf": found[0].csrf})
    _go_on(request, response, session, found)
    return response


async def renew_recovery(request: web.Request) -> web.Response:
    """Show new recovery codes to who has just set up a passkey."""
    session = await session_of(request)
    if session is None or not _is_fresh(request, session):
        raise web.HTTPSeeOther("/account")
    await forms.fields(request, session.csrf)
    return await show_recovery(request, session)


async def show_recovery(request: web.Request, session: Session) -> web.Response:
    """Make recovery codes, and show them this once."""
    codes = await request.app[SERVER][SecondFactors].recovery(session, request.app[DESK].clock())
    return _draw(
        request,
        session,
        HTTPStatus.OK,
        step="recovery",
        error=Markup(),
        codes=codes,
        home=staff.home(session, request.app[SERVER].rooms),
    )


async def _setting_up(request: web.Request) -> Session:
    """Find who may add a second factor: who has to before anything else, or has just typed the password."""
    waiting, session = await waiting_of(request), await session_of(request)
    if waiting is not None and waiting.standing is SessionStanding.SET_UP:
        return waiting
    if waiting is not None:
        raise web.HTTPSeeOther(waits_at(waiting))
    if session is None:
        raise web.HTTPSeeOther("/sign-in")
    if not _is_fresh(request, session):
        raise web.HTTPSeeOther("/account")
    return session


def _is_fresh(request: web.Request, session: Session) -> bool:
    return request.app[DESK].clock() - session.proved_at < _FRESH


async def _set_up(request: web.Request, session: Session, error: Markup, status: int = HTTPStatus.OK) -> web.Response:
    desk, server = request.app[DESK], request.app[SERVER]
    now = desk.clock()

    def begin(connection: Connection) -> factors.FactorId:
        return factors.begun(connection, session.staff, now) or factors.begin(connection, session.staff, now)

    secret = server[SecondFactors].secret(await desk.log.write(begin))
    issuer = name_in(desk.centres[session.centre].facts.catalogue.centre.name, "en", session.centre)
    letters = totp.typed(secret)
    return _draw(
        request,
        session,
        status,
        step="set-up",
        error=error,
        qr=_qr(totp.address(secret, issuer, session.login)),
        secret=" ".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)),
        needed=session.standing is SessionStanding.SET_UP,
        with_passkey=(await server[SecondFactors].passkeys()).usable,
    )


def _qr(address: str) -> Markup:
    # It takes 4 ms to load, when somebody sets a second factor up.
    import segno  # noqa: PLC0415

    drawn = segno.make(address, error="m", micro=False).svg_inline(border=4, svgclass="qr", lineclass="", omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn by segno from an address that we have made


# --- what both share ---------------------------------------------------------------------------------------------


def _draw(request: web.Request, session: Session, status: int, **values: Any) -> web.Response:
    desk = request.app[DESK]
    response = sign_in.page(
        request,
        desk,
        sign_in.place_of(request, desk, session),
        desk.language(request),
        csrf=session.csrf,
        staff_name=session.name,
        **values,
    )
    response.set_status(status)
    return response


def _go_on(request: web.Request, response: web.StreamResponse, before: Session, found: tuple[Session, str]) -> None:
    """Give the browser the session that goes on; the one before opens nothing any more."""
    request.app[SERVER].feeds.end(frozenset({before.id}))
    if before.standing is SessionStanding.OPEN:
        set_session(response, request, found[1])
    else:
        sign_in.opened(request, response, *found)


async def _body(request: web.Request, session: Session) -> dict[str, Any]:
    """Read what a script of these pages sends.

    Raises:
        ForeignOriginError, CsrfError: it comes from elsewhere.
        BodyInvalidError: it is no object.
    """
    forms.check_script(request, session)
    raw = await receive(request)
    try:
        return msgspec.json.decode(raw or b"{}", type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BodyInvalidError("Expected an object") from error
