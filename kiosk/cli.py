"""``kiosk run`` and ``kiosk enrol``."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer
from msgspec.structs import replace
from PySide6.QtCore import Qt

from kiosk import app as kiosk_app
from kiosk import harden
from kiosk.data import DataFolder, Identity
from kiosk.errors import KioskError, SettingError
from kiosk.kit import engine, logs, paper
from kiosk.kit.running import Running
from kiosk.server import look
from kiosk.settings import Settings, load
from kiosk.worker import OutboxWorker
from peripherals.device import open_device
from peripherals.documents.port import DocumentReader
from peripherals.errors import PeripheralError
from peripherals.printers.port import POSPrinter
from queue_server.contract.client import ApiClient, ClientError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
_log = structlog.get_logger(__name__)

Data = Annotated[Path, typer.Option(envvar="CONSULAR_DATA", help="Folder of this kiosk; made where it is missing.")]
File = Annotated[Path | None, typer.Option("--settings", help="Settings, TOML; kiosk/settings.py describes them.")]
Authority = Annotated[Path | None, typer.Option(help="Certificate of the centre's own authority (PEM).")]


@app.command("enrol")
def enrol_command(
    code: Annotated[str, typer.Option(help="Eight digits, from queue-server enrol-code.")],
    server: Annotated[str, typer.Option(help="Address of the queue server: scheme, host and port.")],
    data: Data,
    settings: File = None,
    ca: Authority = None,
) -> None:
    """Make this machine a kiosk of a centre."""
    logs.configure()
    try:
        folder = DataFolder(data)
        if ca is not None:
            folder.keep_authority(ca)
        identity = asyncio.run(_enrol(_parts(folder, load(settings), server), code))
    except (KioskError, ClientError, OSError) as error:
        _fail(error)
    typer.echo(f"{identity.name} of {identity.centre}")


@app.command()
def run(
    data: Data,
    server: Annotated[str, typer.Option(help="Address of the queue server, where it is not enrolled yet.")] = "",
    printer: Annotated[str, typer.Option(help="Address of the printer, such as escpos+tcp://10.0.0.7:9100.")] = "",
    reader: Annotated[str, typer.Option(help="Address of the reader, such as mrz+serial:///dev/ttyACM0.")] = "",
    settings: File = None,
    *,
    fullscreen: Annotated[bool, typer.Option(help="Take the whole screen.")] = False,
    remote: Annotated[Path | None, typer.Option(help="Debugging only, off in use: socket that drives it.")] = None,
) -> None:
    """Run the kiosk until it is told to end."""
    logs.configure()
    harden.leave_no_dump()
    try:
        folder = DataFolder(data)
        folder.lock()
        chosen = load(settings)
        devices = chosen.devices
        chosen = replace(
            chosen,
            devices=replace(devices, printer=printer or devices.printer, reader=reader or devices.reader),
        )
        identity = folder.identity()
        parts = _parts(folder, chosen, identity.server if identity is not None else server)
        code = _run(parts, remote=remote, fullscreen=fullscreen)
    except (KioskError, PeripheralError, OSError) as error:
        _fail(error)
    raise typer.Exit(code)


def _fail(error: Exception) -> None:
    _log.error("ended", code=getattr(error, "code", type(error).__name__), detail=str(error))
    raise typer.Exit(1) from error


def _parts(folder: DataFolder, settings: Settings, server: str) -> kiosk_app.Parts:
    tls = folder.tls()
    printer = open_device(settings.devices.printer) if settings.devices.printer else None
    if not isinstance(printer, POSPrinter | None):
        raise SettingError(section="devices", key="printer", wanted="the address of a printer")
    reader = open_device(settings.devices.reader) if settings.devices.reader else None
    if not isinstance(reader, DocumentReader | None):
        raise SettingError(section="devices", key="reader", wanted="the address of a document reader")

    def connect(token: str | None) -> ApiClient:
        return ApiClient(server, token, timeout=settings.link.request_s, tls=tls)

    return kiosk_app.Parts(
        data=folder,
        settings=settings,
        server=server,
        connect=connect,
        printer=printer,
        reader=reader,
        translated=(),
        show=lambda _: None,
        draw=paper.draw_ticket,
    )


async def _enrol(parts: kiosk_app.Parts, code: str) -> Identity:
    """Enrol, and take what a kiosk needs to start without its server."""
    async with OutboxWorker(parts.data.outbox) as box:
        identity = await kiosk_app.enrol(parts, box, code)
        async with parts.connect(identity.token) as client:
            catalogue, _ = await look(client, identity.centre, box)
        await asyncio.to_thread(parts.data.keep_catalogue, catalogue)
    return identity


def _run(parts: kiosk_app.Parts, *, remote: Path | None, fullscreen: bool) -> int:
    qt = engine.application(sys.argv[:1], "kiosk")
    chosen = parts.settings.screen
    screen = engine.create(
        "kiosk.ui",
        "kiosk",
        scale=chosen.scale,
        reduce_motion=chosen.reduce_motion,
        debounce_ms=None if chosen.debounce_ms < 0 else chosen.debounce_ms,
    )
    parts = parts._replace(
        translated=paper.languages() & set(screen.translations.languages),
        show=screen.bridge.show,
    )

    async def live() -> None:
        loop = asyncio.get_running_loop()
        kiosk = kiosk_app.Kiosk(parts)
        screen.bridge.acted.connect(
            lambda name, argument: loop.call_soon_threadsafe(kiosk.act, name, argument),
            Qt.ConnectionType.DirectConnection,
        )
        await kiosk.run()

    return Running(qt, screen, live, remote=remote, fullscreen=fullscreen).run()
