"""What the commands of a kiosk do: put its parts together, and run it, enrol it, or set its PIN."""

import asyncio
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import structlog
import typer
from msgspec.structs import replace

from kiosk.devices.opening import Devices
from kiosk.errors import KioskError
from kiosk.kit import logs
from kiosk.link.enrolment import enrol
from kiosk.link.server import look
from kiosk.parts import Parts
from kiosk.settings import Settings, load
from kiosk.store.data import DataFolder
from kiosk.store.identity import Identity
from kiosk.technician import harden, pin
from kiosk.tickets.outbox import OutboxWorker
from peripherals.documents.trust.files import load as load_trust
from peripherals.documents.trust.files import mark
from peripherals.documents.trust.store import TrustStore
from peripherals.errors import PeripheralError
from queue_server.contract.client import ApiClient, ClientError
from queue_server.contract.starts import Start

_log = structlog.get_logger(__name__)


def enrol_machine(data: Path, settings: Path | None, server: str, code: str, authority: Path | None) -> Identity:
    """Make this machine a kiosk of a centre; ends the command where that cannot be."""
    logs.configure()
    try:
        folder = DataFolder(data)
        if authority is not None:
            folder.keep_authority(authority)
        return asyncio.run(_enrol(_parts(folder, load(settings), Devices(), server), code))
    except (KioskError, ClientError, OSError) as error:
        _fail(error)


def keep_pin(data: Path, chosen: str) -> None:
    """Set the PIN of the technician's page; ends the command where that cannot be."""
    logs.configure()
    try:
        pin.keep(DataFolder(data), chosen)
    except KioskError as error:
        _fail(error)


def run(
    data: Path,
    settings: Path | None,
    server: str,
    given: Mapping[str, str],
    *,
    remote: Path | None,
    fullscreen: bool,
) -> int:
    """Run the kiosk until it is told to end, and give the exit status; ``given``: addresses of devices by their part.

    An address that a technician set at the kiosk goes before one that is given, and that before the settings.
    """
    harden.forget_what_is_freed()
    logs.configure()
    harden.leave_no_dump()
    try:
        folder = DataFolder(data)
        folder.lock()
        chosen = load(settings)
        said = {part: address for part, address in given.items() if address}
        devices = Devices.open(folder.addresses().over(replace(chosen.devices, **said)))
        identity = folder.identity()
        parts = _parts(folder, chosen, devices, identity.server if identity is not None else server)
        from kiosk import onscreen  # noqa: PLC0415 - Qt is loaded by a kiosk that runs, and by no other command

        return onscreen.run(parts, remote=remote, fullscreen=fullscreen)
    except (KioskError, PeripheralError, OSError) as error:
        _fail(error)


def _fail(error: Exception) -> NoReturn:
    _log.error("ended", code=getattr(error, "code", type(error).__name__), detail=str(error))
    raise typer.Exit(1) from error


def _parts(folder: DataFolder, settings: Settings, devices: Devices, server: str) -> Parts:
    tls = folder.tls()

    def connect(token: str | None, start: Start | None) -> ApiClient:
        return ApiClient(server, token, timeout=settings.link.request_s, tls=tls, start=start)

    return Parts(
        data=folder,
        settings=settings,
        server=server,
        version=version("consular-support"),
        connect=connect,
        devices=devices,
        trust=lambda: _trust(settings),
        trust_mark=lambda: mark(Path(settings.documents.trust)) if settings.documents.trust else None,
    )


def _trust(settings: Settings) -> TrustStore:
    path = settings.documents.trust
    return load_trust(Path(path)) if path else TrustStore(())


async def _enrol(parts: Parts, code: str) -> Identity:
    """Enrol, and take what a kiosk needs to start without its server."""
    async with OutboxWorker(parts.data.outbox) as box:
        identity = await enrol(parts, box, code)
        async with parts.connect(identity.token, None) as client:
            catalogue = (await look(client, identity.centre, box)).catalogue
        await asyncio.to_thread(parts.data.keep_catalogue, catalogue)
    return identity
