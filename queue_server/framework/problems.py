"""Problem details (RFC 9457): every error that leaves the server, with the stable code of what went wrong.

Tree of errors of this package::

    ConsularError
    └── ApiError                   400  bad-request
        ├── BodyNotJsonError       400  body-not-json
        ├── BodyInvalidError       400  body-invalid
        ├── KeyMissingError        400  idempotency-key-missing
        ├── KeyInvalidError        400  idempotency-key-invalid
        ├── NotSignedInError       401  not-signed-in
        ├── TooManyRequestsError   429  too-many-requests
        ├── NotPermittedError      403  not-permitted
        ├── ForeignOriginError     403  foreign-origin
        ├── CsrfError              403  csrf-token-wrong
        ├── NotFoundError          404  not-found
        ├── MethodError            405  method-not-allowed
        ├── TooSlowError           408  request-too-slow
        ├── TooLargeError          413  body-too-large
        ├── MediaTypeError         415  media-type
        └── NotReadyError          503  not-ready

Errors of rooms keep their own codes; each room says which status they are answered with (``ProblemMapping``).
"""

from collections.abc import Iterable
from typing import ClassVar, Final, NamedTuple

from queue_server.contract.problems import Problem
from queue_server.database.failures import DatabaseUnavailableError, OutcomeUnknownError
from queue_server.domain.values import ConsularError
from queue_server.eventlog.port import IdempotencyMismatchError, StreamContendedError


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


class NotReadyError(ApiError):
    status = 503
    code = "not-ready"
    title = "The server is not ready"


#: Statuses that the library of HTTP itself refuses with, as errors of ours.
_OF_HTTP: Final[dict[int, type[ApiError]]] = {
    404: NotFoundError,
    405: MethodError,
    413: TooLargeError,
    415: MediaTypeError,
}


class ProblemMapping(NamedTuple):
    """With what status errors of a room are answered, where that is not 500, and what they are called.

    ``error`` stands for what is derived from it too, as far as that has no line of its own.
    """

    error: type[ConsularError]
    status: int
    title: str


#: Errors of what lies below the framework.
OWN: Final = (
    ProblemMapping(IdempotencyMismatchError, 422, "The Idempotency-Key was used for something else"),
    ProblemMapping(StreamContendedError, 503, "Other servers were first; ask again with the same key"),
    ProblemMapping(OutcomeUnknownError, 503, "The database went away; ask again with the same key"),
    ProblemMapping(DatabaseUnavailableError, 503, "The database cannot be reached"),
)


class Problems:
    """Words errors as problem details, by the lines of all rooms."""

    def __init__(self, lines: Iterable[ProblemMapping]) -> None:
        self._lines = {line.error: line for line in lines}

    def of(self, error: Exception) -> Problem:
        """Word an error. Nothing of an unforeseen error is told: its text may hold anything."""
        if isinstance(error, ApiError):
            return _problem(error.status, error.code, error.title, error.detail, error.placeholders)
        if isinstance(error, ConsularError):
            found = next((self._lines[kind] for kind in type(error).__mro__ if kind in self._lines), None)
            if found is not None:
                return _problem(found.status, error.code, found.title, placeholders=error.placeholders)
            return _problem(500, error.code, "The server failed", placeholders=error.placeholders)
        return _problem(500, ConsularError.code, "The server failed")

    def status_of(self, kind: type[ConsularError]) -> int:
        """Say with which status an error of this kind is answered."""
        if issubclass(kind, ApiError):
            return kind.status
        return next((self._lines[one].status for one in kind.__mro__ if one in self._lines), 500)

    def with_status(self, status: int) -> tuple[type[ConsularError], ...]:
        """List the errors that have a line with this status."""
        return tuple(line.error for line in self._lines.values() if line.status == status)

    @staticmethod
    def of_status(status: int, reason: str) -> Problem:
        """Word what HTTP itself refuses."""
        known = _OF_HTTP.get(status)
        return _problem(status, ApiError.code, reason) if known is None else _problem(status, known.code, known.title)


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
