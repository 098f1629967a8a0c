"""Problem details (RFC 9457): every error that leaves the server, with the stable code of what went wrong.

Tree of errors of this package::

    ConsularError
    └── ApiError                   400  status and title of its class
        ├── BodyNotJsonError       400  body-not-json
        ├── BodyInvalidError       400  body-invalid
        ├── KeyMissingError        400  idempotency-key-missing
        ├── KeyInvalidError        400  idempotency-key-invalid
        ├── NotSignedInError       401  not-signed-in
        ├── NotPermittedError      403  not-permitted
        ├── ForeignOriginError     403  foreign-origin
        ├── CsrfError              403  csrf-token-wrong
        ├── NotFoundError          404  not-found
        ├── CentreUnknownError     404  centre-unknown
        ├── VisitUnknownError      404  visit-unknown
        ├── MethodError            405  method-not-allowed
        ├── TooSlowError           408  request-too-slow
        ├── TooLargeError          413  body-too-large
        ├── MediaTypeError         415  media-type
        └── NotReadyError          503  not-ready

Errors of other rooms keep their own codes; ``STATUS`` says which status each kind is answered with.
"""

from typing import ClassVar

import msgspec
from aiohttp import web

from queue_server.contract.messages import Problem
from queue_server.values import ConsularError

MEDIA_TYPE = "application/problem+json"


class ApiError(ConsularError):
    status: ClassVar[int] = 400
    title: ClassVar[str] = "The request is wrong"
    detail = ""


class BodyNotJsonError(ApiError):
    code = "body-not-json"
    title = "The body is not JSON"


class BodyInvalidError(ApiError):
    """``detail`` is the decoder's sentence about shape and place, for the developer of a client."""

    code = "body-invalid"
    title = "The body has a wrong shape"

    def __init__(self, detail: str) -> None:
        super().__init__()
        self.detail = detail[:300]


class KeyMissingError(ApiError):
    code = "idempotency-key-missing"
    title = "Every POST needs an Idempotency-Key"


class KeyInvalidError(ApiError):
    code = "idempotency-key-invalid"
    title = "The Idempotency-Key is not 8 to 64 letters, digits, hyphens or underscores"


class NotSignedInError(ApiError):
    status = 401
    code = "not-signed-in"
    title = "No valid token or session"


class NotPermittedError(ApiError):
    status = 403
    code = "not-permitted"
    title = "This is not permitted to this client"


class ForeignOriginError(ApiError):
    status = 403
    code = "foreign-origin"
    title = "The request comes from a page of another origin"


class CsrfError(ApiError):
    status = 403
    code = "csrf-token-wrong"
    title = "The X-CSRF-Token header does not belong to this session"


class NotFoundError(ApiError):
    status = 404
    code = "not-found"
    title = "There is nothing here"


class CentreUnknownError(NotFoundError):
    code = "centre-unknown"
    title = "There is no such centre"


class VisitUnknownError(NotFoundError):
    code = "visit-unknown"
    title = "There is no such visit today"


class MethodError(ApiError):
    status = 405
    code = "method-not-allowed"
    title = "This address does not take this method"


class TooSlowError(ApiError):
    status = 408
    code = "request-too-slow"
    title = "The body did not arrive in time"


class TooLargeError(ApiError):
    status = 413
    code = "body-too-large"
    title = "The body is too large"


class MediaTypeError(ApiError):
    status = 415
    code = "media-type"
    title = "The body must be application/json"


class NotReadyError(ApiError):
    status = 503
    code = "not-ready"
    title = "The server is not ready"


def problem_response(
    status: int,
    code: str,
    title: str,
    *,
    detail: str = "",
    instance: str = "",
    placeholders: dict[str, str | int] | None = None,
) -> web.Response:
    """Build the answer; ``type`` stays ``about:blank``-free: the code is the stable name, as a relative reference."""
    problem = Problem(
        type=f"/problems/{code}",
        title=title,
        status=status,
        code=code,
        detail=detail,
        instance=instance,
        placeholders=placeholders or {},
    )
    headers = {"WWW-Authenticate": "Bearer"} if status == NotSignedInError.status else None
    return web.Response(status=status, body=msgspec.json.encode(problem), headers=headers, content_type=MEDIA_TYPE)
