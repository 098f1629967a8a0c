"""Problem details (RFC 9457): every error that leaves the server, with the stable code of what went wrong.

Tree of errors of this package::

    ConsularError
    ├── RefusedError               409  the code of the engine's refusal
    └── ApiError                   400  bad-request
        ├── BodyNotJsonError       400  body-not-json
        ├── BodyInvalidError       400  body-invalid
        ├── KeyMissingError        400  idempotency-key-missing
        ├── KeyInvalidError        400  idempotency-key-invalid
        ├── NotSignedInError       401  not-signed-in
        ├── TooManyRequestsError   429  too-many-requests
        ├── SessionLockedError     423  session-locked
        ├── NotPermittedError      403  not-permitted
        ├── ForeignOriginError     403  foreign-origin
        ├── CsrfError              403  csrf-token-wrong
        ├── CounterNotSilentError  409  counter-not-silent
        ├── SkillsNotSetUpError    409  skills-not-set-up
        ├── StartOverError         409  device-start-over
        ├── MachineUnknownError    409  device-machine-unknown
        ├── NotFoundError          404  not-found
        ├── VisitUnknownError      404  visit-unknown
        ├── MethodError            405  method-not-allowed
        ├── TooSlowError           408  request-too-slow
        ├── TooLargeError          413  body-too-large
        ├── MediaTypeError         415  media-type
        └── NotReadyError          503  not-ready

Errors of other rooms keep their own codes; ``STATUS`` says which status each kind is answered with.
"""

from typing import ClassVar, Final

import msgspec
from aiohttp import web

from queue_server.accounts.errors import (
    CounterTakenError,
    EnrolmentCodeError,
    SecondFactorError,
    SecondFactorNeededError,
    SeriesExhaustedError,
    TokenRevokedError,
    TokenUnknownError,
    TooManyTriesError,
)
from queue_server.applications.model import ApplicationError, ApplicationUnknownError
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.contract.problems import Problem
from queue_server.domain.values import ConsularError
from queue_server.eventlog.port import (
    DatabaseUnavailableError,
    IdempotencyMismatchError,
    OutcomeUnknownError,
    StreamContendedError,
)
from queue_server.payments.errors import ClosingUnknownError, PaymentError, PaymentUnknownError, RefundUnknownError
from queue_server.people.errors import (
    NotTheirVisitError,
    ReadingNotMendedError,
    ReadingNotTakenError,
    RowUnknownError,
    SealNotReadError,
)
from queue_server.writer import CommandFailedError, WriterError

MEDIA_TYPE = "application/problem+json"


class ApiError(ConsularError):
    """Root of what the API itself refuses."""

    code = "bad-request"
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


class TooManyRequestsError(ApiError):
    """``retry_after_s`` says how long to wait."""

    status = 429
    code = "too-many-requests"
    title = "So many requests come from this address, or from all, that this one is not answered"


class SessionLockedError(ApiError):
    status = 423
    code = "session-locked"
    title = "This session is locked until its owner types the password"


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


class CounterNotSilentError(ApiError):
    status = 409
    code = "counter-not-silent"
    title = "Somebody is at this counter: only they or a manager may hand a visit back"


class SkillsNotSetUpError(ApiError):
    status = 409
    code = "skills-not-set-up"
    title = "A counter opens with the skills of its set-up, or fewer"


class StartOverError(ApiError):
    status = 409
    code = "device-start-over"
    title = "A later start of this device has taken over"


class MachineUnknownError(ApiError):
    status = 409
    code = "device-machine-unknown"
    title = "This machine is not one of those among which is to be chosen"


class NotFoundError(ApiError):
    status = 404
    code = "not-found"
    title = "There is nothing here"


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
    title = "This address takes no body of this media type"


class RefusedError(ConsularError):
    """The engine refused; ``code`` is the refusal's own."""

    def __init__(self, code: str, placeholders: dict[str, str | int]) -> None:
        super().__init__(**placeholders)
        self.code = code  # type: ignore[misc] # a refusal's code is known only when it happens


class NotReadyError(ApiError):
    status = 503
    code = "not-ready"
    title = "The server is not ready"


#: Statuses of HTTP that aiohttp itself raises, as errors of ours.
_OF_HTTP: Final[dict[int, type[ApiError]]] = {
    404: NotFoundError,
    405: MethodError,
    413: TooLargeError,
    415: MediaTypeError,
}

#: Errors of other rooms that are not 500: the first kind that fits counts.
_STATUS: Final[tuple[tuple[type[ConsularError], int, str], ...]] = (
    (RefusedError, 409, "The queue refuses this"),
    (CentreNotSetUpError, 404, "There is no such centre"),
    (TokenUnknownError, 401, "No device has this token"),
    (TokenRevokedError, 401, "This device was revoked"),
    (EnrolmentCodeError, 403, "The enrolment code is wrong, used or too old"),
    (TooManyTriesError, 429, "Too many tries; wait"),
    (SecondFactorError, 403, "The second factor is wrong, or was used before"),
    (SecondFactorNeededError, 409, "The centre asks for a second factor: the last one stays"),
    (SeriesExhaustedError, 409, "No series of tickets is left in this centre"),
    (CounterTakenError, 409, "Somebody else is signed in at this counter"),
    (RowUnknownError, 404, "What was kept here is gone"),
    (NotTheirVisitError, 403, "The notes of this visit are for another counter"),
    (ReadingNotMendedError, 409, "The number of the document is not put right"),
    (SealNotReadError, 422, "This is no visible digital seal"),
    (ReadingNotTakenError, 409, "What was read of the document is not taken for this visit"),
    (ApplicationUnknownError, 404, "There is no such application"),
    (ApplicationError, 409, "The application cannot do this"),
    (PaymentUnknownError, 404, "There is no such payment"),
    (ClosingUnknownError, 404, "There is no such end of day"),
    (RefundUnknownError, 404, "There is no such refund"),
    (PaymentError, 409, "The payment cannot do this"),
    (IdempotencyMismatchError, 422, "The Idempotency-Key was used for something else"),
    (CommandFailedError, 500, "The server could not decide this"),
    (WriterError, 503, "The centre cannot answer now; ask again with the same key"),
    (StreamContendedError, 503, "Other servers were first; ask again with the same key"),
    (OutcomeUnknownError, 503, "The database went away; ask again with the same key"),
    (DatabaseUnavailableError, 503, "The database cannot be reached"),
)


def as_problem(error: Exception) -> Problem:
    """Word an error as problem details. Nothing of an unforeseen error is told: its text may hold anything."""
    if isinstance(error, web.HTTPException):
        known = _OF_HTTP.get(error.status)
        if known is not None:
            return _problem(known.status, known.code, known.title)
        return _problem(error.status, ApiError.code, error.reason)
    if isinstance(error, ApiError):
        return _problem(error.status, error.code, error.title, error.detail, error.placeholders)
    if isinstance(error, ConsularError):
        for kind, status, title in _STATUS:
            if isinstance(error, kind):
                return _problem(status, error.code, title, placeholders=error.placeholders)
        return _problem(500, error.code, "The server failed", placeholders=error.placeholders)
    return _problem(500, ConsularError.code, "The server failed")


def _problem(
    status: int, code: str, title: str, detail: str = "", placeholders: dict[str, str | int] | None = None
) -> Problem:
    return Problem(
        type=f"/problems/{code}",
        title=title,
        status=status,
        code=code,
        detail=detail,
        placeholders=placeholders or {},
    )


def problem_response(problem: Problem, instance: str) -> web.Response:
    """Answer with a problem; ``instance`` names this one request, as in the log."""
    headers = {}
    if problem.status == NotSignedInError.status:
        headers["WWW-Authenticate"] = "Bearer"
    retry = problem.placeholders.get("retry_after_s")
    if retry is not None:
        headers["Retry-After"] = str(retry)
    body = msgspec.json.encode(msgspec.structs.replace(problem, instance=instance))
    return web.Response(status=problem.status, body=body, headers=headers, content_type=MEDIA_TYPE)
