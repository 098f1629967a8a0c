"""Pages that ail, counted for centres in turn: a task reads one after the other aside, and nobody waits for it."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from queue_server.centre.centres import Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import MINUTE, CentreId, Micros
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server
from queue_server.information.alarms import troubles
from queue_server.information.library import CentreInformation, InformationLibrary
from queue_server.information.settings import InformationRules

#: One centre in so many seconds; none that was read within ``_BELIEVED``.
_POLL_S: Final = 1.0
_BELIEVED: Final = MINUTE


class _CountedPages(NamedTuple):
    at: Micros
    found: CentreInformation
    alarms: int

    def fits(self, found: CentreInformation) -> bool:
        """Tell whether the same pages were looked through on the same day: they are held until they change."""
        before = self.found
        return before.pages is found.pages and before.setup is found.setup and before.day == found.day


class InformationAlarmCounts:
    """Remembers how many alarms each centre has, and when that was read."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[CentreId, _CountedPages] = {}
        self.task = Periodic("information-alarm-counts", _POLL_S, self.follow, at_once=True)

    async def follow(self) -> None:
        """Count an alarm for each kind of trouble, at the centre that was read longest ago."""
        now, days = self._server.clock(), self._server.settings[InformationRules].review_days
        ident = min(self._server[Centres], key=self._read_at, default=None)
        # Behind the end, or before the beginning where the clock was set back.
        if ident is None or (ident in self._known and 0 <= now - self._read_at(ident) < _BELIEVED):
            return
        found, known = await self._server[InformationLibrary].get(ident), self._known.get(ident)
        if known is not None and known.fits(found):
            alarms = known.alarms
        else:
            alarms = sum(map(bool, troubles(found, days).values()))
        self._known[ident] = _CountedPages(now, found, alarms)

    def remembered(self) -> Mapping[CentreId, AlarmCount]:
        return {ident: AlarmCount(others=one.alarms) for ident, one in self._known.items() if one.alarms}

    def _read_at(self, ident: CentreId) -> Micros:
        known = self._known.get(ident)
        return Micros(0) if known is None else known.at


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count as managers see it; a centre not read yet follows soon."""
    return server[InformationAlarmCounts].remembered()
