"""``kiosk run`` and ``kiosk enrol``."""

import asyncio
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Annotated

import structlog
import typer
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QMetaObject, QSocketNotifier, Qt

from kiosk import app as kiosk_app
from kiosk import harden, logs
from kiosk.data import DataFolder, Identity
from kiosk.errors import KioskError, SettingError
from kiosk.kit import engine, paper
from kiosk.remote import Remote
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
        code = _Screen(parts, remote=remote, fullscreen=fullscreen).run()
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


class _Screen:
    """Qt in the main thread, the kiosk's loop in another; either one's end is the end of both."""

    def __init__(self, parts: kiosk_app.Parts, *, remote: Path | None, fullscreen: bool) -> None:
        self._app = engine.application(sys.argv[:1], "kiosk")
        screen = parts.settings.screen
        self._screen = engine.create(
            "kiosk.ui",
            "kiosk",
            scale=screen.scale,
            reduce_motion=screen.reduce_motion,
            debounce_ms=None if screen.debounce_ms < 0 else screen.debounce_ms,
        )
        self._remote = Remote(remote, self._screen) if remote is not None else None
        self._fullscreen = fullscreen
        self._parts = parts._replace(
            translated=paper.languages() & set(self._screen.translations.languages),
            show=self._screen.bridge.show,
        )
        self._failed = False

    def run(self) -> int:
        notifier = self._watch_signals()
        ready = threading.Event()
        thread = threading.Thread(target=self._live, args=(ready,), name="kiosk")
        thread.start()
        ready.wait()
        window = self._screen.window
        (window.showFullScreen if self._fullscreen else window.show)()
        code = self._app.exec()
        self._loop.call_soon_threadsafe(self._task.cancel)
        thread.join()
        notifier.setEnabled(False)
        if self._remote is not None:
            self._remote.close()
        self._screen.close()
        return 1 if self._failed else code

    def _live(self, ready: threading.Event) -> None:
        """Run the kiosk's loop; lives in its own thread."""

        async def main() -> None:
            self._loop = asyncio.get_running_loop()
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 - inside of a coroutine
            self._task = task
            kiosk = kiosk_app.Kiosk(self._parts)
            self._screen.bridge.acted.connect(
                lambda name, argument: self._loop.call_soon_threadsafe(kiosk.act, name, argument),
                Qt.ConnectionType.DirectConnection,
            )
            ready.set()
            await kiosk.run()

        try:
            asyncio.run(main())
        except asyncio.CancelledError:
            _log.info("ended")
        except Exception:  # noqa: BLE001 - whatever it was, it is logged and ends the process
            # A screen without its kiosk must not stand there as if it worked.
            _log.exception("kiosk-failed")
            self._failed = True
            ready.set()
        QMetaObject.invokeMethod(self._app, "quit", Qt.ConnectionType.QueuedConnection)

    def _watch_signals(self) -> QSocketNotifier:
        """End in good order on SIGTERM and SIGINT; Python runs its handlers only when Qt gives it a turn."""
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: QCoreApplication.quit())
        notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self._app)
        notifier.activated.connect(lambda: ours.recv(64))
        self._signals = (ours, theirs)
        return notifier
