"""The people of a visit: notes, documents, seals."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room
from queue_server.framework.words import Vocabulary
from queue_server.people.conditions import CONDITIONS
from queue_server.people.permissions import PERMISSIONS
from queue_server.people.trust_lists import DocumentRules
from queue_server.vault.errors import (
    NotTheirVisitError,
    ReadingNotAcceptedError,
    ReadingNotCorrectedError,
    SealNotReadError,
)

if TYPE_CHECKING:
    from queue_server.conditions import Watch
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server

PROBLEMS = (
    ProblemMapping(NotTheirVisitError, 403, "The notes of this visit are for another counter"),
    ProblemMapping(ReadingNotCorrectedError, 409, "The number of the document is not put right"),
    ProblemMapping(SealNotReadError, 422, "This is no visible digital seal"),
    ProblemMapping(ReadingNotAcceptedError, 409, "What was read of the document is not taken for this visit"),
)


def _vocabulary() -> Vocabulary:
    from queue_server.people.words import VOCABULARY

    return VOCABULARY


def _routes() -> "Iterable[Route]":
    from queue_server.people.routes import ROUTES

    return ROUTES


def _assemble(server: "Server") -> None:
    from queue_server.people.assembling import assemble

    assemble(server)


def _watches(server: "Server") -> "Iterable[Watch]":
    from queue_server.people.assembling import Trust

    return (server[Trust].condition,)


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.people.assembling import Trust

    return (server[Trust].task,)


ROOM = Room(
    name="people",
    permissions=PERMISSIONS,
    problems=PROBLEMS,
    settings={"documents": DocumentRules},
    tags={"documents": "Finding visits by the number of a document."},
    vocabulary=_vocabulary,
    conditions=CONDITIONS,
    routes=_routes,
    assemble=_assemble,
    watches=_watches,
    tasks=_tasks,
)
