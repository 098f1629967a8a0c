"""One look at all centres, shared by all who ask: pages, programs and figures of this process."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
import structlog
from sqlalchemy import Connection

from queue_server.accounts import device_states
from queue_server.accounts.model import AccountRules
from queue_server.accounts.presence import Presence, presence_by_centre
from queue_server.centre.centres import Centre, Centres
from queue_server.centre.conditions import CLOCK_BEHIND
from queue_server.clock import MAX_STEP
from queue_server.contract.devices import DeviceStatusView
from queue_server.domain.values import CentreId, ConsularError, Micros
from queue_server.framework.parts import AlarmCount
from queue_server.web.manager.alarms import AlarmLimits
from queue_server.web.manager.rules import ManagerRules
from queue_server.web.organisation.counting import stand
from queue_server.web.organisation.settings import OrganisationSettings
from queue_server.web.organisation.standing import CentreStanding

if TYPE_CHECKING:
    from queue_server.framework.server import Server

_log = structlog.get_logger(__name__)

_NOBODY = Presence()
_NO_ALARM = AlarmCount()


class OrganisationStandings(msgspec.Struct, frozen=True):
    """How all centres stood ``at`` one instant."""

    at: Micros
    centres: dict[CentreId, CentreStanding]


class OrganisationLook:
    """Looks when somebody asks, and not again before ``snapshot_ms`` are over: who asks meanwhile is shown the same.

    The database is read once for all centres. Between two centres everything else of the server has its turn.
    """

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._believed = server.settings[OrganisationSettings].snapshot_ms * 1000
        self._limits = AlarmLimits.of(server.settings[ManagerRules], server.settings[AccountRules].hand_back_after_s)
        self._looking = asyncio.Lock()
        self._last: OrganisationStandings | None = None
        #: How often it has looked.
        self.looks = 0

    async def now(self) -> OrganisationStandings:
        """Show how all centres stand.

        Raises:
            DatabaseUnavailableError: what the database knows of them cannot be read.
        """
        async with self._looking:
            now = self._server.clock()
            # Behind the end, or before the beginning where the clock was set back.
            if self._last is None or not 0 <= now - self._last.at < self._believed:
                self._last = await self._read_all(now)
            return self._last

    async def _read_all(self, now: Micros) -> OrganisationStandings:
        self.looks += 1
        told, there = await self._server.log.run(lambda connection: self._read(connection, now))
        brought = await self._brought()
        found: dict[CentreId, CentreStanding] = {}
        for ident, centre in self._server[Centres].items():
            found[ident] = stand(
                centre.state,
                centre.facts,
                centre.settings,
                devices=told.get(ident, ()),
                presence=there.get(ident, _NOBODY),
                limits=self._limits,
                now=now,
                trouble=_trouble(centre, now),
                brought={kind: counts.get(ident, _NO_ALARM) for kind, counts in brought.items()},
            )
            await asyncio.sleep(0)
        return OrganisationStandings(now, found)

    async def _brought(self) -> dict[str, Mapping[CentreId, AlarmCount]]:
        """Count the alarms of all rooms. Where one cannot say whether there is any, the log does."""
        found: dict[str, Mapping[CentreId, AlarmCount]] = {}
        for kind, count in self._server.rooms.alarm_counts.items():
            try:
                found[kind] = await count(self._server)
            except ConsularError as error:
                _log.warning("alarms-not-known", kind=kind, code=error.code)
                found[kind] = {}
        return found

    def _read(
        self, connection: Connection, now: Micros
    ) -> tuple[dict[CentreId, tuple[DeviceStatusView, ...]], dict[CentreId, Presence]]:
        rules = self._server.settings[AccountRules]
        return device_states.list_by_centre(connection, now, rules), presence_by_centre(connection)


def _trouble(centre: Centre, now: Micros) -> str:
    """Name what keeps a centre from being worked at, as ``/readyz`` does."""
    if centre.writer.trouble is not None:
        return centre.writer.trouble.code
    return CLOCK_BEHIND.code if centre.state.at - now > MAX_STEP else ""
