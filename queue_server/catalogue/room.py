"""Catalogues: the set-up of each centre."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.catalogue.set_up_events import CODEC, SET_UPS
from queue_server.domain.values import CentreId, Micros
from queue_server.eventlog.tables import heads
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Leaving, Room, Stream

if TYPE_CHECKING:
    from typer import Typer

    from queue_server.contract.periodic import Periodic
    from queue_server.framework.server import Server
    from queue_server.framework.words import Vocabulary

_TABLES = (
    *("centres", "governments", "kinds", "kind_groups", "steps", "services", "service_steps", "counters"),
    *("opening_hours", "closed_days", "fees", "bands", "shelves"),
    *("appointment_rules", "staffing", "service_checklists", "service_forms"),
)
_VERSIONS = ("catalogue_versions", "catalogue_plans", "catalogue_drafts")
TABLES: Mapping[str, Leaving] = {
    **dict.fromkeys(_TABLES, "the set-up of a centre; a counter has a plate, not a name"),
    **dict.fromkeys(_VERSIONS, "the set-up of a centre, and which member of staff stored it; no visitor is in it"),
}


def _commands() -> "Mapping[str, Typer]":
    from queue_server.catalogue import command_line, versions_command_line

    return {"": command_line.app, "catalogue": versions_command_line.app}


def _streams(centre: CentreId, since: Micros) -> "Select[str]":
    here = heads.c.stream == SET_UPS.stream(centre)
    return select(heads.c.stream).where(here, heads.c.at >= since)


def _vocabulary() -> "Vocabulary":
    from queue_server.catalogue.words import VOCABULARY

    return VOCABULARY


def _assemble(server: "Server") -> None:
    from queue_server.catalogue.cache import Catalogues
    from queue_server.catalogue.planning import DuePlans
    from queue_server.contract.documents import to_text
    from queue_server.framework.settings import HttpSettings
    from queue_server.vault.keys import Keys

    server.put(Catalogues, Catalogues(server.log, server.clock, lambda: to_text(server[Keys].documents_public())))
    server.put(DuePlans, DuePlans(server, server.settings[HttpSettings].catalogue_poll_ms / 1000))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.catalogue.planning import DuePlans

    return (server[DuePlans].task,)


ROOM = Room(
    name="catalogue",
    problems=(ProblemMapping(CentreNotSetUpError, 404, "There is no such centre"),),
    tables=TABLES,
    streams={SET_UPS.prefix: Stream((CODEC,), (_streams,), SET_UPS)},
    vocabulary=_vocabulary,
    tags={"services": "What a centre offers."},
    path_words={"service": "Short name of the service."},
    commands=_commands,
    assemble=_assemble,
    tasks=_tasks,
)
