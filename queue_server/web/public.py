"""The address that phones have for themselves: pages for everybody, what they are made of, and nothing else."""

import time
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Middleware

from queue_server.accounts.identities import known
from queue_server.framework.middleware import add_headers, answer_problems, forwarded, log_requests
from queue_server.framework.problems import NotFoundError, TooManyRequestsError
from queue_server.framework.proxies import networks
from queue_server.framework.rates import Rates
from queue_server.framework.server import SERVER, Server
from queue_server.framework.settings import FeedSettings, HttpSettings
from queue_server.web import statics, ticket
from queue_server.web.page_context import DESK, Handler, WebContext
from queue_server.web.rules import PageRules
from queue_server.web.ticket_live import TicketLines
from queue_server.web.trouble import guarded

_Next = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: What these pages are made of.
_FILES: Final = (
    "style.css",
    "mark.svg",
    "js/ticket.js",
    "js/ring.js",
    "js/push.js",
    "js/booking.js",
    "vendor/altcha-",
    "fonts/",
)
#: No form of these pages is longer (bytes).
_BODY: Final = 32_768


def application(server: Server, desk: WebContext) -> web.Application:
    """Make the application of the public address: its lines and rates are counted apart from those of staff."""
    http = server.settings[HttpSettings]
    proxy = (forwarded(networks(http.proxies)),) if server.behind_proxy else ()
    rates = Rates(http.public_requests_address_s, http.public_requests_s, time.monotonic)
    app = web.Application(client_max_size=_BODY, middlewares=(*proxy, log_requests, answer_problems, _limited(rates)))
    app[SERVER], app[DESK] = server, desk
    app[ticket.LINES] = TicketLines(server.settings[PageRules], server.settings[FeedSettings].stall_ms, server.clock)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(app[ticket.LINES].stop)
    for page in server.rooms.pages:
        if page.public:
            app.router.add_route(page.method, page.path, guarded(page.handler))
    app.router.add_get("/static/{release}/{path:.+}", _serve)
    return app


async def _serve(request: web.Request) -> web.Response:
    if not request.match_info["path"].startswith(_FILES):
        raise NotFoundError
    return await statics.serve(request)


def _limited(rates: Rates) -> Middleware:
    @web.middleware
    async def limit(request: web.Request, handler: _Next) -> web.StreamResponse:
        if not rates.admit(request.remote or ""):
            raise TooManyRequestsError(retry_after_s=1)
        return await handler(request)

    return limit


def within(rates: Rates, handler: Handler) -> Handler:
    """Answer a page for everybody as often as an address, and all together, may ask for such pages."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if not rates.admit(request.remote or ""):
            raise TooManyRequestsError(retry_after_s=1)
        return await handler(request)

    return handle


def for_staff_alone(handler: Handler) -> Handler:
    """Keep a page for everybody from strangers at the address of staff, where phones have one of their own."""

    async def handle(request: web.Request) -> web.StreamResponse:
        server = request.app[SERVER]
        if server.has_public and known(await server.identities.of(request)).session is None:
            raise NotFoundError
        return await handler(request)

    return handle
