"""The record: whether it is as it was written, and what was done."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.audit.permissions import PERMISSIONS
from queue_server.framework.room import Room

if TYPE_CHECKING:
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _routes() -> "Iterable[Route]":
    from queue_server.audit.routes import ROUTES

    return ROUTES


def _assemble(server: "Server") -> None:
    from queue_server.audit.assembling import assemble

    assemble(server)


async def _stop(server: "Server") -> None:
    from queue_server.audit.verification import Verification

    await server[Verification].stop()


ROOM = Room(
    name="audit",
    permissions=PERMISSIONS,
    tags={"verification": "Whether the record is as it was written."},
    routes=_routes,
    assemble=_assemble,
    stop=_stop,
)
