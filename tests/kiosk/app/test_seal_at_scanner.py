"""A seal held before the kiosk's scanner: told as a code that is none of a ticket, and overwritten."""

import asyncio
import contextlib

from kiosk.devices import CodeScanner
from kiosk.journey.events import Event, Scanned
from peripherals.codes.framer import Envelope
from peripherals.codes.port import Scanner
from peripherals.codes.seal import SealForm
from peripherals.codes.simulator import ScannerSimulator
from peripherals.device import open_device
from peripherals.simulation import PtyLine


async def test_a_seal_is_no_ticket_and_goes_no_further() -> None:
    line = PtyLine()
    simulator = ScannerSimulator(line, Envelope(seal=SealForm.HEX))
    await simulator.start()
    device = await asyncio.to_thread(open_device, f"scanner+serial://{line.address}?seal=hex")
    assert isinstance(device, Scanner)
    told: asyncio.Queue[Event] = asyncio.Queue()
    scanner = CodeScanner(device, told.put_nowait, lambda _: None)
    running = asyncio.create_task(scanner.slot.run())
    async with asyncio.timeout(60):
        while device._readings._listener is None:  # type: ignore[attr-defined]  # noqa: ASYNC110 - nothing says that somebody listens
            await asyncio.sleep(0)
        await simulator.scan_seal(b"\xdc\x03" + b"ERIKSSON" * 8)
        while not isinstance(event := await told.get(), Scanned):
            pass
    assert event == Scanned("foreign")
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    await simulator.stop()
