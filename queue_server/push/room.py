"""Web push: a phone is told that its visit is called, though its page is closed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Delete, delete, select

from queue_server.domain.values import Micros
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room
from queue_server.framework.settings import ServerSettings
from queue_server.push import errors
from queue_server.push.settings import PushSettings
from queue_server.push.tables import push_subscriptions
from queue_server.vault.model import RowKind
from queue_server.vault.tables import people_rows

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.server import Server


def _subscriptions(now: Micros, _: ServerSettings) -> Delete:
    # Whoever's visit has ended, or who was shredded, has left the vault already.
    gone = push_subscriptions.c.id.not_in(
        select(people_rows.c.id).where(people_rows.c.kind == RowKind.PUSH_SUBSCRIPTION)
    )
    return delete(push_subscriptions).where((push_subscriptions.c.ends_at <= now) | gone)


def _assemble(server: "Server") -> None:
    from queue_server.push.assembling import assemble

    assemble(server)


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.push.relay import PushRelay

    return (server[PushRelay].task,) if server.has(PushRelay) else ()


async def _start(server: "Server") -> None:
    for task in _tasks(server):
        task.start()


async def _stop(server: "Server") -> None:
    for task in _tasks(server):
        await task.stop()


ROOM = Room(
    name="push",
    problems=(
        ProblemMapping(errors.PushEndpointRefusedError, 422, "This is no address of a push service that is spoken to"),
        ProblemMapping(errors.PushOffError, 409, "Phones are not told of this visit"),
    ),
    settings={"push": PushSettings},
    tables={push_subscriptions.name: _subscriptions},
    assemble=_assemble,
    start=_start,
    stop=_stop,
    tasks=_tasks,
)
