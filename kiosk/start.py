"""What the commands of a kiosk do: put its parts together, and run it, enrol it, or set its PIN."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import structlog
from msgspec.structs import replace

from kiosk.devices.opening import Devices
from kiosk.errors import KioskError
from kiosk.link.connect import ServerAddress
from kiosk.link.enrolment import enrol
from kiosk.link.refresh import refresh
from kiosk.settings import KioskSettings, load
from kiosk.store.data import DataFolder
from kiosk.store.identity import KioskIdentity
from kiosk.technician import pin
from kiosk.tickets.outbox import OutboxWorker
from peripherals.errors import PeripheralError
from queue_server.contract import process_memory, program_log
from queue_server.contract.authority_fetch import EnrolmentMeans
from queue_server.contract.client import ClientError

_log = structlog.get_logger(__name__)


def enrol_machine(data: Path, settings: Path | None, server: str, code: str, authority: Path | None) -> KioskIdentity:
    """Make this machine a kiosk of a centre; ends the command where that cannot be."""
    program_log.configure()
    try:
        return _become(DataFolder(data), load(settings), EnrolmentMeans(server, code, authority))
    except (KioskError, ClientError, OSError) as error:
        _fail(error)


def set_pin(data: Path, chosen: str) -> None:
    """Set the PIN of the technician's page; ends the command where that cannot be."""
    program_log.configure()
    try:
        pin.set_pin(DataFolder(data), chosen)
    except KioskError as error:
        _fail(error)


def run(
    data: Path,
    settings: Path | None,
    given: Mapping[str, str],
    *,
    means: EnrolmentMeans,
    remote: Path | None,
    fullscreen: bool,
) -> int:
    """Run the kiosk until it is told to end, and give the exit status; ``given``: addresses of devices by their part.

    An address that a technician set at the kiosk goes before one that is given, and that before the settings. With
    ``means`` a machine that is no kiosk yet becomes one first; one that is a kiosk needs none, and uses none up.
    """
    recent = program_log.configure()
    process_memory.close_memory()
    try:
        folder = DataFolder(data)
        folder.lock()
        recent.folder = data
        chosen = load(settings)
        said = {part: address for part, address in given.items() if address}
        devices = Devices.open(folder.addresses().over(replace(chosen.devices, **said)))
        identity = folder.identity()
        if identity is None and means:
            identity = _become(folder, chosen, means)
        address = _address(folder, chosen, identity.server if identity is not None else means.server)
        from kiosk import qt_host  # noqa: PLC0415 - Qt is loaded by a kiosk that runs, and by no other command

        return qt_host.run(folder, chosen, address, devices, recent, remote=remote, fullscreen=fullscreen)
    except (KioskError, ClientError, PeripheralError, OSError) as error:
        _fail(error)
    finally:
        recent.store()


def _become(folder: DataFolder, settings: KioskSettings, means: EnrolmentMeans) -> KioskIdentity:
    found = means.find()
    if found.authority is not None:
        folder.store_authority(found.authority)
    return asyncio.run(_enrol(folder, _address(folder, settings, found.server), found.code))


def _fail(error: Exception) -> NoReturn:
    _log.error("ended", code=getattr(error, "code", type(error).__name__), detail=str(error))
    raise SystemExit(1) from error


def _address(folder: DataFolder, settings: KioskSettings, server: str) -> ServerAddress:
    return ServerAddress(server, settings.link.request_s, folder.tls())


async def _enrol(folder: DataFolder, server: ServerAddress, code: str) -> KioskIdentity:
    """Enrol, and take what a kiosk needs to start without its server."""
    async with OutboxWorker(folder.outbox) as box:
        identity = await enrol(server, folder, box, code)
        async with server.connect(identity.token, None) as client:
            catalogue = (await refresh(client, identity.centre, box)).catalogue
        await asyncio.to_thread(folder.store_catalogue, catalogue)
    return identity
