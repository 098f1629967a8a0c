"""Applications: what one person asks of one government, from intake to hand-over."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Select, literal, select

from queue_server.applications.model import CODEC, ApplicationError, ApplicationUnknownError
from queue_server.applications.permissions import PERMISSIONS
from queue_server.applications.store import APPLICATIONS
from queue_server.applications.tables import applications
from queue_server.domain.values import CentreId, Micros
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room, Stream
from queue_server.framework.words import Vocabulary

if TYPE_CHECKING:
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = applications.c
    return select(literal(APPLICATIONS.prefix).concat(known.id)).where(
        known.centre == centre, known.changed_at >= since
    )


def _vocabulary() -> Vocabulary:
    from queue_server.applications.words import VOCABULARY

    return VOCABULARY


def _routes() -> "Iterable[Route]":
    from queue_server.applications.routes import ROUTES

    return ROUTES


def _assemble(server: "Server") -> None:
    from queue_server.applications.visit_links import VisitLinks

    server.put(VisitLinks, VisitLinks())


ROOM = Room(
    name="applications",
    permissions=PERMISSIONS,
    problems=(
        ProblemMapping(ApplicationUnknownError, 404, "There is no such application"),
        ProblemMapping(ApplicationError, 409, "The application cannot do this"),
    ),
    streams={APPLICATIONS.prefix: Stream((CODEC,), (_streams,), APPLICATIONS)},
    tables={
        applications.name: "what is asked of which government, under a random reference; no person is named",
    },
    tags={"applications": "What one person asks of one government, from intake to hand-over."},
    path_words={"application": "Id of the application, or its public reference."},
    vocabulary=_vocabulary,
    routes=_routes,
    assemble=_assemble,
)
