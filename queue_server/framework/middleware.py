"""Around every request: an id, one line of log, problem details for whatever went wrong, and the headers of safety."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Final

import msgspec
import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Middleware

from queue_server.contract.problems import Problem
from queue_server.domain.values import ConsularError, new_id
from queue_server.framework.access import ANSWER_HEADERS, IDENTITY
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.proxies import Network, origin
from queue_server.framework.server import SERVER
from queue_server.framework.settings import HttpSettings

_log = structlog.get_logger("queue_server.access")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MEDIA_TYPE: Final = "application/problem+json"

#: Id of a request, in its answer and in the log.
REQUEST_ID: Final = web.RequestKey("request_id", str)
#: Code of what a request was refused with, for the log.
_REFUSED: Final = web.RequestKey("refused", str)

#: Scripts, styles, pictures and fonts come from this server alone; nothing is written into a page.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": under it a browser sends its own forms with "Origin: null" (Fetch, section 3.2).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Server": "queue-server",
}


def policy_with(address: str) -> str:
    """Give the policy of a page that may ask one more address, and do nothing else with it."""
    return CONTENT_SECURITY_POLICY.replace("connect-src 'self'", f"connect-src 'self' {address}")


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers of safety to every answer, streams and errors too (``on_response_prepare``)."""
    response.headers.update(_HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    if REQUEST_ID in request:
        response.headers["X-Request-Id"] = request[REQUEST_ID]
    server = request.app[SERVER]
    if server.tls or server.behind_proxy:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"


def note_refusal(request: web.Request, error: Exception) -> None:
    """Have the log name what a request was refused with, where a page words that for people."""
    request[_REFUSED] = problem_of(request, error).code


def problem_of(request: web.Request, error: Exception) -> Problem:
    """Word an error as this server does."""
    problems = request.app[SERVER].rooms.problems
    if isinstance(error, web.HTTPException):
        return problems.of_status(error.status, error.reason)
    return problems.of(error)


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


def forwarded(trusted: Sequence[Network]) -> Middleware:
    """Make what takes scheme, host and client from what the trusted proxies before us added."""

    @web.middleware
    async def take(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[REQUEST_ID] = new_id()
        lines = request.headers.getall
        found = origin(
            request.remote or "",
            trusted,
            clients=lines("X-Forwarded-For", ()),
            schemes=lines("X-Forwarded-Proto", ()),
            hosts=lines("X-Forwarded-Host", ()),
        )
        clone = request.clone(
            scheme=found.scheme or request.scheme, host=found.host or request.host, remote=found.client
        )
        return await handler(clone)

    return take


@web.middleware
async def log_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log what was refused or went wrong, and the rest where that is wanted: one line a request.

    It says the route's pattern and what the request was refused with, never a query, a header or a body.
    """
    # A request that came by a proxy has its id already: the one that is answered is another object.
    request[REQUEST_ID] = request.get(REQUEST_ID) or new_id()
    start = time.perf_counter()
    status = 499  # the client went away before it was answered
    # A feed is answered for as long as somebody follows it.
    response: web.StreamResponse | None = None
    try:
        response = await handler(request)
        status = response.status
    except web.HTTPException as answer:
        status = answer.status
        raise
    else:
        return response
    finally:
        resource = request.match_info.route.resource
        route = "" if resource is None else resource.canonical
        server = request.app[SERVER]
        took_s = time.perf_counter() - start
        server.answers.count(route, status)
        if isinstance(response, web.Response):
            server.answers.time(route, took_s)
        if status >= HTTPStatus.BAD_REQUEST or server.settings[HttpSettings].log_requests:
            _log.info(
                "request",
                id=request[REQUEST_ID],
                method=request.method if request.method.isalpha() else "?",
                route=route,
                actor=request[IDENTITY].actor if IDENTITY in request else None,
                status=status,
                code=request.get(_REFUSED),
                ms=round(took_s * 1000, 1),
            )


@web.middleware
async def answer_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into problem details; what nobody foresaw is logged whole and answered as ``internal``."""
    instance = f"urn:uuid:{request[REQUEST_ID]}"
    try:
        return _with_headers(request, await handler(request))
    except ConsularError as error:
        problem = problem_of(request, error)
        request[_REFUSED] = problem.code
        if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("failed", id=request[REQUEST_ID], code=problem.code, exc_info=error)
        elif problem.status > HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.warning("put-off", id=request[REQUEST_ID], code=problem.code)
        return _with_headers(request, problem_response(problem, instance))
    except web.HTTPException as answer:
        if answer.status < HTTPStatus.BAD_REQUEST:
            raise
        note_refusal(request, answer)
        response = problem_response(problem_of(request, answer), instance)
        if hdrs.ALLOW in answer.headers:
            # What is not allowed comes with what is (RFC 9110, section 15.5.6).
            response.headers[hdrs.ALLOW] = answer.headers[hdrs.ALLOW]
        return response
    except asyncio.CancelledError:
        raise
    except ConnectionError:
        # The client is gone: there is nobody to answer.
        raise
    except Exception as error:  # noqa: BLE001 - the last net: the client gets an honest answer, the log the whole story
        note_refusal(request, error)
        _log.error("unforeseen", id=request[REQUEST_ID], exc_info=error)
        return problem_response(problem_of(request, error), instance)


def _with_headers(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if ANSWER_HEADERS in request and not response.prepared:
        response.headers.update(request[ANSWER_HEADERS])
    return response
