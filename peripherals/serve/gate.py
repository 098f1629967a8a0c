"""Who is answered: the pages of one server, at the loopback address alone, and not more often than a page ever asks.

A browser tells which page asks (Origin; Fetch, 3.2) and by which name (Host; RFC 9110, 7.2). A foreign page that has
its own name resolved to 127.0.0.1 (DNS rebinding) is known by that name, and by its origin. Nothing is said to it.
Programs on the same machine can write what they like into both: what they do not have is a pairing.
"""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Middleware

from peripherals.errors import (
    AnswerTimeoutError,
    BusyError,
    DeskOriginError,
    DeskRateLimitedError,
    DeskRequestError,
    DeskSettingsError,
    PairingCodeError,
    PairingOverError,
    PeripheralError,
    UnpairedError,
)
from peripherals.serve.settings import AgentSettings

_log = structlog.get_logger(__name__)

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: What a page may send (Fetch, 3.3.3).
_METHODS, _HEADERS = "GET, POST", "authorization, content-type"
_STATUS: tuple[tuple[type[PeripheralError], int], ...] = (
    (DeskOriginError, 403),
    (DeskRequestError, 400),
    (DeskRateLimitedError, 429),
    (UnpairedError, 401),
    (PairingCodeError, 403),
    (PairingOverError, 403),
    (DeskSettingsError, 500),
    (BusyError, 409),
    (AnswerTimeoutError, 504),
)
_OTHERWISE = 503
_SAFE = {
    hdrs.CACHE_CONTROL: "no-store",
    hdrs.VARY: "Origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Gate:
    """The middleware around every request."""

    def __init__(self, settings: AgentSettings) -> None:
        self._origin = settings.origin
        self._hosts = frozenset(f"{name}:{settings.port}" for name in ("127.0.0.1", "localhost"))
        self._rate = settings.requests_s
        self._tokens = float(2 * settings.requests_s)
        self._filled_at = 0.0
        self._open = 0
        self._at_once = settings.requests_at_once

    def middleware(self) -> Middleware:
        @web.middleware
        async def around(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._open += 1
            try:
                return await self._answer(request, handler)
            finally:
                self._open -= 1

        return around

    async def add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """Add what every answer has; only the pages of the server may read it (``on_response_prepare``)."""
        response.headers.update(_SAFE)
        response.headers[hdrs.SERVER] = "peripherals"
        if self._is_ours(request):
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = self._origin

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            self._count()
            if not self._is_ours(request):
                raise DeskOriginError
            if request.method == hdrs.METH_OPTIONS:
                return _preflight(request)
            return await handler(request)
        except PeripheralError as error:
            return problem(error)
        except web.HTTPException as error:
            _log.info("refused", status=error.status)
            return problem(DeskRequestError(), error.status)

    def _is_ours(self, request: web.Request) -> bool:
        hosts, origins = request.headers.getall(hdrs.HOST, ()), request.headers.getall(hdrs.ORIGIN, ())
        return len(hosts) == 1 and hosts[0] in self._hosts and list(origins) == [self._origin]

    def _count(self) -> None:
        """Let as many requests through as a page may send: a bucket that fills steadily."""
        now = asyncio.get_running_loop().time()
        self._tokens = min(2 * self._rate, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
        if self._tokens < 1 or self._open > self._at_once:
            raise DeskRateLimitedError
        self._tokens -= 1


def problem(error: PeripheralError, status: int = 0) -> web.Response:
    """Answer with a stable code, and nothing that a device has read."""
    status = status or next((number for kind, number in _STATUS if isinstance(error, kind)), _OTHERWISE)
    body = msgspec.json.encode({"code": error.code, **error.placeholders})
    return web.Response(status=status, body=body, content_type="application/json")


def _preflight(request: web.Request) -> web.Response:
    """Say what the page may send (Fetch, 4.8), also from another network (Private Network Access)."""
    headers: dict[str, str] = {
        hdrs.ACCESS_CONTROL_ALLOW_METHODS: _METHODS,
        hdrs.ACCESS_CONTROL_ALLOW_HEADERS: _HEADERS,
        hdrs.ACCESS_CONTROL_MAX_AGE: "600",
    }
    if request.headers.get("Access-Control-Request-Private-Network") == "true":
        headers["Access-Control-Allow-Private-Network"] = "true"
    return web.Response(status=204, headers=headers)
