"""A kiosk: it is put together for what it is, and anew when it is enrolled or gets other settings from its server.

Everything is in one asyncio thread: what is shown leaves by ``ScreenPort``, what is touched comes in by ``act``.
"""

import asyncio

from kiosk import base, enrolled, unenrolled
from kiosk.base import Ground
from kiosk.dependencies import KioskDependencies
from kiosk.journey.events import Action
from kiosk.kit import private_file
from kiosk.link.connect import ServerAddress
from kiosk.settings import KioskSettings
from kiosk.store.data import DataFolder
from kiosk.store.identity import KioskIdentity
from kiosk.tasks import Tasks
from kiosk.technician import pin
from kiosk.tickets.outbox import OutboxWorker
from queue_server.contract.remote_commands import RemoteCommands
from queue_server.contract.remote_settings import RemoteSettings


class Kiosk:
    """Runs until cancelled, or until a technician or a manager restarts it. ``act`` is for its loop's thread.

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
            identity = await unenrolled.run(self.ground)
        self._store_devices(self.ground)
        if identity is not None:
            # A text has said where the server is, and whom to trust.
            tls = await asyncio.to_thread(self._parts.data.tls)
            server = ServerAddress(identity.server, self._parts.settings.link.request_s, tls)
            self._parts = self._parts._replace(server=server)
        return identity

    async def _serve(self, box: OutboxWorker, identity: KioskIdentity) -> None:
        data = self._parts.data
        settings = await asyncio.to_thread(_remote_settings, data, identity, self._parts.settings)
        commands = await asyncio.to_thread(RemoteCommands, data.path, self._parts.log, write=private_file.write)
        while True:
            server = self._parts.server.within(settings.force.link.request_s)
            parts = self._parts._replace(settings=settings.force, server=server)
            async with Tasks() as tasks:
                self.ground = await base.ground(parts, box, tasks)
                is_to_renew = await enrolled.run(self.ground, identity, settings, commands)
            self._store_devices(self.ground)
            if not is_to_renew or (commands.is_waiting and await commands.begin_restart()):
                return
            settings = await asyncio.to_thread(settings.renewed)

    def _store_devices(self, on: Ground) -> None:
        """Go on with what a technician has exchanged."""
        self._parts = self._parts._replace(devices=on.equipment.devices())


def _remote_settings(data: DataFolder, identity: KioskIdentity, own: KioskSettings) -> RemoteSettings[KioskSettings]:
    """Read what the server gave this kiosk last, over the settings of the machine."""
    return RemoteSettings(
        data.path,
        identity.device,
        own,
        "kiosk",
        write=private_file.write,
        store_pin=lambda hashed: pin.store_hash(data, hashed),
    )
