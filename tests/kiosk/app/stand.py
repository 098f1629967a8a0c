"""A whole kiosk on the bench: real sockets to a server, a printer and a reader; what it shows is kept, not drawn."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import zxingcpp
from PIL import Image

from kiosk.app import Kiosk
from kiosk.base import Ground
from kiosk.dependencies import KioskDependencies
from kiosk.devices.opening import Devices
from kiosk.kit.drawn import PageImages
from kiosk.kit.frame import PageFrame
from kiosk.link.connect import ServerAddress
from kiosk.ports import Artist
from kiosk.settings import JourneySettings, KioskLinkSettings, KioskSettings
from kiosk.store.data import DataFolder
from peripherals.codes.device import BarcodeScanner
from peripherals.codes.framer import CodeEnvelope
from peripherals.codes.seal import SealForm
from peripherals.codes.simulator import ScannerSimulator
from peripherals.device import DeviceUrl, Timings
from peripherals.documents.chip.device import ChipReaderDevice
from peripherals.documents.passport.line_reader import LineReader
from peripherals.documents.serial_reader.device import SerialReader
from peripherals.documents.serial_reader.envelope import PRESETS
from peripherals.documents.serial_reader.simulator import ReaderSimulator
from peripherals.documents.trust.store import TrustStore
from peripherals.payment.port import PaymentTerminal
from peripherals.printers.escpos.device import EscposPrinter
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.simulation import PtyLine, TcpLine
from queue_server.contract.recent_log import RecentLog
from tests.kiosk.app.centre import until

SETTINGS = KioskSettings(
    journey=JourneySettings(idle_s=120, idle_long_s=120, countdown_s=20, ticket_s=120, help_s=120),
    link=KioskLinkSettings(
        answer_wait_s=0.5, request_s=30, retry_first_s=0.01, retry_max_s=0.05, refresh_s=60, fault_s=0.05
    ),
)
TIMINGS = Timings(reopen_first_s=0.02, reopen_max_s=0.05, answer_s=1, poll_s=0.05, proof_s=30, settle_s=0.1)


@dataclass(frozen=True)
class Trust:
    """Whom a kiosk of a test trusts."""

    load: Callable[[], TrustStore]
    mark: Callable[[], object]


class Frames(list[PageFrame]):
    """A screen that keeps what it is shown."""

    def show(self, frame: PageFrame, /) -> None:
        self.append(frame)


@dataclass
class Stand:
    kiosk: Kiosk
    printer: PrinterSimulator
    reader: ReaderSimulator
    scanner: ScannerSimulator
    chip: LineReader
    running: asyncio.Task[None]
    frames: list[PageFrame] = field(default_factory=list)

    @property
    def on(self) -> Ground:
        """What the kiosk stands on now: another one once it is enrolled."""
        assert self.kiosk.ground is not None
        return self.kiosk.ground

    @property
    def frame(self) -> PageFrame:
        return self.frames[-1]

    @property
    def model(self) -> dict[str, Any]:
        return dict(self.frame.model)

    async def shows(self, page: str, **model: object) -> dict[str, Any]:
        """Wait until the screen shows this page with these fields."""

        def there() -> bool:
            return self.frame.page == page and all(self.frame.model[key] == value for key, value in model.items())

        try:
            await until(there)
        except TimeoutError:
            raise TimeoutError(f"{self.frame.page} {self.model}") from None
        return self.model

    def act(self, name: str, argument: str = "") -> None:
        self.kiosk.act(name, argument)

    def start_over(self) -> None:
        """Touch "Start again", and say yes where that is asked."""
        self.act("restart")
        self.act("start-over")

    async def walk_to_confirm(self, government: str = "UTO", language: str = "en") -> None:
        for page, action, argument in (
            ("language", "language", language),
            ("identify", "no-document", ""),
            ("government", "choose", government),
            ("kind", "choose", "passports"),
            ("service", "choose", f"renewal-{government.lower()}"),
        ):
            await self.shows(page)
            self.act(action, argument)
        await self.shows("confirm")

    async def paper(self, count: int) -> str:
        """Wait for the ticket of this number, and give what its QR code says."""
        await until(lambda: len(self.printer.tickets) >= count)

        def read() -> str:
            with Image.open(self.printer.tickets[count - 1]) as image:
                return str(zxingcpp.read_barcodes(image.convert("L"))[0].text)

        return await asyncio.to_thread(read)


@asynccontextmanager
async def stand(
    folder: Path,
    server: str,
    *,
    settings: KioskSettings = SETTINGS,
    speed: float = 0,
    chips: bool = False,
    trust: Callable[[], TrustStore] = lambda: TrustStore(()),
    trust_mark: Callable[[], object] = lambda: None,
    artist: Artist | None = None,
    terminal: PaymentTerminal | None = None,
    seals: SealForm | None = None,
    translated: tuple[str, ...] = ("en", "ar"),
) -> AsyncIterator[Stand]:
    """Run a kiosk; ``chips``: with a reader of chips; ``seals``: how its scanner sends seals."""
    data = await asyncio.to_thread(DataFolder, folder / "data")
    printer = PrinterSimulator(TcpLine(), folder / "paper")
    reader = ReaderSimulator(PtyLine(), PRESETS["generic"])
    scanner = ScannerSimulator(PtyLine(), CodeEnvelope(gap_s=0.02, seal=seals))
    chip = LineReader(TcpLine())
    await printer.start()
    await reader.start()
    await chip.start()
    await scanner.start()
    if speed:
        await printer.set(speed=speed)
    frames = Frames()
    form = f"&seal={seals}" if seals else ""
    parts = KioskDependencies(
        data=data,
        settings=settings,
        server=ServerAddress(server, settings.link.request_s),
        version="0.0",
        devices=Devices(
            EscposPrinter.from_url(DeviceUrl.parse(f"escpos+tcp://{printer.address}"), TIMINGS),
            SerialReader.from_url(DeviceUrl.parse(f"mrz+serial://{reader.address}?gap_ms=20"), TIMINGS),
            ChipReaderDevice.from_url(DeviceUrl.parse(f"emrtd+vpcd://{chip.address}"), TIMINGS) if chips else None,
            BarcodeScanner.from_url(DeviceUrl.parse(f"scanner+serial://{scanner.address}?gap_ms=20{form}"), TIMINGS),
            terminal,
        ),
        trust=Trust(trust, trust_mark),
        translated=translated,
        screen=frames,
        artist=artist or PageImages(),
        log=RecentLog(),
    )
    kiosk = Kiosk(parts)
    running = asyncio.create_task(kiosk.run())
    try:
        await until(lambda: frames or running.done())
        yield Stand(kiosk, printer, reader, scanner, chip, running, frames)
    finally:
        if not running.done():
            running.cancel()
        await asyncio.wait({running})
        await printer.stop()
        await reader.stop()
        await chip.stop()
        await scanner.stop()
        if not running.cancelled() and running.exception() is not None:
            raise running.exception() or AssertionError


def everything(frames: list[PageFrame]) -> str:
    return "".join(msgspec.json.encode(frame).decode() for frame in frames)
