"""``kiosk run``, ``kiosk enrol`` and ``kiosk pin``."""

import asyncio
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import structlog
import typer
from msgspec.structs import replace
from PySide6.QtCore import Qt

from kiosk.app import Kiosk
from kiosk.devices.parts import Devices
from kiosk.errors import KioskError
from kiosk.kit import engine, logs, paper, slips
from kiosk.kit.running import Running
from kiosk.link.enrolment import enrol
from kiosk.link.server import look
from kiosk.parts import Parts
from kiosk.settings import Settings, load
from kiosk.store.data import DataFolder, Identity
from kiosk.store.worker import OutboxWorker
from kiosk.technician import harden
from kiosk.technician import pin as technicians
from peripherals.command_line import CommandLine
from peripherals.documents.trust.files import load as load_trust
from peripherals.documents.trust.files import mark
from peripherals.documents.trust.store import TrustStore
from peripherals.errors import PeripheralError
from queue_server.contract.client import ApiClient, ClientError
from queue_server.contract.starts import Start

app = CommandLine(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
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
        parts = _parts(folder, load(settings), Devices(), server)
        identity = asyncio.run(_enrol(parts, code))
    except (KioskError, ClientError, OSError) as error:
        _fail(error)
    typer.echo(f"{identity.name} of {identity.centre}")


@app.command("pin")
def pin_command(data: Data) -> None:
    """Set the PIN of the technician's page: six digits, asked for, or read from standard input."""
    logs.configure()
    try:
        chosen = _ask_pin() if sys.stdin.isatty() else sys.stdin.readline(64).strip()
        technicians.keep(DataFolder(data), chosen)
    except KioskError as error:
        _fail(error)
    typer.echo("kept")


def _ask_pin() -> str:
    return str(typer.prompt("PIN, six digits", hide_input=True, confirmation_prompt=True))


@app.command()
def run(
    data: Data,
    server: Annotated[str, typer.Option(help="Address of the queue server, where it is not enrolled yet.")] = "",
    printer: Annotated[str, typer.Option(help="Address of the printer, such as escpos+tcp://10.0.0.7:9100.")] = "",
    reader: Annotated[str, typer.Option(help="Address of the reader, such as mrz+serial:///dev/ttyACM0.")] = "",
    settings: File = None,
    *,
    chip: Annotated[str, typer.Option(help="Address of the reader of chips, such as emrtd+pcsc:///ACR1252.")] = "",
    scanner: Annotated[str, typer.Option(help="Address of the scanner, such as scanner+serial:///dev/ttyACM1.")] = "",
    terminal: Annotated[str, typer.Option(help="Address of the card terminal, such as zvt+tcp://10.0.0.8:20007.")] = "",
    fullscreen: Annotated[bool, typer.Option(help="Take the whole screen.")] = False,
    remote: Annotated[Path | None, typer.Option(help="Debugging only, off in use: socket that drives it.")] = None,
) -> None:
    """Run the kiosk until it is told to end."""
    harden.forget_what_is_freed()
    logs.configure()
    harden.leave_no_dump()
    try:
        folder = DataFolder(data)
        folder.lock()
        chosen = load(settings)
        devices = folder.addresses().over(
            replace(
                chosen.devices,
                printer=printer or chosen.devices.printer,
                reader=reader or chosen.devices.reader,
                chip=chip or chosen.devices.chip,
                scanner=scanner or chosen.devices.scanner,
                terminal=terminal or chosen.devices.terminal,
            )
        )
        identity = folder.identity()
        parts = _parts(folder, chosen, Devices.open(devices), identity.server if identity is not None else server)
        code = _run(parts, remote=remote, fullscreen=fullscreen)
    except (KioskError, PeripheralError, OSError) as error:
        _fail(error)
    raise typer.Exit(code)


def _fail(error: Exception) -> None:
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
        translated=(),
        show=lambda _: None,
        draw=paper.draw_ticket,
        draw_test=paper.draw_test,
        draw_claim=slips.draw_claim,
        draw_receipt=slips.draw_receipt,
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


def _run(parts: Parts, *, remote: Path | None, fullscreen: bool) -> int:
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
    keeper = harden.Keeper(screen.window) if fullscreen else None

    async def live() -> None:
        loop = asyncio.get_running_loop()
        kiosk = Kiosk(parts)
        screen.bridge.acted.connect(
            lambda name, argument: loop.call_soon_threadsafe(kiosk.act, name, argument),
            Qt.ConnectionType.DirectConnection,
        )
        await kiosk.run()

    code = Running(qt, screen, live, remote=remote, fullscreen=fullscreen).run()
    # Held until here: a filter that nobody holds filters nothing.
    del keeper
    return code
