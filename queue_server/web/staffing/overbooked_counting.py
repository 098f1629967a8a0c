"""Centres with days for which more is booked than staff are planned for, remembered until anything of that changes.

A task looks at one centre after the other, and nobody waits for it.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from queue_server.appointments.store import booked_marks
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import CentreId, Day, Micros
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server
from queue_server.web.staffing.overbooked_alarm import overbooked

#: One centre in so many seconds, where any is to be counted anew.
_POLL_S: Final = 1.0

#: The version of the set-up, the day, and what was booked: as long as they are the same, so is what they come to.
type _Mark = tuple[int, Day, int]


class OverbookedCounts:
    """Remembers of each centre whether it has such a day."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[CentreId, tuple[_Mark, bool]] = {}
        self.task = Periodic("overbooked-counts", _POLL_S, self.follow, at_once=True)

    async def follow(self) -> None:
        """Count the next centre of which something has changed."""
        now = self._server.clock()
        await self._server.log.run(lambda connection: self._next(connection, now))

    def _next(self, connection: Connection, now: Micros) -> None:
        days = {ident: centre.rule.day_at(now) for ident, centre in list(self._server[Centres].items())}
        booked = booked_marks(connection, min(days.values(), default=Day("")))
        for ident, day in days.items():
            centre = self._server[Centres][ident]
            mark = (centre.setup.version, day, booked.get(ident, 0))
            known = self._known.get(ident)
            if known is None or known[0] != mark:
                self._known[ident] = (mark, self._is_overbooked(centre, connection, now))
                return

    def _is_overbooked(self, centre: Centre, connection: Connection, now: Micros) -> bool:
        return bool(overbooked(self._server, centre, connection, now))

    def remembered(self) -> Mapping[CentreId, AlarmCount]:
        return {ident: AlarmCount(others=1) for ident, (_, is_overbooked) in self._known.items() if is_overbooked}


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count one alarm for a centre, as its managers see it; one that is not counted yet follows soon."""
    return server[OverbookedCounts].remembered()
