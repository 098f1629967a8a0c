"""Pages that ail, counted for centres in turn: each is read now and then, since pages change seldom."""

from collections.abc import Mapping
from typing import Final

from queue_server.centre.centres import Centres
from queue_server.domain.values import MINUTE, CentreId, Micros
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server
from queue_server.information.alarms import troubles
from queue_server.information.library import InformationLibrary
from queue_server.information.settings import InformationRules

#: How long it is believed what was read of a centre, and how many are read in one look.
_BELIEVED: Final = MINUTE
_MAX_ANEW: Final = 20


class InformationAlarmCounts:
    """Remembers how many alarms each centre has, and when that was read."""

    def __init__(self) -> None:
        self._known: dict[CentreId, tuple[Micros, int]] = {}

    async def count(self, server: Server) -> Mapping[CentreId, AlarmCount]:
        """Count an alarm for each kind of trouble, as managers see it; a centre not read yet follows soon."""
        now, days = server.clock(), server.settings[InformationRules].review_days
        centres = server[Centres]
        old = [one for one in centres if one not in self._known or not 0 <= now - self._known[one][0] < _BELIEVED]
        for ident in sorted(old, key=lambda one: self._known.get(one, (Micros(0), 0))[0])[:_MAX_ANEW]:
            found = await server[InformationLibrary].get(ident)
            self._known[ident] = (now, sum(map(bool, troubles(found, days).values())))
        return {one: AlarmCount(others=count) for one, (_, count) in self._known.items() if count}


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    return await server[InformationAlarmCounts].count(server)
