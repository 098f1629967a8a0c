"""What the agent of a bank answers, on 127.0.0.1 alone, to programs of this machine that have its token.

``GET /v1/bank`` says how the compartments are. ``POST /v1/orders`` takes an order that the server has signed, and gives
the number of the event that it became. ``GET /v1/events?after=N`` follows what happens, a JSON object a line, with a
beat while nothing does. No browser is answered: whoever sends an Origin is refused.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from hashlib import sha256

import msgspec
import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Middleware

from peripherals.errors import LockerJournalError, LockerRequestError, OrderRefusedError, PeripheralError
from peripherals.lockers.agent.agent import LockerAgent
from peripherals.lockers.agent.settings import LockerAgentSettings
from queue_server.contract.lockers import OrderInvalidError, SignedOrder
from queue_server.domain.values import ConsularError

_log = structlog.get_logger(__name__)

#: The longest body, in bytes, and how long one may take, in seconds.
_BODY_BYTES, _BODY_S = 8192, 10.0
_BEARER = "Bearer "
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (LockerRequestError, 400),
    (OrderInvalidError, 403),
    (OrderRefusedError, 409),
    (LockerJournalError, 503),
)
_OTHERWISE = 503
_MAX_SEQ_DIGITS = 15

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LockerApp:
    """``token`` is what programs of this machine have to show."""

    def __init__(self, agent: LockerAgent, settings: LockerAgentSettings, token: str) -> None:
        self._agent = agent
        self._settings = settings
        self._token = _digest(token)
        self._hosts = frozenset(f"{name}:{settings.port}" for name in ("127.0.0.1", "localhost"))
        self._open = 0

    def application(self) -> web.Application:
        app = web.Application(client_max_size=_BODY_BYTES, middlewares=[self._gate()])
        app.router.add_get("/v1/bank", self._bank)
        app.router.add_post("/v1/orders", self._order)
        app.router.add_get("/v1/events", self._events)
        return app

    def _gate(self) -> Middleware:
        @web.middleware
        async def around(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._open += 1
            try:
                self._check(request)
                return await handler(request)
            except (PeripheralError, ConsularError) as error:
                return _problem(error)
            except web.HTTPException as error:
                return _problem(LockerRequestError(), error.status)
            finally:
                self._open -= 1

        return around

    def _check(self, request: web.Request) -> None:
        """Let those in that ask this address by its name, from no page, and with the token.

        Raises:
            LockerRequestError: somebody else, or too many at once.
        """
        hosts = request.headers.getall(hdrs.HOST, [])
        shown = request.headers.getall(hdrs.AUTHORIZATION, [])
        known = len(shown) == 1 and hmac.compare_digest(_digest(shown[0].removeprefix(_BEARER)), self._token)
        local = len(hosts) == 1 and hosts[0] in self._hosts and hdrs.ORIGIN not in request.headers
        if not (known and local) or self._open > self._settings.requests_at_once:
            raise LockerRequestError

    async def _bank(self, _: web.Request) -> web.Response:
        return _json(self._agent.view())

    async def _order(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise LockerRequestError
        try:
            async with asyncio.timeout(_BODY_S):
                signed = msgspec.json.decode(await request.read(), type=SignedOrder)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, TimeoutError) as error:
            raise LockerRequestError from error
        return _json({"seq": await self._agent.order(signed)})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        text = request.query.get("after", "0")
        if not (text.isascii() and text.isdecimal() and len(text) <= _MAX_SEQ_DIGITS):
            raise LockerRequestError
        after = int(text)
        with self._agent.following() as news:
            entries = await self._agent.entries(after)
            response = web.StreamResponse(headers={hdrs.CONTENT_TYPE: "application/x-ndjson"})
            await response.prepare(request)
            while True:
                for entry in entries:
                    await response.write(msgspec.json.encode(entry) + b"\n")
                    after = entry.seq
                if not entries:
                    await self._wait(news, response)
                news.clear()
                entries = await self._agent.entries(after)

    async def _wait(self, news: asyncio.Event, response: web.StreamResponse) -> None:
        try:
            async with asyncio.timeout(self._settings.beat_s):
                await news.wait()
        except TimeoutError:
            await response.write(b'{"beat":true}\n')


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def _json(answer: object, status: int = 200) -> web.Response:
    headers = {hdrs.CACHE_CONTROL: "no-store", "X-Content-Type-Options": "nosniff"}
    body = msgspec.json.encode(answer)
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _problem(error: PeripheralError | ConsularError, status: int = 0) -> web.Response:
    _log.info("refused", code=error.code)
    status = status or next((number for kind, number in _STATUS if isinstance(error, kind)), _OTHERWISE)
    return _json({"code": error.code, **error.placeholders}, status)
