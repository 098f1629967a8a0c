"""The barcode reader as a device: who gets what was read, that nothing of it stays, and what it may be plugged into."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from peripherals.codes.device import BarcodeScanner
from peripherals.codes.framer import CodeEnvelope
from peripherals.codes.port import Read, Scan, ScanFailure, Scanner
from peripherals.codes.simulator import ScannerSimulator, as_keys, over_serial
from peripherals.device import DeviceState, Timings, open_device
from peripherals.errors import BusyError, NotConnectedError
from peripherals.simulation import PtyLine
from peripherals.transports.evdev import InputAddress
from peripherals.transports.null_modem import NullModemEnd, null_modem
from peripherals.transports.pipe import Pipe

TIMINGS = Timings(reopen_first_s=0.02, reopen_max_s=0.1, duplicate_s=0.5)

#: Ends a code at once.
ENTER = CodeEnvelope(suffix=b"\r")


class Wire:
    """A line whose far end is in the test's hand."""

    key = "wire"

    def __init__(self) -> None:
        self.far: NullModemEnd | None = None

    async def connect(self) -> Pipe:
        near, self.far = null_modem()
        return near

    async def send(self, data: bytes) -> None:
        assert self.far is not None
        await self.far.send(data)


@pytest.fixture
async def wire() -> Wire:
    return Wire()


@pytest.fixture
async def scanner(wire: Wire) -> AsyncIterator[BarcodeScanner]:
    device = BarcodeScanner("scanner+serial:///dev/none", wire, TIMINGS, ENTER, lambda: bytearray)
    async with device as made:
        yield made


async def test_what_nobody_listened_to_is_given_to_nobody(wire: Wire, scanner: BarcodeScanner) -> None:
    await wire.send(b"before\r")
    listening = scanner.scans()
    first = asyncio.ensure_future(anext(listening))
    await asyncio.sleep(0)
    await wire.send(b"after\r")
    read = await first
    assert isinstance(read, Scan)
    assert bytes(read.text) == b"after"


async def test_what_waits_when_a_listener_leaves_is_wiped(wire: Wire, scanner: BarcodeScanner) -> None:
    listening = scanner.scans()
    first = asyncio.ensure_future(anext(listening))
    await asyncio.sleep(0)
    await wire.send(b"one\rtwo\rthree\r")
    assert isinstance(await first, Scan)
    assert scanner._readings._listener is not None
    waiting = list(scanner._readings._listener._queue)  # type: ignore[attr-defined]  # what waits, without taking it
    await listening.aclose()
    assert len(waiting) == 2
    assert all(each.wiped for each in waiting)


async def test_one_listener_at_a_time_and_none_after_the_release(scanner: BarcodeScanner) -> None:
    first = asyncio.ensure_future(_all(scanner))
    await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await anext(scanner.scans())
    await scanner.release()
    assert await first == []


async def _all(scanner: Scanner) -> list[object]:
    return [read async for read in scanner.scans()]


async def test_the_same_code_later_is_a_new_showing(wire: Wire) -> None:
    device = BarcodeScanner("scanner+serial:///dev/none", wire, Timings(duplicate_s=0.001), ENTER, lambda: bytearray)
    async with device as scanner:
        listening = scanner.scans()
        for _ in range(2):
            read = asyncio.ensure_future(anext(listening))
            await asyncio.sleep(0.01)  # real time passes between two showings
            await wire.send(b"B042\r")
            assert isinstance(await read, Scan)


async def test_nothing_that_is_read_is_logged_or_named(wire: Wire, scanner: BarcodeScanner) -> None:
    with capture_logs() as logged:
        listening = scanner.scans()
        for frame in (b"ERIKSSON\r", b"ERIKSSON\x1b\r", b"ERIKSSON"):
            read = asyncio.ensure_future(anext(listening))
            await asyncio.sleep(0)
            await wire.send(frame)
            assert "ERIKSSON" not in repr(await read)
        assert wire.far is not None
        await wire.far.close()
    assert "ERIKSSON" not in repr(logged)


async def test_a_wiped_code_is_gone(wire: Wire, scanner: BarcodeScanner) -> None:
    read = asyncio.ensure_future(anext(scanner.scans()))
    await asyncio.sleep(0)
    await wire.send(b"B042\r")
    scan = await read
    assert isinstance(scan, Scan)
    scan.wipe()
    assert scan.wiped
    assert bytes(scan.text) == bytes(4)


async def test_a_wedge_that_types_commands_gives_no_code() -> None:
    line = PtyLine()
    simulator = ScannerSimulator(line, CodeEnvelope(), as_keys)
    await simulator.start()
    device = await asyncio.to_thread(open_device, f"scanner+evdev://{line.address}", TIMINGS)
    async with device:
        assert isinstance(device, Scanner)
        listening = device.scans()
        read = asyncio.ensure_future(anext(listening))
        await asyncio.sleep(0)
        await simulator.scan("", "commands")
        assert isinstance(await read, ScanFailure)
        await simulator.scan("B042")
        assert isinstance(await anext(listening), Scan)
        await listening.aclose()
    await simulator.stop()


@pytest.mark.parametrize(("scheme", "encode"), [("scanner+serial", over_serial), ("scanner+evdev", as_keys)])
async def test_readers_that_name_the_symbology_end_with_tab_and_send_lines(scheme: str, encode: Any) -> None:
    line = PtyLine()
    simulator = ScannerSimulator(line, CodeEnvelope(suffix=b"\t"), encode)
    await simulator.start()
    # Wide enough for a machine that is busy: a keyboard sends one key at a time.
    device = await asyncio.to_thread(open_device, f"{scheme}://{line.address}?gap_ms=1000", TIMINGS)
    async with device:
        assert isinstance(device, Scanner)
        listening = device.scans()
        first = asyncio.ensure_future(anext(listening))
        await asyncio.sleep(0)
        await simulator.command(["aim", "]Q1"])
        await simulator.command(["scan", "https://centre.example/t/abc"])
        assert _text(await first) == "https://centre.example/t/abc"
        await simulator.command(["aim", "]L2"])
        await simulator.command(["lines", "@", "ANSI", "DACSPECIMEN"])
        assert _text(await anext(listening)) == "@\rANSI\rDACSPECIMEN"
        await simulator.command(["aim"])
        await simulator.command(["scan", "B042"])
        # Nothing of a code of several lines is left for another scan.
        assert _text(await anext(listening)) == "B042"
        await listening.aclose()
    await simulator.stop()


def _text(read: Read) -> str:
    assert isinstance(read, Scan), read
    return bytes(read.text).decode()


async def test_only_an_input_device_is_taken_for_one(tmp_path: Path) -> None:
    plain, pipe = tmp_path / "plain", tmp_path / "pipe"
    await asyncio.to_thread(plain.write_text, "")
    await asyncio.to_thread(os.mkfifo, pipe)
    for path, reason in (
        (plain, "no-input-device"),
        (pipe, "no-input-device"),
        (Path("/dev/zero"), "no-input-device"),
        (tmp_path / "absent", "no-line"),
    ):
        with pytest.raises(NotConnectedError) as caught:
            await InputAddress(str(path)).connect()
        assert caught.value.placeholders == {"reason": reason}


async def test_nothing_can_be_said_to_an_input_device() -> None:
    line = PtyLine()
    await line.plug()
    pipe = await InputAddress(line.address).connect()
    with pytest.raises(NotConnectedError):
        await pipe.send(b"x")
    await pipe.close()
    await pipe.close()
    await line.close()


async def test_a_wedge_that_is_not_there_is_no_device() -> None:
    device = await asyncio.to_thread(open_device, "scanner+evdev:///dev/input/by-id/none-event-kbd", TIMINGS)
    async with device:
        assert device.status.state is DeviceState.NO_DEVICE
