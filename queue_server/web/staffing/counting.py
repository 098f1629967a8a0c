"""Centres whose staffing plan leaves out what people come for, remembered for a day of each version of a set-up.

Weeks of days are read for that: a task does it aside, for one centre after the other, and nobody waits for it.
"""

import asyncio
from collections.abc import Mapping
from typing import Final

from queue_server.appointments.engine import days_between, last_day
from queue_server.appointments.staffing import staffed_day
from queue_server.appointments.staffing_gaps import staffing_gaps
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import CentreId, Day, Micros
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server

#: One centre in so many seconds, where any is to be read.
_POLL_S: Final = 1.0


class StaffingGapCounts:
    """Remembers of each centre whether its plan has a gap, by the version of its set-up and the day."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[CentreId, tuple[tuple[int, Day], bool]] = {}
        self.task = Periodic("staffing-gap-counts", _POLL_S, self.follow, at_once=True)

    async def follow(self) -> None:
        """Read the plan of the next centre that has another one, or another day, than when it was read."""
        now = self._server.clock()
        for ident, centre in self._server[Centres].items():
            key = (centre.setup.version, centre.rule.day_at(now))
            known = self._known.get(ident)
            if known is None or known[0] != key:
                self._known[ident] = (key, await asyncio.to_thread(_has_gap, centre, now))
                return

    def remembered(self) -> Mapping[CentreId, AlarmCount]:
        return {ident: AlarmCount(others=1) for ident, (_, has_gap) in self._known.items() if has_gap}


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count one alarm for a centre, as its managers see it; one whose plan is not read yet follows soon."""
    return server[StaffingGapCounts].remembered()


def _has_gap(centre: Centre, now: Micros) -> bool:
    setup, rules = centre.setup.setup, centre.setup.setup.appointments
    if rules is None:
        return False
    days = days_between(centre.rule.day_at(now), last_day(centre, rules, now))
    return bool(staffing_gaps(setup, centre.settings, (staffed_day(setup, rules, day) for day in days)))
