"""Information: pages for people by topic, written by managers."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room
from queue_server.framework.words import Vocabulary
from queue_server.information import errors
from queue_server.information.permissions import PERMISSIONS
from queue_server.information.settings import InformationRules
from queue_server.information.tables import information_revisions

if TYPE_CHECKING:
    from typer import Typer

    from queue_server.contract.periodic import Periodic
    from queue_server.framework.parts import AlarmCounter, Alarms
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _routes() -> "Iterable[Route]":
    from queue_server.information.routes import ROUTES

    return ROUTES


def _alarms() -> "Iterable[Alarms]":
    from queue_server.information.alarms import alarms

    return (alarms,)


def _alarm_counts() -> "Mapping[str, AlarmCounter]":
    from queue_server.information.alarm_counts import counts

    return {"information": counts}


def _vocabulary() -> Vocabulary:
    from queue_server.information.words import VOCABULARY

    return VOCABULARY


def _commands() -> "Mapping[str, Typer]":
    from queue_server.information import command_line

    return {"information": command_line.app}


def _assemble(server: "Server") -> None:
    from queue_server.catalogue.cache import Catalogues
    from queue_server.framework.words import Languages
    from queue_server.information.alarm_counts import InformationAlarmCounts
    from queue_server.information.library import InformationLibrary

    library = InformationLibrary(server.log, server[Catalogues], lambda: server[Languages], server.clock)
    server.put(InformationLibrary, library)
    server.put(InformationAlarmCounts, InformationAlarmCounts(server))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.information.alarm_counts import InformationAlarmCounts

    return (server[InformationAlarmCounts].task,)


ROOM = Room(
    name="information",
    permissions=PERMISSIONS,
    problems=(
        ProblemMapping(errors.InformationUnknownError, 404, "There is no such page of information"),
        ProblemMapping(errors.InformationConflictError, 409, "Somebody else has stored this page since it was opened"),
        ProblemMapping(errors.InformationError, 422, "This page of information cannot be stored"),
    ),
    settings={"information": InformationRules},
    tables={
        information_revisions.name: "pages for everybody, and which member of staff stored them; no visitor is in them"
    },
    tags={"information": "Pages of information for people."},
    path_words={"topic": "Id of the page of information."},
    vocabulary=_vocabulary,
    routes=_routes,
    alarms=_alarms,
    alarm_counts=_alarm_counts,
    commands=_commands,
    assemble=_assemble,
    tasks=_tasks,
)
