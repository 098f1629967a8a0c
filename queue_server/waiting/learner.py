"""Learns from each day of a centre once it is over, in a process of its own, so that nobody waits for it.

What was learned is kept, so that a server that begins anew has it. Two servers that learn the same come to the same.
"""

import asyncio
from collections.abc import Callable

from sqlalchemy import URL

from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import CentreId, Day
from queue_server.eventlog.port import EventLog
from queue_server.framework.own_process import in_own_process
from queue_server.waiting import store
from queue_server.waiting.evenings import learn_days
from queue_server.waiting.settings import WaitingSettings
from queue_server.writer.days import stream_name


class Learner:
    """``task`` looks again and again whether days have ended.

    Args:
        learned: is told of a centre of which more is known now.
    """

    def __init__(
        self,
        log: EventLog,
        url: URL,
        centres: Centres,
        settings: WaitingSettings,
        learned: Callable[[CentreId], None],
    ) -> None:
        self._log = log
        self._url = url
        self._centres = centres
        self._settings = settings
        self._learned = learned
        self._newest: dict[CentreId, Day] = {}
        self._turn = asyncio.Lock()
        self.task = Periodic("waiting", settings.learn_s, self.learn, at_once=True)

    async def learn(self) -> None:
        """Learn what has not been learned of each centre."""
        async with self._turn:
            for centre in tuple(self._centres.values()):
                await self._learn(centre)

    async def _learn(self, centre: Centre) -> None:
        prefix = stream_name(centre.id, Day(""))
        over = sorted(
            day
            for head in await self._log.streams(prefix)
            if (day := Day(head.stream.removeprefix(prefix))) < centre.state.day
        )
        window = over[-self._settings.days :]
        known = await self._log.run(lambda connection: store.known_days(connection, centre.id))
        if window and window[-1] not in known:
            await in_own_process(learn_days, self._url, centre.setup, self._settings, window, frozenset(known))
            known = await self._log.run(lambda connection: store.known_days(connection, centre.id))
        if known and self._newest.get(centre.id) != known[-1]:
            # Here, or on another server.
            self._newest[centre.id] = known[-1]
            self._learned(centre.id)
