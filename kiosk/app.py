"""A kiosk: it is put together for what it is, and anew when it is enrolled.

Everything is in one asyncio thread: what is shown leaves by ``ScreenPort``, what is touched comes in by ``act``.
"""

import asyncio

from kiosk import base, enrolled, unenrolled
from kiosk.base import Ground
from kiosk.dependencies import KioskDependencies
from kiosk.journey.events import Action
from kiosk.store.identity import KioskIdentity
from kiosk.tasks import Tasks
from kiosk.tickets.outbox import OutboxWorker


class Kiosk:
    """Runs until cancelled, or until a technician restarts it. ``act`` is for its loop's thread.

    ``ground`` is what it stands on now; None before it runs.
    """

    def __init__(self, parts: KioskDependencies) -> None:
        self._parts = parts
        self.ground: Ground | None = None

    def act(self, name: str, argument: str) -> None:
        if self.ground is not None:
            self.ground.inbox.post(Action(name, argument))

    async def run(self) -> None:
        data = self._parts.data
        identity = await asyncio.to_thread(data.identity)
        async with OutboxWorker(data.outbox) as box:
            if identity is None:
                identity = await self._until_enrolled(box)
            if identity is not None:
                await self._serve(box, identity)

    async def _until_enrolled(self, box: OutboxWorker) -> KioskIdentity | None:
        async with Tasks() as tasks:
            self.ground = await base.ground(self._parts, box, tasks)
            return await unenrolled.run(self.ground)

    async def _serve(self, box: OutboxWorker, identity: KioskIdentity) -> None:
        async with Tasks() as tasks:
            self.ground = await base.ground(self._parts, box, tasks)
            await enrolled.run(self.ground, identity)
