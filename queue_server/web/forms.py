"""Forms and cookies of the pages.

A form that is sent before anybody is signed in is bound to its browser by a cookie of its own (double submit); later
ones by the session's CSRF token. Cookies are never readable by scripts and never sent from another site.
"""

import hmac
import secrets
from typing import Final

from aiohttp import web

from queue_server.values import ConsularError

#: Cookie of the session.
SESSION: Final = "session"
#: Cookie that binds the sign-in form to its browser.
FORM: Final = "form"
#: Cookies that remember how this browser was used last: language, ``<centre>/<counter>``.
LANGUAGE: Final = "language"
PLACE: Final = "place"
_YEAR: Final = 365 * 86_400


class FormForgedError(ConsularError):
    """The form does not come from a page of this server in this browser."""

    code = "form-forged"


def set_cookie(response: web.StreamResponse, request: web.Request, name: str, value: str, max_age: int = _YEAR) -> None:
    response.set_cookie(name, value, max_age=max_age, path="/", secure=request.secure, httponly=True, samesite="Strict")


def form_token(request: web.Request) -> str:
    """Take the token of this browser's sign-in form, or make one."""
    known = request.cookies.get(FORM, "")
    return known if len(known) == 43 and known.isascii() else secrets.token_urlsafe(32)  # noqa: PLR2004 - of 32 bytes


async def fields(request: web.Request, expected: str | None) -> dict[str, str]:
    """Read a form whose ``csrf`` field must be ``expected``.

    Raises:
        FormForgedError: it is not, or the request names another origin.
    """
    form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    origin = request.headers.get("Origin")
    same = origin is None or origin == f"{request.scheme}://{request.host}"
    if expected is None or not same or not hmac.compare_digest(form.get("csrf", "").encode(), expected.encode()):
        raise FormForgedError
    return form
