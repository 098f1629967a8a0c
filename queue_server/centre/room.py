"""The day of each centre: who waits, who is called where, and everything that is asked of it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.centre.conditions import CONDITIONS
from queue_server.centre.errors import RefusedError
from queue_server.centre.permissions import PERMISSIONS
from queue_server.eventlog.snapshots import outlived, stream_snapshots
from queue_server.eventlog.statements import QUEUE_PREFIX
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.refusals import refuses
from queue_server.framework.room import Room, Stream, UnreadyReason
from queue_server.framework.settings import WitnessSettings
from queue_server.framework.words import Vocabulary
from queue_server.queue.events import CODEC
from queue_server.writer.errors import CommandFailedError, WriterError
from queue_server.writer.request import WriterSettings

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric
    from typer import Typer

    from queue_server.conditions import Watch
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server

PROBLEMS = (
    ProblemMapping(RefusedError, 409, "The queue refuses this"),
    ProblemMapping(CommandFailedError, 500, "The server could not decide this"),
    ProblemMapping(WriterError, 503, "The centre cannot answer now; ask again with the same key"),
)

TAGS = {
    "authority": "Whom a device that is about to be enrolled can trust.",
    "codes": "What everybody can see of the number of a ticket.",
    "counters": "Counters, and what staff do at them.",
    "enrol": "How a device gets its token.",
    "events": "The feed of what happens at a centre.",
    "help": "Calls for help from kiosks and counters.",
    "intake": "Whether kiosks issue tickets.",
    "notices": "What staff announce on screens.",
    "queue": "The day as a client may see it.",
    "tickets": "The visit of a ticket that is shown.",
    "visits": "Parties at the centre today, what is known of them, and what is done for them.",
}

PATH_WORDS = {
    "centre": "Short name of the centre.",
    "code": "Ticket code, without its space.",
    "counter": "Short name of the counter.",
    "help": "Id of the help call.",
    "notice": "Id of the notice.",
    "ticket": "Token of the ticket, from its QR code.",
    "visit": "Id of the visit.",
}


def _vocabulary() -> Vocabulary:
    from queue_server.centre.words import VOCABULARY

    return VOCABULARY


def _routes() -> "Iterable[Route]":
    from queue_server.centre.routes import ROUTES

    return ROUTES


def _commands() -> "Mapping[str, Typer]":
    from queue_server.centre import command_line

    return {"day": command_line.app, "database": command_line.database_app}


@refuses(CentreNotSetUpError)
def _check_centre(server: "Server", centre: str) -> None:
    from queue_server.centre.centres import Centres

    server[Centres].find(centre)


def _assemble(server: "Server") -> None:
    from queue_server.centre.assembling import assemble

    assemble(server)


async def _check(server: "Server") -> None:
    from queue_server.centre.witness import WitnessKeeper

    await server[WitnessKeeper].check()


async def _start(server: "Server") -> None:
    from queue_server.centre.centres import Centres
    from queue_server.centre.witness import WitnessKeeper

    await server[Centres].start()
    server[WitnessKeeper].start()


async def _stop(server: "Server") -> None:
    from queue_server.centre.centres import Centres
    from queue_server.centre.witness import WitnessKeeper

    await server[WitnessKeeper].stop()
    await server[Centres].stop()


def _watches(server: "Server") -> "Iterable[Watch]":
    from queue_server.centre.witness import WitnessKeeper
    from queue_server.centre.witness_copy import WitnessCopy

    found: tuple[Watch, ...] = (server[WitnessKeeper].condition,)
    return (*found, server[WitnessCopy].condition) if server.has(WitnessCopy) else found


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.centre.centres import Centres
    from queue_server.centre.witness import WitnessKeeper

    writers = (centre.writer.task for centre in server[Centres].values())
    return (server[Centres].task, server[Centres].snapshot_task, server[WitnessKeeper].task, *writers)


def _unready(server: "Server") -> Iterable[UnreadyReason]:
    from queue_server.centre.figures import unready

    return unready(server)


async def _metrics(server: "Server") -> "Iterable[Metric]":
    from queue_server.centre.figures import metrics

    return tuple(metrics(server))


ROOM = Room(
    name="centre",
    permissions=PERMISSIONS,
    problems=PROBLEMS,
    settings={"writer": WriterSettings, "witness": WitnessSettings},
    streams={QUEUE_PREFIX: Stream((CODEC,))},
    tables={stream_snapshots.name: outlived},
    tags=TAGS,
    path_words=PATH_WORDS,
    path_checks={"centre": _check_centre},
    vocabulary=_vocabulary,
    conditions=CONDITIONS,
    routes=_routes,
    commands=_commands,
    assemble=_assemble,
    check=_check,
    start=_start,
    stop=_stop,
    watches=_watches,
    tasks=_tasks,
    unready=_unready,
    metrics=_metrics,
)
