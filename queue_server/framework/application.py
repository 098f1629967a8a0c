"""The web application: the table of routes turned into handlers, with what is checked before each."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Final

import msgspec
from aiohttp import web

from queue_server.contract.base import Message
from queue_server.domain.values import CentreId, CounterId
from queue_server.eventlog.port import IdempotencyMismatchError
from queue_server.framework import health
from queue_server.framework.access import RequestIdentity, check_csrf, check_origin
from queue_server.framework.middleware import add_headers, answer_problems, forwarded, log_requests
from queue_server.framework.permissions import Permission, Principal, allowed
from queue_server.framework.problems import (
    NotFoundError,
    NotPermittedError,
    NotReadyError,
)
from queue_server.framework.proxies import networks
from queue_server.framework.request_context import RequestContext, idempotency_key, read_body, receive
from queue_server.framework.routing import CENTRE, PREFIX, Handler, Route
from queue_server.framework.server import SERVER, Server
from queue_server.framework.settings import HttpSettings

_encoder = msgspec.json.Encoder()

_AT_COUNTER: Final = f"{CENTRE}/counters/{{counter}}/"

Endpoint = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_application(server: Server) -> web.Application:
    """Make the application without its pages, which ``web.routes.add`` mounts."""
    http = server.settings[HttpSettings]
    proxy = (forwarded(networks(http.proxies)),) if server.behind_proxy else ()
    app = web.Application(client_max_size=http.body_bytes, middlewares=(*proxy, log_requests, answer_problems))
    app[SERVER] = server
    app.on_response_prepare.append(add_headers)
    # The router tries the routes of a centre in turn: what is asked most often, the work of counters, stands first.
    for route in sorted(server.rooms.routes, key=lambda one: not one.path.startswith(_AT_COUNTER)):
        app.router.add_route(route.method, PREFIX + route.path, endpoint(route), name=route.name)
    app.router.add_get(PREFIX + "/openapi.json", _describe)
    health.add(app)
    return app


async def _describe(request: web.Request) -> web.Response:
    rooms = request.app[SERVER].rooms
    # It takes a sixth of a second to make, once, and few servers are ever asked for it.
    body = await asyncio.to_thread(lambda: rooms.openapi)
    return web.Response(body=body, content_type="application/json")


def endpoint(route: Route) -> Endpoint:
    """Make the handler of a route: who, from where, whether they may, then the key and the body, then the work."""

    async def handle(request: web.Request) -> web.StreamResponse:
        server = request.app[SERVER]
        if server.trouble is not None:
            raise NotReadyError(reason=server.trouble.code)
        if not all(part.isprintable() for part in request.match_info.values()):
            # No id has such a character, and not every database takes it for text.
            raise NotFoundError
        check_origin(request, server.staff_url)
        identity = await server.identities.of(request)
        _check_permission(request, route.permission, identity)
        check_csrf(request, identity)
        if route.started:
            await server.identities.check_start(request, identity)
        key, raw = "", b""
        if request.method == "POST":
            if route.keyed:
                key = idempotency_key(request)
            raw = await receive(request)
        if route.request is not None:
            # A wrong body is refused before anything else is found out, whatever the handler reads of it.
            read_body(raw, route.request)
        first, *before = server.request_keys()
        ask = RequestContext(request, server, identity, first, raw, key)
        try:
            answer = await route.handler(ask)
        except IdempotencyMismatchError:
            # It may have been taken under a key that was changed since; under none of them is it another request.
            answer = await _again(route.handler, ask, before)
        if isinstance(answer, Message):
            return web.Response(status=route.status, body=_encoder.encode(answer), content_type="application/json")
        return answer

    return handle


async def _again(handler: Handler, ask: RequestContext, keys: Iterable[bytes]) -> web.StreamResponse | Message:
    """Handle a request once more as it was named under each of these keys.

    Raises:
        IdempotencyMismatchError: its idempotency key was used for something else.
    """
    for key in keys:
        with suppress(IdempotencyMismatchError):
            return await handler(replace(ask, request_key=key))
    raise IdempotencyMismatchError


def _check_permission(request: web.Request, permission: Permission, identity: RequestIdentity) -> None:
    """Deny what the matrix does not allow; a centre that is not there is told only to those who may ask at all."""
    principal: Principal = identity.principal
    counter = request.match_info.get("counter")
    centre = request.match_info.get("centre")
    if not allowed(principal, permission):
        raise identity.barred if principal.actor is None else NotPermittedError
    for name, check in request.app[SERVER].rooms.path_checks.items():
        if (named := request.match_info.get(name)) is not None:
            check(request.app[SERVER], named)
    if not allowed(
        principal,
        permission,
        centre=None if centre is None else CentreId(centre),
        counter=None if counter is None else CounterId(counter),
    ):
        raise NotPermittedError
