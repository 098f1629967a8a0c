"""Alarms that look ahead: what will go wrong soon, or goes wrong unseen."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.early_warnings.errors import WarningOverError
from queue_server.early_warnings.permissions import PERMISSIONS
from queue_server.early_warnings.settings import EarlyWarningRules
from queue_server.early_warnings.tables import early_warnings
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room
from queue_server.framework.words import Vocabulary

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _routes() -> "Iterable[Route]":
    from queue_server.early_warnings.routes import ROUTES

    return ROUTES


def _vocabulary() -> Vocabulary:
    from queue_server.early_warnings.words import VOCABULARY

    return VOCABULARY


def _assemble(server: "Server") -> None:
    from queue_server.early_warnings.watching import EarlyWarnings

    server.put(EarlyWarnings, EarlyWarnings(server))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.early_warnings.watching import EarlyWarnings

    return (server[EarlyWarnings].task,)


ROOM = Room(
    name="early-warnings",
    permissions=PERMISSIONS,
    problems=(ProblemMapping(WarningOverError, 409, "This alarm is over"),),
    settings={"early_warnings": EarlyWarningRules},
    tables={early_warnings.name: "which alarms last, and who of the staff sees to one; gone with the alarm"},
    tags={"warnings": "What will go wrong soon at a centre, and who sees to it."},
    path_words={"warning": "What the warning is named by."},
    vocabulary=_vocabulary,
    routes=_routes,
    assemble=_assemble,
    tasks=_tasks,
)
