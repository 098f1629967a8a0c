"""Centre: what a kiosk knows of its centre, from the last catalogue that the server sent, and what time it is there."""

import asyncio
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from kiosk.journey.offer import text
from kiosk.kit.papers import NO_FOOT, PaperFoot
from kiosk.link.availability import AvailabilityStore
from kiosk.link.wakeup import WakeupGroup
from queue_server.contract.catalogue import ServicesAnswer


class CentreState:
    """``catalogue`` is None until the server has sent one; ``known`` is woken with each.

    Before the first one nobody knows in which zone the centre is, and so not what its clock shows.
    """

    def __init__(self, hall: AvailabilityStore) -> None:
        self._hall = hall
        self._zone: tzinfo = UTC
        self.catalogue: ServicesAnswer | None = None
        self.known = WakeupGroup()

    async def know(self, catalogue: ServicesAnswer) -> None:
        self.catalogue = catalogue
        self._zone = await asyncio.to_thread(ZoneInfo, catalogue.centre.zone)
        await self._hall.accept(catalogue.centre)
        self.known.wake()

    def now(self) -> datetime:
        """Say what time it is at the centre; this machine's own clock may be years wrong."""
        return self._hall.now().astimezone(self._zone)

    def clock(self, at: datetime) -> str:
        """Write what the centre's clock shows at an instant."""
        return f"{at.astimezone(self._zone):%H:%M}"

    def name(self, language: str) -> str:
        return text(self.catalogue.centre.name, language) if self.catalogue is not None else ""

    def foot(self, language: str) -> PaperFoot:
        if self.catalogue is None:
            return NO_FOOT
        centre = self.catalogue.centre
        return PaperFoot(text(centre.address, language), centre.week)

    @property
    def pays_offline(self) -> bool:
        """Whether fees are taken without the server, too."""
        return self.catalogue is not None and self.catalogue.pay_offline
