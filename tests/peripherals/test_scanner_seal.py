"""Seals through a barcode reader, however it writes them; every other code as it always came."""

import asyncio
import base64
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.codes import seal
from peripherals.codes.device import BarcodeScanner
from peripherals.codes.framer import LIMIT, CodeEnvelope, CodeFramer
from peripherals.codes.port import Read, Scan, ScanFailure, ScanFault, SealScan
from peripherals.codes.seal import LONGEST, SealForm
from peripherals.codes.simulator import ScannerSimulator, as_keys, over_serial
from peripherals.device import DeviceUrl, open_device
from peripherals.documents.seals import reading
from peripherals.errors import UrlInvalidError
from peripherals.readings import Pause
from peripherals.simulation import PtyLine
from tests.peripherals.seals import worked_examples as examples

RAW = CodeEnvelope(suffix=b"\r", seal=SealForm.RAW)
HEX = CodeEnvelope(suffix=b"\r", seal=SealForm.HEX)
BASE64 = CodeEnvelope(suffix=b"\r", seal=SealForm.BASE64)
AIM = st.sampled_from([b"", b"]d1", b"]d2", b"]Q1", b"]z0"])
#: What no reader's text has in common with a seal: a code that is none.
PLAIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=200).filter(
    lambda text: text[0] not in "]{" and all(seal.decode(form, text.encode()) is None for form in SealForm)
)
SEALS = st.binary(min_size=1, max_size=600).map(lambda rest: b"\xdc" + rest) | st.just(examples.VDS_NC)


def take(envelope: CodeEnvelope, *pieces: bytes) -> list[Read]:
    framer = CodeFramer(envelope, 3.0)
    reads = [read for piece in pieces for read in framer.feed(piece, 0.0)] + framer.pause()
    assert not any(framer._buffer)
    return reads


def cut(data: bytes, cuts: list[int]) -> list[bytes]:
    marks = sorted({0, len(data), *(each for each in cuts if each < len(data))})
    return [data[start:end] for start, end in pairwise(marks)]


def seals(reads: list[Read]) -> list[bytes]:
    assert all(isinstance(read, SealScan) for read in reads)
    return [bytes(read.data) for read in reads if isinstance(read, SealScan)]


@given(SEALS, AIM, st.lists(st.integers(0, 700), max_size=6))
def test_in_raw_bytes_whatever_they_are(data: bytes, aim: bytes, cuts: list[int]) -> None:
    for suffix in (b"\r", b"\r\n", b"\x03"):
        envelope = CodeEnvelope(prefix=b"\x02", suffix=suffix, seal=SealForm.RAW)
        assert seals(take(envelope, *cut(b"\x02" + aim + data + suffix, cuts))) == [data]


@given(SEALS, AIM, st.lists(st.integers(0, 2000), max_size=6), st.sampled_from(["", " "]))
def test_in_hexadecimal_and_in_base64(data: bytes, aim: bytes, cuts: list[int], between: str) -> None:
    json = data[:1] == b"{"
    dumped = data if json else data.hex(between).encode() if between else data.hex().upper().encode()
    assert seals(take(HEX, *cut(aim + dumped + b"\r\n", cuts))) == [data]
    assert seals(take(BASE64, *cut(aim + (data if json else base64.b64encode(data)) + b"\r\n", cuts))) == [data]


def test_the_longest_seal() -> None:
    data = b"\xdc" + bytes(LONGEST - 1)
    assert seals(take(RAW, b"]d2" + data + b"\r")) == [data]
    assert seals(take(HEX, b"]d2" + data.hex(" ").encode() + b"\r")) == [data]
    assert seals(take(BASE64, b"]d2" + base64.b64encode(data) + b"\r")) == [data]
    for envelope, line in ((RAW, data + b"\x00" * 40), (HEX, data.hex(" ").encode() + b" 00" * 40)):
        assert take(envelope, line + b"\r") == [ScanFailure(ScanFault.TOO_LONG)]


@given(PLAIN)
def test_other_codes_come_as_they_always_did(text: str) -> None:
    for envelope in (RAW, HEX, BASE64):
        [read] = take(envelope, text.encode() + b"\r")
        assert isinstance(read, Scan)
        assert bytes(read.text).decode() == text


@pytest.mark.parametrize("text", ["B042", "DEADBEEF", "68747470", "aGVsbG8=", "3A", "https://centre.example/t/abc"])
def test_a_ticket_that_looks_like_hexadecimal_is_a_ticket(text: str) -> None:
    for envelope in (RAW, HEX, BASE64):
        [read] = take(envelope, text.encode() + b"\r")
        assert isinstance(read, Scan)


def test_a_reader_that_is_set_up_for_no_seals_gives_none() -> None:
    assert take(CodeEnvelope(), examples.VISA + b"\r")[0] == ScanFailure(ScanFault.GARBAGE)
    [read] = take(CodeEnvelope(), b"{" + b"a" * 100 + b"\r")
    assert isinstance(read, Scan)
    assert take(CodeEnvelope(), examples.VDS_NC + b"\r") == [ScanFailure(ScanFault.TOO_LONG)]


def test_codes_stay_as_short_as_they_are_where_seals_may_be_long() -> None:
    for envelope in (RAW, HEX, BASE64):
        assert take(envelope, b"A" * (LIMIT + 1) + b"\r") == [ScanFailure(ScanFault.TOO_LONG)]


def test_raw_bytes_that_do_not_end_with_the_suffix_were_cut() -> None:
    assert take(RAW, examples.VISA) == [ScanFailure(ScanFault.TRUNCATED)]


def test_raw_bytes_that_come_too_slowly() -> None:
    framer = CodeFramer(RAW, 3.0)
    reads = [read for at in range(80) for read in framer.feed(b"\xdc", at * 0.1)]
    assert reads + framer.pause() == [ScanFailure(ScanFault.TOO_SLOW)]


@given(st.lists(st.binary(max_size=400), max_size=5), st.sampled_from([RAW, HEX, BASE64]))
def test_any_bytes_are_taken_and_leave_nothing_behind(pieces: list[bytes], envelope: CodeEnvelope) -> None:
    framer = CodeFramer(envelope, 3.0)
    for piece in pieces:
        for read in framer.feed(piece, 0.0):
            assert isinstance(read, ScanFailure | Scan | SealScan)
    framer.pause()
    assert not any(framer._buffer)
    [read] = framer.feed(b"B042\r", 9.0)
    assert isinstance(read, Scan)


def test_a_seal_is_not_shown_and_can_be_wiped() -> None:
    [read] = take(RAW, examples.VISA + b"\r")
    assert isinstance(read, SealScan)
    assert repr(read) == f"SealScan({len(examples.VISA)} bytes)"
    assert read.digest(b"k" * 16) != read.digest(b"l" * 16)
    read.wipe()
    assert read.wiped


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("scanner+serial:///dev/ttyS9?seal=octal", "seal"),
        ("scanner+serial:///dev/ttyS9?seal=", "seal"),
        ("scanner+serial:///dev/ttyS9?seal=raw", "seal"),
        ("scanner+serial:///dev/ttyS9?seal=raw&suffix=0d&bits=7", "seal"),
        ("scanner+serial:///dev/ttyS9?seal=raw&suffix=0d&flow=xon", "seal"),
        ("scanner+evdev:///dev/input/event9?seal=raw&suffix=0d", "seal"),
    ],
)
async def test_what_cannot_carry_a_seal_is_refused(url: str, part: str) -> None:
    with pytest.raises(UrlInvalidError) as caught:
        await asyncio.to_thread(open_device, url)
    assert caught.value.placeholders["part"] == part


@pytest.mark.parametrize("form", [None, *SealForm])
def test_the_option_is_read(form: SealForm | None) -> None:
    text = "scanner+serial:///dev/ttyS9?suffix=0d" + (f"&seal={form}" if form else "")
    assert CodeEnvelope.from_url(DeviceUrl.parse(text)) == CodeEnvelope(suffix=b"\r", seal=form)


@pytest.mark.parametrize(
    ("scheme", "envelope", "encode"),
    [
        ("scanner+serial", RAW, over_serial),
        ("scanner+serial", HEX, over_serial),
        ("scanner+serial", BASE64, over_serial),
        ("scanner+evdev", HEX, as_keys),
        ("scanner+evdev", BASE64, as_keys),
    ],
)
async def test_from_the_reader_to_the_seal(scheme: str, envelope: CodeEnvelope, encode: Any) -> None:
    line = PtyLine()
    simulator = ScannerSimulator(line, envelope, encode)
    await simulator.start()
    options = f"?seal={envelope.seal}&gap_ms=400&suffix=0d"
    device = await asyncio.to_thread(open_device, f"{scheme}://{line.address}{options}")
    assert isinstance(device, BarcodeScanner)
    if envelope.seal is not SealForm.RAW:
        # The suffix ends it, however slowly the simulator types.
        device._pause = Pause(60.0, device._paused)
    async with device:
        listening = device.scans()
        first = asyncio.ensure_future(anext(listening))
        await asyncio.sleep(0)
        await simulator.scan_seal(examples.RESIDENCE_STICKER, aim=b"]d2")
        read = await first
        assert isinstance(read, SealScan)
        with read.data as data:
            assert reading.describe(reading.parse(data))["fields"]["postal_code"] == "21614"
        await simulator.command(["seal", examples.ADDRESS_STICKER.hex()])
        assert isinstance(await anext(listening), SealScan)
        await simulator.scan("B042")
        assert isinstance(await anext(listening), Scan)
        await listening.aclose()
    await simulator.stop()


@given(AIM, st.integers(5, LONGEST), st.lists(st.integers(0, 2000), max_size=6))
def test_seals_in_text_come_as_they_are(aim: bytes, size: int, cuts: list[int]) -> None:
    """The newer seals are letters and digits, which another code may look like in hexadecimal or Base64."""
    data = b"RDB1B" + b"A" * (size - 5)
    for envelope in (RAW, HEX, BASE64):
        assert seals(take(envelope, *cut(aim + data + b"\r", cuts))) == [data]
