"""Follows the days of all centres, so that figures show them; nobody at a counter waits for it."""

import asyncio
from collections import OrderedDict
from typing import Final

from sqlalchemy import URL

from queue_server.contract.periodic import Periodic
from queue_server.database import open_database
from queue_server.eventlog import positions
from queue_server.framework.own_process import in_own_process
from queue_server.framework.server import Server
from queue_server.reports.day_facts import DayFacts
from queue_server.reports.projection import PROJECTION
from queue_server.reports.showing import behind, show_day

#: So many centres are remembered, each with the day of it that went on last: a day before it goes on no more, or for
#: moments, and takes some MiB.
_MAX_CENTRES: Final = 64
#: More events than these are followed in a process of its own: they take seconds.
_MAX_HERE: Final = 5_000


class ReportFollower:
    """``task`` follows all days of the database again and again."""

    def __init__(self, server: Server, poll_s: float) -> None:
        self._server = server
        self._known: OrderedDict[str, DayFacts] = OrderedDict()
        self.task = Periodic("reports", poll_s, self.follow, at_once=True)

    async def follow(self) -> None:
        """Follow every day that has gone on; each in a transaction of its own."""
        log = self._server.log
        until = await log.run(positions.horizon)
        days = await log.run(behind)
        if sum(days.values()) > _MAX_HERE:
            # As after an update that builds figures anew.
            await in_own_process(catch_up, self._server.place.url)
            days = await log.run(behind)
        for book in days:
            centre = book.rpartition("/")[0]
            self._known[centre] = await show_day(log, book, self._known.get(centre))
            self._known.move_to_end(centre)
            while len(self._known) > _MAX_CENTRES:
                self._known.popitem(last=False)
        await log.write(lambda connection: PROJECTION.advance(connection, until))


def catch_up(url: URL) -> None:
    """Follow every day of a database that has gone on."""

    async def follow() -> None:
        async with open_database(url) as database:
            for book in await database.run(behind):
                await show_day(database, book)

    asyncio.run(follow())
