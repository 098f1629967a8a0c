"""With which problems each route can answer: what its handler names, and what follows from what it asks for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from queue_server.domain.values import ConsularError
from queue_server.eventlog.port import IdempotencyMismatchError
from queue_server.framework import problems as p
from queue_server.framework.permissions import EVERYBODY, STAFF, PrincipalKind
from queue_server.framework.refusals import Codes, reasons_of
from queue_server.framework.routing import Route

if TYPE_CHECKING:
    from queue_server.framework.rooms import RoomCollection

_WITH_A_BODY: Final = (p.TooSlowError, p.TooLargeError, p.MediaTypeError)
_KEYED: Final = (p.KeyMissingError, p.KeyInvalidError, IdempotencyMismatchError)

_SAID: Final = {
    HTTPStatus.BAD_REQUEST: "The request is wrong.",
    HTTPStatus.UNAUTHORIZED: "Nobody is known by what came with the request.",
    HTTPStatus.FORBIDDEN: "This is not permitted.",
    HTTPStatus.NOT_FOUND: "What is named is not there.",
    HTTPStatus.REQUEST_TIMEOUT: "The body did not arrive in time.",
    HTTPStatus.CONFLICT: "It is refused as things stand; nothing has happened.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is of another kind.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "What was sent cannot be used, or its key was used for something else.",
    HTTPStatus.LOCKED: "The session is locked.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too often; `retry_after_s` says how long to wait, where it is there.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "The server has a fault; nothing is told of it.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The server cannot do it now; ask again with the same key.",
}


def problems_of(rooms: "RoomCollection", route: Route) -> Mapping[int, frozenset[str]]:
    """List the codes with which a route can answer, by status; a fault of the server (500) may have any."""
    found: dict[int, set[str]] = defaultdict(set)
    for reason in _reasons(rooms, route):
        if isinstance(reason, Codes):
            found[rooms.problems.status_of(reason.error)].update(map(str, reason.codes()))
            continue
        for kind in _with_below(reason, rooms.problems):
            found[rooms.problems.status_of(kind)].add(kind.code)
    found.pop(HTTPStatus.INTERNAL_SERVER_ERROR, None)
    return {status: frozenset(codes) for status, codes in found.items()}


def _reasons(rooms: "RoomCollection", route: Route) -> "Iterator[type[ConsularError] | Codes]":
    permitted = route.permission.kinds
    yield from (p.ForeignOriginError, p.NotReadyError)
    yield from rooms.problems.with_status(HTTPStatus.SERVICE_UNAVAILABLE)
    yield from (one.error for room in rooms for one in room.barring if one.asked(route))
    if permitted != EVERYBODY:
        yield p.NotPermittedError
    if PrincipalKind.ANONYMOUS not in permitted:
        yield p.NotSignedInError
    if "{" in route.path:
        yield p.NotFoundError
    for name, check in rooms.path_checks.items():
        if f"{{{name}}}" in route.path:
            yield from reasons_of(check)
    if route.method != "GET":
        yield from _WITH_A_BODY
        if permitted & STAFF:
            yield p.CsrfError
        if route.keyed:
            yield from _KEYED
    if route.request is not None:
        yield from (p.BodyNotJsonError, p.BodyInvalidError)
    yield from reasons_of(route.handler)


def _with_below(error: type[ConsularError], problems: p.Problems) -> Iterable[type[ConsularError]]:
    """Give an error, and of those below the API all that are made from it and answered alike."""
    yield error
    if not issubclass(error, p.ApiError):
        for below in error.__subclasses__():
            if problems.status_of(below) == problems.status_of(error):
                yield from _with_below(below, problems)


def responses(rooms: "RoomCollection", route: Route, problem: dict[str, Any], media_type: str) -> dict[str, Any]:
    """Describe the problems of a route for OpenAPI; ``problem`` is the schema of problem details."""
    found = {}
    for status, codes in sorted(problems_of(rooms, route).items()):
        said = ", ".join(f"`{code}`" for code in sorted(codes))
        schema = {"allOf": [problem], "properties": {"code": {"enum": sorted(codes)}}}
        found[str(status)] = {
            "description": f"{_SAID[HTTPStatus(status)]} Codes: {said}.",
            "content": {media_type: {"schema": schema}},
        }
    fault = HTTPStatus.INTERNAL_SERVER_ERROR
    found[str(fault.value)] = {"description": _SAID[fault], "content": {media_type: {"schema": problem}}}
    return found
