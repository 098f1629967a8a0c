"""A technician who knows nothing but docs/technician.md: the words of its steps are the hands of this test.

Real ``queue-server`` and ``kiosk`` processes, taps on the real controls, simulated devices on their wires.
"""

import asyncio
import contextlib
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import msgspec
import zxingcpp
from PIL import Image

from peripherals.codes.framer import CodeEnvelope
from peripherals.codes.simulator import ScannerSimulator, as_keys
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.simulation import PtyLine, TcpLine
from queue_server.contract.client import ApiClient
from queue_server.contract.devices import DevicesAnswer, DeviceStatusView
from tests.faults.server_process import Installation, installed
from tests.kiosk.app.processes import Controls, enrol_machine, open_controls, run, tell
from tests.kiosk.app.test_technician_page import PAGE

PIN = "402871"
SETTINGS = """
[journey]
ticket_s = 120
[link]
retry_first_s = 0.1
[screen]
reduce_motion = true
debounce_ms = 0
"""


def steps(heading: str) -> list[str]:
    """Give the numbered steps under a heading of the page."""
    section = PAGE.read_text(encoding="utf-8").partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
    found = re.findall(r"^\d+\. (.*?)(?=^\d+\. |^$|\Z)", section, re.MULTILINE | re.DOTALL)
    return [" ".join(step.split()) for step in found]


@dataclass
class Technician:
    """Does what a step says: holds, types, fills in paper, touches **what is bold**, and waits for "what is quoted"."""

    controls: Controls
    printer: PrinterSimulator
    centre: str

    async def follow(self, step: str) -> None:
        if "Hold the name of the centre" in step:
            assert (await self.controls.ask(hold=self.centre))["ok"]
        if "Type the PIN" in step:
            await self.controls.shows("pin")
            for digit in PIN:
                await self.controls.tap(digit)
        if "lay in the new roll" in step:
            await self.printer.set(cover_open=True)
            await self.printer.set(paper="ok", cover_open=False)
        for bold, quoted in re.findall(r'\*\*(.+?)\*\*|"(.+?)"', step):
            if bold:
                await self.controls.tap(bold)
            else:
                await self._see(quoted)

    async def _see(self, text: str) -> None:
        seen: list[str] = []
        try:
            async with asyncio.timeout(60):
                while text not in seen:
                    seen = (await self.controls.ask(state=True))["texts"]
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise TimeoutError(f"{text} is not among {seen}") from None


@dataclass
class Bench:
    controls: Controls
    printer: PrinterSimulator
    scanner: ScannerSimulator
    watcher: str
    url: str

    async def status(self) -> DeviceStatusView:
        """Look at the kiosk as a manager does."""
        headers = {"Authorization": f"Bearer {self.watcher}"}
        async with (
            aiohttp.ClientSession(headers=headers) as http,
            http.get(f"{self.url}/api/v1/centres/demo/devices") as answer,
        ):
            assert answer.status == 200
            listed = msgspec.json.decode(await answer.read(), type=DevicesAnswer)
        return next(one for one in listed.devices if one.kind == "kiosk")

    async def reported(self, mode: str, printer: str) -> None:
        async with asyncio.timeout(60):
            while True:
                status = await self.status()
                codes = [one.code for one in status.parts if one.name == "printer"]
                if (status.mode, codes) == (mode, [printer]):
                    return
                await asyncio.sleep(0.02)


@asynccontextmanager
async def bench(folder: Path) -> AsyncIterator[Bench]:
    printer = PrinterSimulator(TcpLine(), folder / "paper")
    scanner = ScannerSimulator(PtyLine(), CodeEnvelope(), as_keys)
    settings, data, remote = folder / "kiosk.toml", folder / "kiosk", folder / "remote"
    await asyncio.to_thread(settings.write_text, SETTINGS)
    log = await asyncio.to_thread(os.open, folder / "log", os.O_WRONLY | os.O_CREAT)
    await printer.start()
    await printer.set(paper="out")
    await scanner.start()
    async with installed(folder / "server") as place:
        url = place.servers[0].url
        assert url is not None
        code, watching, (kept, _) = await asyncio.gather(
            place.enrol_code("kiosk", "Kiosk 3"), watcher(place, url), tell("pin", "--data", data, given=f"{PIN}\n")
        )
        assert kept == 0
        await enrol_machine(code, url, "--data", data)
        devices = (
            "--printer",
            f"escpos+tcp://{printer.address}",
            "--scanner",
            f"scanner+evdev://{scanner.address}?gap_ms=1000",
        )
        common = ("--data", data, "--settings", settings, "--remote", remote)
        kiosk = await run("run", *common, *devices, error=log)
        try:
            controls = await open_controls(remote, kiosk)
            with contextlib.closing(controls):
                yield Bench(controls, printer, scanner, watching, url)
        finally:
            if kiosk.returncode is None:
                kiosk.send_signal(signal.SIGTERM)
            code_of_end = await kiosk.wait()
        assert code_of_end == 0
    os.close(log)
    await printer.stop()
    await scanner.stop()


async def watcher(place: Installation, url: str) -> str:
    code = await place.enrol_code("integration", "Watcher", "manager")
    async with ApiClient(url, None) as client:
        return (await client.enrol(code)).token


def qr_of(picture: Path) -> str:
    with Image.open(picture) as image:
        return str(zxingcpp.read_barcodes(image.convert("L"))[0].text)


async def printed(printer: PrinterSimulator, count: int) -> str:
    async with asyncio.timeout(60):
        while len(printer.tickets) < count:  # noqa: ASYNC110 - the paper comes out of another task
            await asyncio.sleep(0.01)
    return await asyncio.to_thread(qr_of, printer.tickets[count - 1])


# Seven programs are started one after the other, and a name is held for five seconds.
async def test_the_roll_is_changed_by_the_steps_of_the_page_alone(folder: Path) -> None:
    async with bench(folder) as kiosk:
        first = await kiosk.controls.shows("language", no_paper=True)
        await kiosk.reported("in-service", "printer-paper-out")
        technician = Technician(kiosk.controls, kiosk.printer, first["model"]["centre"])
        written = await asyncio.to_thread(steps, "Change the roll")
        assert len(written) == 8
        for step in written:
            await technician.follow(step)
            if "Take out of order" in step:
                await kiosk.reported("out-of-order", "printer-paper-out")
        await kiosk.controls.shows("language", no_paper=False)
        await kiosk.reported("in-service", "")
        assert "no-ticket" in await printed(kiosk.printer, 1)
        # And the next person gets a ticket, whose code shows the place at the same kiosk.
        await kiosk.controls.tap("English")
        await kiosk.controls.shows("identify")
        await kiosk.controls.ask(act=["no-document"])
        for page in ("government", "kind", "service"):
            choices = (await kiosk.controls.shows(page))["model"]["choices"]
            await kiosk.controls.ask(act=["choose", choices[0]["id"]])
        await kiosk.controls.shows("more")
        await kiosk.controls.ask(act=["go-on"])
        await kiosk.controls.shows("confirm")
        await kiosk.controls.ask(act=["confirm"])
        code = (await kiosk.controls.shows("ticket", paper="taken"))["model"]["code"]
        await kiosk.controls.ask(act=["done"])
        await kiosk.controls.shows("language", can_restart=False)
        await kiosk.scanner.scan(await printed(kiosk.printer, 2))
        await kiosk.controls.shows("status", found="waiting", code=code)
