"""How long people wait: a range, learned each night from a centre's own days."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.waiting.settings import WaitingSettings
from queue_server.waiting.tables import waiting_days

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.server import Server


def _assemble(server: "Server") -> None:
    from queue_server.centre.centres import Centres
    from queue_server.waiting.learner import Learner
    from queue_server.waiting.waiting_times import WaitingTimes

    settings = server.settings[WaitingSettings]
    times = server.put(WaitingTimes, WaitingTimes(server.log, settings, server.clock))
    server.put(Learner, Learner(server.log, server[Centres], settings, times.learned))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.waiting.learner import Learner

    return (server[Learner].task,)


ROOM = Room(
    name="waiting",
    settings={"waiting": WaitingSettings},
    tables={waiting_days.name: "what was forecast at each stop of a day and what came of it; nobody is in it"},
    assemble=_assemble,
    tasks=_tasks,
)
