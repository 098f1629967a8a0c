"""Printers on USB: found by who they are wherever they are plugged in, held by one, and patient with empty packets."""

import asyncio
import os
import pty
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from peripherals.device import open_device
from peripherals.errors import BusyError, NotConnectedError, UrlInvalidError
from peripherals.printers.escpos.device import EscposPrinter
from peripherals.transports.usb_printer import UsbPrinter, UsbPrinterAddress, UsbPrinterPipe, printers


def plug(sysfs: Path, name: str, identity: str, serial: str | None = None, text: str = "TM-T20III") -> None:
    """Tell of a printer as the kernel does: its interface lies in the device that has the identity."""
    vendor, product = identity.split("-")
    device = sysfs.parent / "devices" / f"1-{name}"
    (device / "1:1.0").mkdir(parents=True)
    for file, value in {"idVendor": vendor, "idProduct": product, "serial": serial, "product": text}.items():
        if value is not None:
            (device / file).write_text(f"{value}\n")
    (sysfs / name).mkdir(parents=True)
    (sysfs / name / "device").symlink_to(device / "1:1.0")


@pytest.fixture
def sysfs(tmp_path: Path) -> Path:
    return tmp_path / "usbmisc"


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    """Give both ends of what is read and written like a printer: ours, and the path of the other."""
    ours, other = pty.openpty()
    tty.setraw(other)
    yield ours, os.ttyname(other)
    os.close(ours)
    os.close(other)


def test_printers_are_listed_with_the_name_that_an_address_takes(sysfs: Path) -> None:
    plug(sysfs, "lp0", "04b8-0e28", "X3A1", "TM-T20III")
    plug(sysfs, "lp1", "0519-0003", None, "A printer")
    # A number that cannot stand in an address is left out of it.
    plug(sysfs, "lp2", "1504-0011", "A/B C", "Another")
    # Something that is gone by the time that it is looked at.
    (sysfs / "lp3").mkdir()
    found = list(printers(sysfs))
    assert found[0] == UsbPrinter("/dev/usb/lp0", "04b8", "0e28", "X3A1", "TM-T20III")
    assert [one.name for one in found] == ["04b8-0e28-X3A1", "0519-0003", "1504-0011"]
    assert list(printers(sysfs / "nowhere")) == []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("04b8-0e28", "/dev/usb/lp0"),
        ("04B8-0E28-x3a2", "/dev/usb/lp1"),
        ("04b8-0e28-x3a3", None),
        ("04b8-0e29", None),
        ("/dev/usb/lp7", "/dev/usb/lp7"),
    ],
)
def test_a_printer_is_found_by_who_it_is(sysfs: Path, name: str, path: str | None) -> None:
    plug(sysfs, "lp0", "04b8-0e28", "X3A1")
    plug(sysfs, "lp1", "04b8-0e28", "X3A2")
    address = UsbPrinterAddress(name, sysfs)
    if path is not None:
        assert address._path() == path
        return
    with pytest.raises(NotConnectedError) as caught:
        address._path()
    assert caught.value.placeholders == {"reason": "no-line"}


def test_addresses() -> None:
    for text, name in (
        ("escpos+usb://04b8-0e28?width=512", "04b8-0e28"),
        ("escpos+usb://04b8-0e28-X3A1", "04b8-0e28-x3a1"),
        ("escpos+usb:///dev/usb/lp0", "/dev/usb/lp0"),
    ):
        printer = open_device(text)
        assert isinstance(printer, EscposPrinter)
        assert printer._address == UsbPrinterAddress(name)


@pytest.mark.parametrize(
    "url",
    [
        "escpos+usb://",
        "escpos+usb:///",
        "escpos+usb://printer",
        "escpos+usb://4b8-0e28",
        "escpos+usb://04b8-0e28/dev/usb/lp0",
        "escpos+usb://04b8-0e28?baud=9600",
        "escpos+usb:///dev/usb/lp0?width=0",
    ],
)
def test_addresses_that_cannot_be_used(url: str) -> None:
    with pytest.raises(UrlInvalidError):
        open_device(url)


async def test_one_holds_it_and_hears_nothing_that_was_said_before(line: tuple[int, str]) -> None:
    ours, path = line
    await asyncio.to_thread(os.write, ours, b"for somebody before")
    pipe = await UsbPrinterAddress(path).connect()
    with pytest.raises(BusyError):
        await UsbPrinterAddress(path).connect()
    await asyncio.to_thread(os.write, ours, b"for us")
    buffer = bytearray(64)
    async with asyncio.timeout(60):
        assert bytes(buffer[: await pipe.receive_into(buffer)]) == b"for us"
        await pipe.send(b"to it")
    assert await asyncio.to_thread(os.read, ours, 64) == b"to it"
    await pipe.close()
    await pipe.close()
    await (await UsbPrinterAddress(path).connect()).close()


async def test_where_none_is_it_is_not_connected(tmp_path: Path) -> None:
    with pytest.raises(NotConnectedError) as caught:
        await UsbPrinterAddress(str(tmp_path / "lp0")).connect()
    assert caught.value.placeholders == {"reason": "no-line"}


async def test_an_empty_packet_is_not_the_end(tmp_path: Path) -> None:
    """A pipe that nobody writes to is read like a printer that answers with nothing, until it has something to say."""
    path = tmp_path / "lp"
    await asyncio.to_thread(os.mkfifo, path)
    pipe = UsbPrinterPipe(await asyncio.to_thread(os.open, path, os.O_RDONLY | os.O_NONBLOCK))
    buffer = bytearray(64)
    reading = asyncio.create_task(pipe.receive_into(buffer))
    for _ in range(100):
        await asyncio.sleep(0)
    assert not reading.done()
    writer = await asyncio.to_thread(os.open, path, os.O_WRONLY)
    await asyncio.to_thread(os.write, writer, b"ready")
    async with asyncio.timeout(60):
        assert bytes(buffer[: await reading]) == b"ready"
    os.close(writer)
    await pipe.close()
