"""Centres whose staffing plan leaves out what people come for, remembered for a day of each version of a set-up."""

from collections.abc import Mapping
from typing import Final

from queue_server.appointments.engine import days_between, last_day
from queue_server.appointments.staffing import staffed_day
from queue_server.appointments.staffing_gaps import staffing_gaps
from queue_server.centre.centres import Centre, Centres
from queue_server.domain.values import CentreId, Day, Micros
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server

#: Centres whose plan is read anew in one look: weeks of days each, and whoever waits for the look waits for that.
_MAX_ANEW: Final = 20


class StaffingGapCounts:
    """Remembers of each centre whether its plan has a gap, by the version of its set-up and the day."""

    def __init__(self) -> None:
        self._known: dict[CentreId, tuple[tuple[int, Day], bool]] = {}

    async def count(self, server: Server) -> Mapping[CentreId, AlarmCount]:
        """Count one alarm for a centre, as its managers see it; one whose plan is not read yet follows soon."""
        now, anew = server.clock(), 0
        for ident, centre in server[Centres].items():
            key = (centre.setup.version, centre.rule.day_at(now))
            known = self._known.get(ident)
            if (known is None or known[0] != key) and anew < _MAX_ANEW:
                anew += 1
                # Aside from whoever waits for an answer.
                has_gap = await server.log.run(lambda _, centre=centre: _has_gap(centre, now))  # type: ignore[misc]
                self._known[ident] = (key, has_gap)
        return {ident: AlarmCount(others=1) for ident, (_, has_gap) in self._known.items() if has_gap}


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    return await server[StaffingGapCounts].count(server)


def _has_gap(centre: Centre, now: Micros) -> bool:
    setup, rules = centre.setup.setup, centre.setup.setup.appointments
    if rules is None:
        return False
    days = days_between(centre.rule.day_at(now), last_day(centre, rules, now))
    return bool(staffing_gaps(setup, centre.settings, (staffed_day(setup, rules, day) for day in days)))
