"""``/healthz`` (the process runs), ``/readyz`` (it may be given work, or why not) and ``/metrics``."""

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_address
from typing import Final

import msgspec
from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest

from queue_server.conditions import present
from queue_server.domain.values import ConsularError
from queue_server.eventlog.rebuild import check_versions
from queue_server.framework import figures
from queue_server.framework.permissions import METRICS, PrincipalKind, allowed
from queue_server.framework.problems import NotPermittedError, NotSignedInError
from queue_server.framework.room import UnreadyReason
from queue_server.framework.server import SERVER, Server
from queue_server.readiness import check_ready


class Readiness(msgspec.Struct, frozen=True):
    ready: bool
    reasons: tuple[UnreadyReason, ...]


def add(app: web.Application) -> None:
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)


async def healthz(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})


async def readyz(request: web.Request) -> web.Response:
    """Answer 200 or 503, with every reason that was found."""
    reasons = tuple([reason async for reason in _reasons(request.app[SERVER])])
    body = msgspec.json.encode(Readiness(not reasons, reasons))
    return web.Response(status=503 if reasons else 200, body=body, content_type="application/json")


async def _reasons(server: Server) -> AsyncIterator[UnreadyReason]:
    try:
        await check_ready(server.database, server.rooms.migrations)
        await server.log.run(lambda connection: check_versions(connection, server.rooms.aggregates))
        for room in server.rooms:
            await room.sound(server)
        await server.log.check_writable()
    except ConsularError as error:
        yield UnreadyReason(error.code, error.placeholders)
        return
    if server.trouble is not None:
        yield UnreadyReason(server.trouble.code, server.trouble.placeholders)
    for condition in await present(server.watches, server.rooms.conditions):
        if condition.is_unready:
            yield UnreadyReason(condition.code, {"amount": condition.amount})
    for room in server.rooms:
        for reason in room.unready(server):
            yield reason


async def metrics(request: web.Request) -> web.Response:
    """Show figures of this process to this machine, and to those who may see them. Nothing names a person.

    Managers, and integrations that act as one, see the figures of their own centre and of the process.
    """
    server = request.app[SERVER]
    only = None
    # What comes from a proxy comes from loopback too, whoever asked it.
    if server.behind_proxy or not _is_loopback(request.remote):
        principal = (await server.identities.of(request)).principal
        if not allowed(principal, METRICS):
            raise NotSignedInError if principal.actor is None else NotPermittedError
        if PrincipalKind.INTEGRATION_METRICS not in principal.kinds:
            only = principal.centre
    registry = CollectorRegistry()
    process = await asyncio.to_thread(figures.of_process)
    rooms = [metric for room in server.rooms for metric in await room.metrics(server)]
    if only is not None:
        rooms = list(figures.of_centre(rooms, only))
    conditions = await present(server.watches, server.rooms.conditions)
    reasons = tuple([reason async for reason in _reasons(server)])
    registry.register(figures.ServerFigures(server, [*process, *rooms], conditions, reasons))
    return web.Response(body=generate_latest(registry), headers={"Content-Type": _MEDIA_TYPE})


_MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


def _is_loopback(remote: str | None) -> bool:
    try:
        return ip_address(remote or "").is_loopback
    except ValueError:
        return False
