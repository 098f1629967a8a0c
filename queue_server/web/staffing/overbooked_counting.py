"""A cache of the centres that have overbooked days, for the page of all centres and the metrics.

A background task computes one centre at a time, so no request waits for it.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from queue_server.appointments.store import booked_marks
from queue_server.centre.centres import Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import HOUR, CentreId, Day, Micros
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server
from queue_server.web.staffing.overbooked_alarm import overbooked

#: Seconds between two looks for a centre whose entry is out of date.
_POLL_S: Final = 1.0

#: The version of the set-up, the hour, and a number for the bookings: an entry is valid as long as they are the same.
type _Mark = tuple[int, int, int]


class OverbookedCounts:
    """Remembers whether each centre has overbooked days."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[CentreId, tuple[_Mark, bool]] = {}
        self.task = Periodic("overbooked-counts", _POLL_S, self.follow, at_once=True)

    async def follow(self) -> None:
        """Update the entry of the next centre that is out of date."""
        now = self._server.clock()
        await self._server.log.run(lambda connection: self._next(connection, now))

    def _next(self, connection: Connection, now: Micros) -> None:
        centres = dict(self._server[Centres])
        today = min((centre.rule.day_at(now) for centre in centres.values()), default=Day(""))
        booked = booked_marks(connection, today)
        for ident, centre in centres.items():
            mark = (centre.setup.version, now // HOUR, booked.get(ident, 0))
            known = self._known.get(ident)
            if known is None or known[0] != mark:
                self._known[ident] = (mark, bool(overbooked(self._server, centre, connection, now)))
                return

    def remembered(self) -> Mapping[CentreId, AlarmCount]:
        return {ident: AlarmCount(others=1) for ident, (_, is_overbooked) in self._known.items() if is_overbooked}


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Return one alarm for each centre with overbooked days, as its managers see it. New ones follow within seconds."""
    return server[OverbookedCounts].remembered()
