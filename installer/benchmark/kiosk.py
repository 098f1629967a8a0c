"""How soon a kiosk shows something: the real program on an X server, touched as by a finger, beside the least window.

Drawn by software, as on a machine without a graphics card. Centre, printer, reader and finger are in this process.
"""

import asyncio
import contextlib
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from installer.benchmark.measure import Measure
from peripherals.documents.serial_reader.envelope import PRESETS
from peripherals.documents.serial_reader.simulator import ReaderSimulator
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.simulation import PtyLine, TcpLine
from tests.kiosk.app.centre import CODE, Centre
from tests.kiosk.app.display import Hands, x_server
from tests.kiosk.app.processes import Controls, environment, open_controls, run
from tests.kiosk.app.test_process import passport

_STARTS: Final = 5
_VISITS: Final = 5
#: A finger stays down for so long, and comes again when a page has stood so long: longer than a touch is refused.
_DOWN_S, _BETWEEN_S = 0.08, 0.45
_PROGRAM: Final = Path(sys.executable).with_name("kiosk")
_LEAST: Final = ("-m", "installer.benchmark.least_window")
_RASTER: Final = b"\x1dv0"
#: What a visit without a document touches, and the page that comes then.
_WALK: Final = (
    ("English", "identify"),
    ("I have no document", "government"),
    ("Utopia", "kind"),
    ("Passport", "service"),
    ("Renew a passport", "confirm"),
)


@dataclass
class KioskTimes:
    """Milliseconds of each round."""

    start: list[float] = field(default_factory=list)
    least_start: list[float] = field(default_factory=list)
    touch: list[float] = field(default_factory=list)
    least_touch: list[float] = field(default_factory=list)
    printer: list[float] = field(default_factory=list)
    passport: list[float] = field(default_factory=list)


def _since(began_ns: int, at_ns: int) -> float:
    return (at_ns - began_ns) / 1e6


@dataclass
class Station:
    """A kiosk's surroundings; ``first_byte_ns``: when the printer got the first bytes of a picture."""

    folder: Path
    screen: dict[str, str]
    hands: Hands
    printer: PrinterSimulator
    reader: ReaderSimulator
    first_byte_ns: int = 0

    @asynccontextmanager
    async def kiosk(self) -> AsyncIterator[tuple[Controls, int]]:
        """Start it; gives its socket, and when it was started."""
        remote = self.folder / "remote"
        remote.unlink(missing_ok=True)
        arguments = ("--data", self.folder / "data", "--settings", self.folder / "kiosk.toml", "--remote", remote)
        devices = (
            *("--printer", f"escpos+tcp://{self.printer.address}"),
            *("--reader", f"mrz+serial://{self.reader.address}?envelope=desko"),
        )
        began = time.monotonic_ns()
        process = await asyncio.create_subprocess_exec(
            *(str(one) for one in (_PROGRAM, "run", *arguments, *devices)),
            stderr=subprocess.DEVNULL,
            env=environment() | self.screen,
        )
        try:
            controls = await open_controls(remote, process)
            with contextlib.closing(controls):
                yield controls, began
        finally:
            process.terminate()
            await process.wait()

    @asynccontextmanager
    async def least(self) -> AsyncIterator[tuple[asyncio.StreamReader, int]]:
        """Start the least window; gives what it says, and when it was started."""
        began = time.monotonic_ns()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *_LEAST, stdout=subprocess.PIPE, env=environment() | self.screen
        )
        assert process.stdout is not None  # a pipe was asked for
        try:
            yield process.stdout, began
        finally:
            process.terminate()
            await process.wait()

    async def touch(self, x: float, y: float) -> int:
        """Touch as a finger does; gives when it was lifted."""
        self.hands.put_down(x, y)
        await asyncio.sleep(_DOWN_S)
        lifted = time.monotonic_ns()
        self.hands.lift()
        return lifted


async def _wait_drawn(controls: Controls, page: str) -> int:
    """Wait until this page is on the screen, and say since when; asked seldom, so that nothing is held up by it."""
    async with asyncio.timeout(60):
        while (found := await controls.ask(drawn=True))["page"] != page:  # noqa: ASYNC110 - it is asked, not heard
            await asyncio.sleep(_BETWEEN_S / 4)
    return int(found["at_ns"])


async def _touch(station: Station, controls: Controls, label: str, page: str) -> float:
    """Touch a control, and say how many milliseconds after that the first picture of the next page was there."""
    await asyncio.sleep(_BETWEEN_S)
    spot = await controls.ask(where=label)
    if not spot["ok"]:
        raise LookupError(label, (await controls.ask(state=True))["controls"])
    lifted = await station.touch(spot["x"], spot["y"])
    await asyncio.sleep(_BETWEEN_S)
    return _since(lifted, await _wait_drawn(controls, page))


async def _visit(station: Station, controls: Controls, times: KioskTimes) -> None:
    await _wait_drawn(controls, "language")
    for label, page in _WALK:
        times.touch.append(await _touch(station, controls, label, page))
    station.first_byte_ns = 0
    await asyncio.sleep(_BETWEEN_S)
    spot = await controls.ask(where="Yes, print my ticket")
    lifted = await station.touch(spot["x"], spot["y"])
    await controls.shows("ticket", paper="taken")
    times.printer.append(_since(lifted, station.first_byte_ns))
    times.touch.append(_since(lifted, await _wait_drawn(controls, "ticket")))
    times.touch.append(await _touch(station, controls, "Done", "language"))


async def _show_passport(station: Station, controls: Controls, times: KioskTimes) -> None:
    """Lay a passport down, and begin again."""
    await _touch(station, controls, "English", "identify")
    await controls.shows("identify", reader="ready")
    await asyncio.sleep(_BETWEEN_S)
    laid = time.monotonic_ns()
    await station.reader.show(passport("SPECIMEN"))
    await asyncio.sleep(_BETWEEN_S)
    times.passport.append(_since(laid, await _wait_drawn(controls, "kind")))
    await controls.ask(act=["restart"])
    await controls.ask(act=["start-over"])
    await _wait_drawn(controls, "language")


async def _rounds(station: Station) -> KioskTimes:
    times = KioskTimes()
    for _ in range(_STARTS):
        async with station.least() as (said, began):
            times.least_start.append(_since(began, int(await said.readline())))
        async with station.kiosk() as (controls, began):
            times.start.append(_since(began, await _wait_drawn(controls, "language")))
    async with station.least() as (said, _):
        await said.readline()
        for _ in range(_VISITS * 4):
            await asyncio.sleep(_BETWEEN_S)
            lifted = await station.touch(500, 900)
            times.least_touch.append(_since(lifted, int(await said.readline())))
    async with station.kiosk() as (controls, _):
        await controls.shows("language", no_paper=False)
        for _ in range(_VISITS):
            await _visit(station, controls, times)
            await _show_passport(station, controls, times)
    return times


async def _measure(folder: Path) -> KioskTimes:
    printer, reader = PrinterSimulator(TcpLine(), folder / "paper"), ReaderSimulator(PtyLine(), PRESETS["desko"])
    async with x_server() as display, Centre() as centre:
        screen = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        hands = await asyncio.to_thread(Hands, display)
        station = Station(folder, screen, hands, printer, reader)
        _listen(station)
        await printer.start()
        await reader.start()
        try:
            enrolled = await run(
                *("enrol", "--code", CODE, "--server", centre.url, "--data", folder / "data"), error=subprocess.DEVNULL
            )
            if await enrolled.wait():
                raise RuntimeError("not enrolled")
            return await _rounds(station)
        finally:
            hands.close()
            await printer.stop()
            await reader.stop()


def _listen(station: Station) -> None:
    """Note when the first bytes of a picture come to the printer."""
    line = station.printer._line  # noqa: SLF001 - the wire itself is what is listened to
    inner = line.received

    def received(data: bytes) -> None:
        if not station.first_byte_ns and _RASTER in data:
            station.first_byte_ns = time.monotonic_ns()
        inner(data)

    line.received = received


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[18]


def measure_kiosk(folder: Path) -> Iterator[Measure]:
    """Start it, touch it, print, and lay a passport down."""
    folder.mkdir()
    (folder / "kiosk.toml").write_text("[journey]\nticket_s = 120\n")
    times = asyncio.run(_measure(folder))
    median = statistics.median
    for name, of, values, reference, goal, floor in (
        ("a kiosk from its start to its first page", median, times.start, "start", 0.25, 0.16),
        ("touch to the next page", median, times.touch, "touch", 0.4, 0.25),
        ("touch to the next page, p95", _p95, times.touch, "touch", 0.2, 0.1),
        ("last touch to the first byte at the printer", median, times.printer, "touch", 0.2, 0.12),
        ("passport laid down to its page", median, times.passport, "touch", 0.4, 0.25),
    ):
        least = times.least_start if reference == "start" else times.least_touch
        spread = f" ({min(values):.0f} to {max(values):.0f})"
        yield Measure(name, of(values), f"the least window's {reference}", of(least), "ms", goal, floor, spread)
