"""All centres of an organisation beside each other: a page, the same by the API, and figures for monitoring."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.organisation.permissions import PERMISSIONS
from queue_server.web.organisation.settings import OrganisationSettings

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from queue_server.framework.parts import PagePart
    from queue_server.framework.routing import PageRoute, Route
    from queue_server.framework.server import Server


def _assemble(server: "Server") -> None:
    from queue_server.web.organisation.comparing import Comparisons
    from queue_server.web.organisation.look import OrganisationLook

    server.put(OrganisationLook, OrganisationLook(server))
    server.put(Comparisons, Comparisons(server))


def _routes() -> "Iterable[Route]":
    from queue_server.web.organisation.routes import ROUTES

    return ROUTES


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.organisation.pages import PAGES

    return PAGES


def _parts() -> "Iterable[PagePart]":
    from queue_server.web.organisation.manager_part import PARTS

    return PARTS


async def _metrics(server: "Server") -> "Iterable[Metric]":
    from queue_server.web.organisation.metrics import metrics

    return await metrics(server)


ROOM = Room(
    name="organisation-pages",
    permissions=PERMISSIONS,
    settings={"organisation": OrganisationSettings},
    tags={"organisation": "Several centres beside each other."},
    assemble=_assemble,
    routes=_routes,
    pages=_pages,
    parts=_parts,
    metrics=_metrics,
)
