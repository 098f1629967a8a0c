"""What to bring: for each service a list, for each visit what of it is there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Select, literal, select

from queue_server.domain.values import CentreId, Micros
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Barred, Room, Stream
from queue_server.framework.words import Vocabulary
from queue_server.requirements.errors import ChecklistError, ChecklistIncompleteError
from queue_server.requirements.events import CODEC
from queue_server.requirements.permissions import PERMISSIONS
from queue_server.requirements.settings import RequirementRules
from queue_server.requirements.store import CHECKLISTS
from queue_server.requirements.tables import checklists

if TYPE_CHECKING:
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server

#: Where a visit goes on to a later step.
_GOING_ON = frozenset({"finish", "transfer"})


def _streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = checklists.c
    return select(literal(CHECKLISTS.prefix).concat(known.visit)).where(
        known.centre == centre, known.changed_at >= since
    )


def _vocabulary() -> Vocabulary:
    from queue_server.requirements.words import VOCABULARY

    return VOCABULARY


def _routes() -> "Iterable[Route]":
    from queue_server.requirements.routes import ROUTES

    return ROUTES


def _assemble(server: "Server") -> None:
    from queue_server.centre.advancing import Advancing
    from queue_server.centre.centres import Centres
    from queue_server.centre.issuing import Issuing
    from queue_server.framework.entity_feeds import EntityFeeds
    from queue_server.requirements.api import check_complete, stated_rows
    from queue_server.requirements.watching import MENTION, WATCHED

    def notify_pages(centre: CentreId) -> None:
        if centre in server[Centres]:
            server[Centres][centre].fan_out.notify_counters(MENTION)

    server[Issuing].rows.append(stated_rows)
    server[Advancing].checks.append(check_complete)
    server[EntityFeeds].watch(WATCHED, notify_pages)


ROOM = Room(
    name="requirements",
    permissions=PERMISSIONS,
    problems=(ProblemMapping(ChecklistError, 409, "The checklist does not allow this"),),
    barring=(Barred(ChecklistIncompleteError, lambda route: route.name in _GOING_ON),),
    settings={"requirements": RequirementRules},
    streams={CHECKLISTS.prefix: Stream((CODEC,), (_streams,), CHECKLISTS)},
    tables={checklists.name: "which things a visit has with it; people are named by age band and number alone"},
    vocabulary=_vocabulary,
    routes=_routes,
    assemble=_assemble,
)
