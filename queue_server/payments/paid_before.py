"""Finds out whether something was paid for a visit before its ticket came, for many tickets by one look.

Nearly all tickets of a kiosk have no payment, and a look of its own cost each of them a third of what issuing costs.
"""

import asyncio
from functools import partial

from queue_server.domain.values import VisitId
from queue_server.eventlog.port import EventLog
from queue_server.payments import store


class PaidBefore:
    """Who asks while a look is on its way waits for the next: each is answered by what stands there after it asked."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._asked: list[tuple[VisitId, asyncio.Future[bool]]] = []
        self._reading: asyncio.Task[None] | None = None

    async def find(self, visit: VisitId) -> bool:
        """Tell whether there is a payment for a visit, at whichever centre.

        Raises:
            DatabaseUnavailableError: it could not be found out.
        """
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._asked.append((visit, answer))
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
        return await answer

    async def _read(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            visits = [visit for visit, _ in asked]
            try:
                paid = await self._log.run(partial(store.paid_visits, visits=visits))
            except Exception as error:  # noqa: BLE001 - whoever asked is told
                for _, answer in asked:
                    if not answer.done():
                        answer.set_exception(error)
            else:
                for visit, answer in asked:
                    if not answer.done():
                        answer.set_result(visit in paid)
        self._reading = None
