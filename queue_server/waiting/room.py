"""How long people wait: a range, learned each night from a centre's own days."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.waiting.settings import WaitingSettings
from queue_server.waiting.tables import waiting_days

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _assemble(server: "Server") -> None:
    from queue_server.centre.centres import Centres
    from queue_server.centre.issuing import Issuing
    from queue_server.waiting.api import foresee_service, foresee_visit
    from queue_server.waiting.learner import Learner
    from queue_server.waiting.publishing import Publishing
    from queue_server.waiting.waiting_times import WaitingTimes

    settings = server.settings[WaitingSettings]
    times = server.put(WaitingTimes, WaitingTimes(server.log, settings, server.clock))
    issuing = server[Issuing]
    issuing.foresee_visit, issuing.foresee_service = foresee_visit, foresee_service
    server.put(Publishing, Publishing(server[Centres], times, settings.show_s))
    server.put(Learner, Learner(server.log, server.place.url, server[Centres], settings, times.learned))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.waiting.learner import Learner
    from queue_server.waiting.publishing import Publishing

    return server[Learner].task, server[Publishing].task


def _routes() -> "Iterable[Route]":
    from queue_server.waiting.api import ROUTES

    return ROUTES


ROOM = Room(
    name="waiting",
    tags={"waits": "How long people wait, as it looks now."},
    routes=_routes,
    settings={"waiting": WaitingSettings},
    tables={waiting_days.name: "what was forecast at each stop of a day and what came of it; nobody is in it"},
    assemble=_assemble,
    tasks=_tasks,
)
