"""Forms and cookies of the pages.

A form that is sent before anybody is signed in is bound to its browser by a cookie of its own (double submit); later
ones by the session's CSRF token. Cookies are never readable by scripts and never sent from another site.
"""

from typing import Final
from urllib.parse import parse_qsl

from aiohttp import hdrs, web

from queue_server.accounts.model import Session
from queue_server.accounts.tokens import new_token
from queue_server.framework.access import CSRF_HEADER, check_origin, cookie_name, read_cookie, same_token
from queue_server.framework.problems import ApiError, BodyInvalidError, CsrfError
from queue_server.framework.request_context import receive
from queue_server.framework.server import SERVER

#: Cookie that binds the sign-in form to its browser.
FORM: Final = "form"
#: Cookies, one a centre, of browsers in which somebody has signed in there (``accounts.browsers``).
BROWSER: Final = "known-"
#: Cookies that remember how this browser was used last: language, ``<centre>/<counter>``.
LANGUAGE: Final = "language"
PLACE: Final = "place"
_YEAR: Final = 365 * 86_400
_MEDIA_TYPE: Final = "application/x-www-form-urlencoded"
#: Fields of a form at most: no page has as many.
_FIELDS: Final = 128


class FormForgedError(ApiError):
    """The form does not come from a page of this server in this browser."""

    status = 403
    code = "form-forged"
    title = "The form does not belong to this browser's page; load the page again"


def set_cookie(response: web.StreamResponse, request: web.Request, name: str, value: str, max_age: int = _YEAR) -> None:
    name = cookie_name(request, name)
    response.set_cookie(name, value, max_age=max_age, path="/", secure=request.secure, httponly=True, samesite="Strict")


def form_token(request: web.Request) -> str:
    """Take the token of this browser's sign-in form, or make one."""
    known = read_cookie(request, FORM)
    return known if len(known) == len(new_token()) and known.isascii() else new_token()


async def fields(request: web.Request, expected: str | None) -> dict[str, str]:
    """Read a form whose ``csrf`` field must be ``expected``.

    Raises:
        ForeignOriginError: a page of another origin has sent it.
        MediaTypeError: it is not written as forms are (URL standard, section 5).
        TooSlowError: it did not come in time.
        BodyInvalidError: it holds what is no text, or too many fields.
        FormForgedError: the field is wrong.
    """
    check_origin(request, request.app[SERVER].staff_url)
    form = await _read(request)
    if expected is None or not same_token(form.get("csrf", ""), expected):
        raise FormForgedError
    return form


async def public_fields(request: web.Request) -> dict[str, str]:
    """Read a form of a page for everybody: nobody is signed in there, and nothing but its address proves anything.

    Raises:
        ForeignOriginError, MediaTypeError, TooSlowError, BodyInvalidError: as ``fields``.
    """
    server = request.app[SERVER]
    # Staff open these pages at their own address too.
    mine = server.staff_url if request.headers.get(hdrs.ORIGIN) == server.staff_url else server.public_url
    check_origin(request, mine)
    return await _read(request)


async def _read(request: web.Request) -> dict[str, str]:
    raw = await receive(request, _MEDIA_TYPE)
    try:
        return dict(parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS))
    except ValueError as error:
        raise BodyInvalidError("Expected a form") from error


def check_script(request: web.Request, session: Session) -> None:
    """Check that a script of these pages has sent a request, not a page of somebody else.

    Raises:
        ForeignOriginError: a page of another origin has sent it.
        CsrfError: the token is missing, or another session's.
    """
    check_origin(request, request.app[SERVER].staff_url)
    if not same_token(request.headers.get(CSRF_HEADER, ""), session.csrf):
        raise CsrfError
