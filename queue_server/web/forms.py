"""Forms and cookies of the pages.

A form that is sent before anybody is signed in is bound to its browser by a cookie of its own (double submit); later
ones by the session's CSRF token. Cookies are never readable by scripts and never sent from another site.
"""

import hmac
from typing import Final

from aiohttp import web

from queue_server.accounts.tokens import new_token
from queue_server.http.access import check_origin
from queue_server.http.problems import ApiError
from queue_server.http.server import SERVER

#: Cookie that binds the sign-in form to its browser.
FORM: Final = "form"
#: Cookies that remember how this browser was used last: language, ``<centre>/<counter>``.
LANGUAGE: Final = "language"
PLACE: Final = "place"
_YEAR: Final = 365 * 86_400


class FormForgedError(ApiError):
    """The form does not come from a page of this server in this browser."""

    status = 403
    code = "form-forged"
    title = "The form does not belong to this browser's page; load the page again"


def set_cookie(response: web.StreamResponse, request: web.Request, name: str, value: str, max_age: int = _YEAR) -> None:
    response.set_cookie(name, value, max_age=max_age, path="/", secure=request.secure, httponly=True, samesite="Strict")


def form_token(request: web.Request) -> str:
    """Take the token of this browser's sign-in form, or make one."""
    known = request.cookies.get(FORM, "")
    return known if len(known) == len(new_token()) and known.isascii() else new_token()


async def fields(request: web.Request, expected: str | None) -> dict[str, str]:
    """Read a form whose ``csrf`` field must be ``expected``.

    Raises:
        ForeignOriginError: a page of another origin has sent it.
        FormForgedError: the field is wrong.
    """
    check_origin(request, request.app[SERVER].settings.http.public_url)
    form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    if expected is None or not hmac.compare_digest(form.get("csrf", "").encode(), expected.encode()):
        raise FormForgedError
    return form
