"""Device addresses, settings, serial lines, and the codes of failures."""

import asyncio
import errno
import os
import pty
import re
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals import errors
from peripherals.device import DeviceState, Timings, open_device
from peripherals.documents.serial_reader.device import SerialReader
from peripherals.errors import (
    DriverUnknownError,
    NotConnectedError,
    PeripheralError,
    SettingInvalidError,
    UrlInvalidError,
)
from peripherals.printers.escpos.device import EscposPrinter
from peripherals.simulation import PtyLine
from peripherals.transports.serial import SerialAddress, find_line, usb_name
from peripherals.transports.tcp import TcpAddress

DOCUMENT = Path(__file__).parents[2] / "docs" / "failure-codes.md"


def test_addresses() -> None:
    printer = open_device("escpos+tcp://10.0.0.7:9101?width=512")
    assert isinstance(printer, EscposPrinter)
    assert (printer.width, printer._address) == (512, TcpAddress("10.0.0.7", 9101))
    reader = open_device("mrz+serial://usb-04b8-0202-X1?envelope=desko&parity=E&bits=7&flow=rts")
    assert isinstance(reader, SerialReader)
    assert reader._address == SerialAddress("usb-04b8-0202-x1", 9600, "E", 7, 1, "rts")


def test_addresses_that_cannot_be_used(subtests: pytest.Subtests) -> None:
    for url in (
        "",
        "escpos",
        "escpos+tcp://",
        "escpos+tcp://host:notaport",
        "escpos+tcp://host/path",
        "escpos+tcp://host?width=0",
        "escpos+tcp://host?width=²",
        "escpos+tcp://host?widht=576",
        "escpos+tcp://host?width=512&width=576",
        "escpos+tcp://host?proof=maybe",
        "escpos+serial://",
        "escpos+serial:///dev/ttyS0?baud=12345",
        "escpos+serial:///dev/ttyS0?parity=X",
        "escpos+serial:///dev/ttyS0?flow=dtr",
        "escpos+serial://usb-1-2",
        "mrz+tcp://host",
        "mrz+serial:///dev/ttyS0?envelope=none",
        "mrz+serial:///dev/ttyS0?envelope=generic&prefix=zz",
        "mrz+serial:///dev/ttyS0?envelope=generic&prefix=02",
        "mrz+serial:///dev/ttyS0?envelope=desko&gap_ms=1",
        "scanner+serial://",
        "scanner+serial:///dev/ttyS0?prefix=zz",
        "scanner+serial:///dev/ttyS0?suffix=",
        "scanner+serial:///dev/ttyS0?envelope=generic",
        "scanner+evdev://",
        "scanner+evdev:///",
        "scanner+evdev://host/dev/input/event0",
        "scanner+evdev:///dev/input/event0?baud=9600",
    ):
        with subtests.test(url=url), pytest.raises(UrlInvalidError):
            open_device(url)


def test_a_scheme_without_a_driver() -> None:
    with pytest.raises(DriverUnknownError) as caught:
        open_device("toaster://host")
    assert caught.value.placeholders == {"scheme": "toaster"}


@given(
    st.text(max_size=60)
    | st.text(max_size=40).map("mrz+serial://".__add__)
    | st.text(max_size=40).map("escpos+tcp://".__add__)
)
def test_any_address_opens_or_is_refused(url: str) -> None:
    try:
        open_device(url)
    except (UrlInvalidError, DriverUnknownError):
        return


def test_settings_have_bounds() -> None:
    with pytest.raises(SettingInvalidError) as caught:
        Timings(poll_s=0)
    assert caught.value.placeholders["key"] == "poll_s"


async def test_a_line_that_another_program_holds_is_busy() -> None:
    line = PtyLine()
    await line.plug()
    address = SerialAddress(line.address)
    held = await address.connect()
    device = await asyncio.to_thread(open_device, f"mrz+serial://{line.address}", Timings(reopen_first_s=0.02))
    async with device:
        assert device.status.state is DeviceState.DEVICE_BUSY
        await held.close()
        async with asyncio.timeout(60):
            async for status in device.watch():
                if status.state is DeviceState.UNKNOWN:
                    break
    await line.close()


async def test_a_line_that_is_no_line_is_not_connected(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    await asyncio.to_thread(plain.write_text, "")
    for path in (plain, tmp_path / "absent"):
        with pytest.raises(NotConnectedError):
            await SerialAddress(str(path)).connect()


async def test_a_pseudo_terminal_has_no_control_lines_and_works() -> None:
    line = PtyLine()
    arrived: asyncio.Queue[bytes] = asyncio.Queue()
    line.received = arrived.put_nowait
    await line.plug()
    pipe = await SerialAddress(line.address, flow="rts").connect()
    await pipe.send(b"x")
    assert await arrived.get() == b"x"
    await pipe.close()
    await pipe.close()
    await line.close()


def test_names_of_adapters() -> None:
    assert usb_name(0x04B8, 0x0202, "X1") == "usb-04b8-0202-X1"
    assert find_line("/dev/ttyUSB0") == "/dev/ttyUSB0"
    with pytest.raises(NotConnectedError):
        find_line("usb-ffff-ffff-nobody")


def _codes(root: type[PeripheralError]) -> Iterator[str]:
    """Give the codes of all errors; what only its own module tells apart has the code of its parent."""
    for each in root.__subclasses__():
        if "code" in vars(each):
            yield each.code
        yield from _codes(each)


def test_every_code_is_explained_and_stands_in_the_tree() -> None:
    codes = [PeripheralError.code, *_codes(PeripheralError)]
    assert len(codes) == len(set(codes))
    section = DOCUMENT.read_text().partition("## Peripherals")[2].partition("\n## ")[0]
    explained = re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)
    assert sorted(explained) == sorted(codes)
    assert sorted(re.findall(r"Error +([a-z-]+)$", errors.__doc__ or "", re.MULTILINE)) == sorted(codes)


async def test_a_line_that_is_unplugged_while_it_is_set_up_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    path, set_up = os.ttyname(theirs), termios.tcsetattr
    os.close(theirs)

    def unplugged(*setting: Any) -> None:
        os.close(ours)
        set_up(*setting)

    monkeypatch.setattr(termios, "tcsetattr", unplugged)
    with pytest.raises(NotConnectedError) as failure:
        await SerialAddress(path).connect()
    assert failure.value.placeholders == {"reason": f"errno-{errno.EIO}"}
