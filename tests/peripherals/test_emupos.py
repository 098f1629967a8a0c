"""The driver against emupos, a printer by another hand. It has no GS ( H: proof is by status there."""

import asyncio
import io
import json
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import segno
import zxingcpp
from PIL import Image

from peripherals.device import DeviceState, HealthAnswer, Timings, open_device
from peripherals.errors import CoverOpenError, PaperOutError, PrinterError
from peripherals.printers.port import MonoImage, PaperState, POSPrinter, PrinterStatus, PrintProof

PROGRAM = Path(__file__).parents[2] / ".venv-emupos" / "bin" / "emupos"
#: The peer is another process: how long it takes to answer says nothing. But silence is what tells that it has no echo.
TIMINGS = Timings(
    reopen_first_s=0.05, reopen_max_s=0.5, connect_s=60, answer_s=12, write_s=60, poll_s=0.2, settle_s=0.3
)

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason=".venv-emupos is not set up (installer/setup tests)")


@dataclass(frozen=True)
class Peer:
    printer: int
    api: int

    def call(self, method: str, path: str) -> bytes:
        request = urllib.request.Request(f"http://127.0.0.1:{self.api}/api/v1{path}", method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
            content: bytes = answer.read()
            return content

    async def fault(self, name: str, *, active: bool) -> None:
        await asyncio.to_thread(self.call, "PUT" if active else "DELETE", f"/devices/front/faults/{name}")


def free_ports(count: int) -> list[int]:
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in taken]
    for each in taken:
        each.close()
    return ports


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    with tempfile.TemporaryDirectory() as folder:
        printer, api = free_ports(2)
        config = {
            "schema": 1,
            "api": {"port": api},
            "devices": [
                {
                    "id": "front",
                    "type": "printer",
                    "profile": "epson-tm-t20iii",
                    "connections": [{"tcp": {"port": printer}}],
                    "receipts_dir": f"{folder}/receipts",
                    "job_idle_timeout_ms": 200,
                }
            ],
        }
        path = Path(folder) / "emupos.yaml"
        path.write_text(json.dumps(config))
        with subprocess.Popen(
            [PROGRAM, "run", "--config", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as run:
            made = Peer(printer, api)
            try:
                assert run.stdout is not None
                for line in run.stdout:
                    if str(printer).encode() in line or b"listening" in line.lower():
                        break
                yield made
            finally:
                run.terminate()


@pytest.fixture
async def printer(peer: Peer, request: pytest.FixtureRequest) -> AsyncIterator[POSPrinter]:
    """Open the peer's printer: where nothing else is said, as one that is known to have no echo."""
    proof = getattr(request, "param", "status")
    device = await asyncio.to_thread(open_device, f"escpos+tcp://127.0.0.1:{peer.printer}?proof={proof}", TIMINGS)
    assert isinstance(device, POSPrinter)
    async with device:
        await until(device, lambda status: status.state is DeviceState.ONLINE)
        yield device


async def until(printer: POSPrinter, said: Callable[[PrinterStatus], bool]) -> None:
    async with asyncio.timeout(60):
        async for status in printer.watch():
            if said(status):
                return


def ticket(text: str) -> MonoImage:
    picture = Image.new("1", (576, 1200), 1)
    written = io.BytesIO()
    segno.make(text, error="m").save(written, kind="png", scale=8, border=4)
    picture.paste(Image.open(written).convert("1"), (100, 600))
    return MonoImage(576, 1200, bytes(byte ^ 0xFF for byte in picture.tobytes()))


@pytest.mark.parametrize("printer", ["auto"], indirect=True)
async def test_a_ticket_comes_out_at_the_peer(peer: Peer, printer: POSPrinter) -> None:
    await until(printer, lambda status: status.proves is HealthAnswer.NO)
    assert await printer.print_image(ticket("https://centre.example/t/B042")) is PrintProof.STATUS
    receipts: Any = json.loads(await asyncio.to_thread(peer.call, "GET", "/devices/front/receipts"))
    newest = (receipts["receipts"] if isinstance(receipts, dict) else receipts)[-1]
    image = await asyncio.to_thread(peer.call, "GET", f"/devices/front/receipts/{newest['id']}/image")
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(image)).convert("L"))
    assert [code.text for code in codes] == ["https://centre.example/t/B042"]


@pytest.mark.parametrize(
    ("fault", "said", "error"),
    [
        ("paper-near-end", lambda status: status.paper is PaperState.NEAR_END, None),
        ("paper-out", lambda status: status.paper is PaperState.OUT, PaperOutError),
        ("cover-open", lambda status: status.cover_open is HealthAnswer.YES, CoverOpenError),
        ("offline", lambda status: status.state is DeviceState.OFFLINE, PrinterError),
    ],
)
async def test_its_faults_are_seen(
    peer: Peer,
    printer: POSPrinter,
    fault: str,
    said: Callable[[PrinterStatus], bool],
    error: type[PrinterError] | None,
) -> None:
    await peer.fault(fault, active=True)
    try:
        await until(printer, said)
        if error is not None:
            with pytest.raises(error):
                await printer.print_image(ticket("not printed"))
    finally:
        await peer.fault(fault, active=False)
    await until(printer, lambda status: status.state is DeviceState.ONLINE and status.paper is PaperState.OK)
