"""Wireshark's dissector of ZVT, by another hand, reads what driver and simulator say as we meant it."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from peripherals.device import open_device
from peripherals.money import Amount
from peripherals.payment.port import Order, Result, Transaction
from peripherals.payment.zvt.apdu import Apdu, ControlField
from peripherals.payment.zvt.describe import describe
from peripherals.payment.zvt.device import ZvtTerminal
from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from peripherals.simulation import TcpLine
from tests.peripherals.payment.zvt.desk import TIMINGS
from tests.peripherals.payment.zvt.wiretap import PORT, Tap, tapped

PRICE = Amount(9876, "EUR")
#: Commands that its table does not have, so that it takes none of them for ZVT.
UNKNOWN_TO_IT = frozenset({ControlField.STATUS_ENQUIRY, ControlField.REPEAT_RECEIPT})
#: Names of our fields, and of theirs.
SAME = {
    "amount": "zvt.amount",
    "currency": "zvt.cc",
    "result": "zvt.result_code",
    "terminal": "zvt.terminal_id",
    "trace": "zvt.trace_number",
    "card-name": "zvt.card_name",
}


def every(tree: Any, name: str) -> list[Any]:
    """Find all values of a name in what tshark gives, in order."""
    if isinstance(tree, list):
        return [found for each in tree for found in every(each, name)]
    if not isinstance(tree, dict):
        return []
    found: list[Any] = []
    for key, value in tree.items():
        found += (value if isinstance(value, list) else [value]) if key == name else every(value, name)
    return found


async def dissect(path: Path) -> list[dict[str, Any]]:
    """Have tshark decode a capture: what it makes of each packet that it takes for ZVT."""
    command = [
        "tshark",
        "-r",
        str(path),
        "-d",
        f"tcp.port=={PORT},zvt",
        "-Y",
        "zvt",
        "-T",
        "json",
        "--no-duplicate-keys",
    ]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, error = await process.communicate()
    assert process.returncode == 0, error.decode()
    return [each["_source"]["layers"]["zvt"] for each in json.loads(out)]


async def talk(tap: Tap, simulator: TerminalSimulator) -> None:
    """Have every command said, and every message of a terminal."""

    async def decide(_: Transaction) -> bool:
        return True

    device = open_device(f"zvt+tcp://{tap.address}?t3_ms=2000", TIMINGS)
    assert isinstance(device, ZvtTerminal)
    async with device:
        for number, (prints, scheme) in enumerate((("lines", "old"), ("blocks", "new"))):
            simulator.set(prints=prints, scheme=scheme)
            paid = await device.pay(Order(str(number), PRICE, "fr"), follow=lambda _: None, decide=decide)
            assert paid.result is Result.APPROVED
        simulator.set(result=0x78)
        await device.pay(Order("declined", PRICE), follow=lambda _: None, decide=decide)
        await device.reverse(Order("undo", PRICE), paid)
        await device.refund(Order("back", Amount(1, "EUR")), paid)
        await device.repeat_receipts()
        await device.diagnose()
        await device.end_day()


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed: installer/setup tests")
async def test_everything_that_is_said_is_read_as_it_was_meant(tmp_path: Path) -> None:
    simulator = TerminalSimulator(TcpLine(), tmp_path / "books")
    await simulator.start()
    async with tapped(simulator.address) as tap:
        await talk(tap, simulator)
    await simulator.stop()
    capture = tmp_path / "talk.pcap"
    await asyncio.to_thread(tap.write, capture)
    theirs = await dissect(capture)
    ours = [apdu for _, apdu in tap.units() if apdu.control not in UNKNOWN_TO_IT]
    assert len(theirs) == len(ours) > 100
    said = {each.control for each in ours}
    assert said >= {0x040F, 0x04FF, 0x0600, 0x0601, 0x060F, 0x061E, 0x0630, 0x0631, 0x0650, 0x0670, 0x06D1, 0x06D3}
    for apdu, tree in zip(ours, theirs, strict=True):
        compare(apdu, tree)
    assert not every(theirs, "zvt.apdu_len.invalid")


def compare(apdu: Apdu, tree: dict[str, Any]) -> None:
    """Compare one unit as we describe it with what tshark makes of it."""
    shown = describe(apdu)
    assert every(tree, "zvt.length_field") == [str(shown["length"])]
    if apdu.positive:
        assert [int(each, 16) for each in every(tree, "zvt.ccrc")] == [apdu.control >> 8]
        return
    assert [int(each, 16) for each in every(tree, "zvt.control_field")] == [apdu.control]
    fields = {each["name"]: each["value"] for each in shown["fields"]}  # type: ignore[attr-defined]
    for name, value in fields.items():
        if name in SAME and apdu.control != ControlField.PRINT_TEXT:
            assert [normal(name, each) for each in every(tree, SAME[name])] == [normal(name, value)]
    match apdu.control:
        case ControlField.REGISTRATION:
            assert [int(each, 16) for each in every(tree, "zvt.reg.config_byte")] == [0xBE]
            assert [int(each, 16) for each in every(tree, "zvt.cc")] == [0x0978]
            assert [int(each, 16) for each in every(tree, "zvt.tlv.permitted_command")] == [ControlField.PRINT_TEXT]
            assert every(tree, "zvt.characters_per_line") == ["40"]
        case ControlField.INTERMEDIATE_STATUS:
            assert [int(each, 16) for each in every(tree, "zvt.int_status")] == [int(str(shown["status"]), 16)]
        case ControlField.ABORTED:
            assert [int(each, 16) for each in every(tree, "zvt.result_code")] == [int(str(shown["result"]), 16)]
        case ControlField.PRINT_TEXT:
            [block] = [each for each in shown["tlv"] if each["name"] == "print-texts"]  # type: ignore[attr-defined]
            assert [line.strip() for line in every(tree, "zvt.tlv.text_lines.line")] == [
                each["value"].strip() for each in block["objects"] if each["value"]
            ]
            [kind] = [each["value"] for each in shown["tlv"] if each["name"] == "receipt-kind"]  # type: ignore[attr-defined]
            assert [int(each, 16) for each in every(tree, "zvt.tlv.receipt_type")] == [int(kind, 16)]
        case ControlField.STATUS_INFORMATION if "trace" in fields:
            # E stands for a digit that the terminal masked; the dissector shows it so.
            assert [each.replace("?", "*") for each in every(tree, "zvt.card_number")] == [fields["card-number"]]
            assert every(tree, "zvt.time") == [":".join(pairs(fields["time"]))]
            assert every(tree, "zvt.date") == ["/".join(pairs(fields["date"]))]
            assert 0x1F10 in [int(each, 16) for each in every(tree, "zvt.tlv.tag")]
        case _:
            pass


def normal(name: str, value: str) -> str | int:
    """Bring what both show into one form."""
    if name == "amount":
        return int(value)
    if name in {"currency", "result"}:
        return int(value, 16)
    return value.strip("\0")


def pairs(digits: str) -> list[str]:
    return [digits[at : at + 2] for at in range(0, len(digits), 2)]
