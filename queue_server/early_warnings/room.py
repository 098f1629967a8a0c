"""Alarms that look ahead: what will go wrong soon, or goes wrong unseen."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Delete, Select, delete, select

from queue_server.domain.values import CentreId, Micros
from queue_server.early_warnings.assignment_events import ALARMS, CODEC
from queue_server.early_warnings.errors import WarningOverError
from queue_server.early_warnings.permissions import PERMISSIONS
from queue_server.early_warnings.settings import EarlyWarningRules
from queue_server.early_warnings.tables import alarm_assignments, early_warnings
from queue_server.eventlog.tables import heads
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room, Stream
from queue_server.framework.settings import ServerSettings
from queue_server.framework.words import Vocabulary

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _routes() -> "Iterable[Route]":
    from queue_server.early_warnings.routes import ROUTES

    return ROUTES


def _streams(centre: CentreId, since: Micros) -> "Select[str]":
    begin = ALARMS.stream(f"{centre}/")
    return select(heads.c.stream).where(heads.c.stream.startswith(begin, autoescape=True), heads.c.at >= since)


def _with_the_day(now: Micros, _: ServerSettings) -> Delete:
    return delete(alarm_assignments).where(alarm_assignments.c.ends_at <= now)


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
    streams={ALARMS.prefix: Stream((CODEC,), (_streams,), ALARMS)},
    tables={
        early_warnings.name: "which alarms last, and who of the staff sees to one; gone with the alarm",
        alarm_assignments.name: _with_the_day,
    },
    tags={
        "warnings": "What will go wrong soon at a centre, and who sees to it.",
        "alarms": "Who sees to what managers are told of.",
    },
    path_words={
        "warning": "What the warning is named by.",
        "alarm": "What the alarm is named by on the page of managers.",
    },
    vocabulary=_vocabulary,
    routes=_routes,
    assemble=_assemble,
    tasks=_tasks,
)
