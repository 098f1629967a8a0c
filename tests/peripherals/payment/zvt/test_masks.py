"""A terminal that sends a card's number and track as they are: neither gets out of the frame layer."""

import asyncio
import json
import traceback
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from peripherals.errors import ZvtInvalidError
from peripherals.payment.port import Order, Result
from peripherals.payment.zvt import tlv
from peripherals.payment.zvt.apdu import Apdu, ControlField
from peripherals.payment.zvt.bmp import Bmp, encode, parse
from peripherals.payment.zvt.describe import describe
from peripherals.payment.zvt.receipts import ReceiptReader
from peripherals.payment.zvt.simulator import messages
from peripherals.payment.zvt.simulator.books import ZvtTransaction
from tests.peripherals.payment.zvt.desk import PRICE, desk

#: Made up, with a check digit that fits (ISO/IEC 7812-1): no issuer has these first digits.
CARD = "9990001234567890"
TRACK = "2912101000000000000"


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as entries:
        yield entries


def planted(text: str) -> bool:
    """Whether any eight digits in a row of the card's number, or its track, are in a text."""
    digits = "".join(each for each in text if each.isdecimal())
    return any(CARD[at : at + 8] in digits for at in range(len(CARD) - 7)) or TRACK in digits


@pytest.mark.parametrize("prints", ["lines", "blocks", "none"])
@pytest.mark.parametrize("receipts", ["lines", "composed"])
async def test_nothing_of_a_card_gets_out(tmp_path: Path, logged: list[Any], prints: str, receipts: str) -> None:
    reported: list[Any] = []
    async with desk("tcp", tmp_path, f"&receipts={receipts}") as at:
        at.simulator._report = reported.append
        at.simulator.set(card=CARD, prints=prints)
        told = await at.pay()
        assert (told.result, told.card) == (Result.APPROVED, CARD[-4:])
        repeated = await at.device.repeat_receipts()
        order = Order("again", PRICE, mark=await at.device.mark())
        at.simulator.set(drop="committed")
        doubt = await at.pay(order)
        await at.back()
        found = await at.device.look_up(order)
        books = await asyncio.to_thread((tmp_path / "books").read_text)
        status = await at.simulator.command(["status"])
    everything = [told, repeated, doubt, found, at.decided, at.heard, logged, reported, books, status, order]
    texts = [repr(each) for each in everything]
    texts += [line for each in (told, found) if each for receipt in each.receipts for line in receipt.lines]
    texts += [json.dumps(asdict(told), default=str), *(line for each in repeated for line in each.lines)]
    assert not [text for text in texts if planted(text)]
    # The search would find it, and the last digits are there for whoever holds the card.
    assert planted(f"x {CARD[:4]} {CARD[4:]}")
    if prints != "none" or receipts == "composed":
        assert any(line.endswith(CARD[-4:]) for receipt in told.receipts for line in receipt.lines)


def test_nothing_of_a_card_is_in_what_people_are_shown_of_a_unit() -> None:
    entry = ZvtTransaction("payment", 1, 1, 1234, 978, datetime.now(UTC))
    whole = messages.status(entry, card=CARD, signature=False)
    assert CARD in whole.data.hex()
    assert TRACK in whole.data.hex()
    block = messages.print_block([f"Karte {CARD}"], messages.MERCHANT)
    [line] = messages.print_lines([f"Karte {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]}"])
    secret = tlv.Object(0x1F09, bytes.fromhex(CARD))
    hidden = Apdu(ControlField.STATUS_INFORMATION, encode(Bmp.CONTAINER, tlv.encode(tlv.Object(0x60, b"", (secret,)))))
    for apdu in (whole, block, line, hidden):
        assert not planted(repr(apdu) + json.dumps(describe(apdu)) + repr(parse(apdu.data, strict=False)))
    shown = {each["name"]: each["value"] for each in describe(whole)["fields"]}  # type: ignore[attr-defined]
    assert shown["card-number"] == "************7890"


@given(st.integers(0, 200))
def test_a_line_that_is_cut_is_masked_before(before: int) -> None:
    reader = ReceiptReader()
    reader.add(Apdu(ControlField.PRINT_LINE, b"\x00" + b"x" * before + CARD.encode()))
    assert not any(CARD[:5] in line for receipt in reader.collect(signed=False) for line in receipt.lines)


def test_a_password_is_in_nothing_that_people_are_shown() -> None:
    apdu = Apdu(ControlField.REGISTRATION, bytes.fromhex("135790BE0978"))
    assert "135790" not in repr(apdu) + json.dumps(describe(apdu))


def test_an_error_holds_no_byte_of_what_was_read() -> None:
    data = bytes((Bmp.CARD_NUMBER, 0xF1, 0xF0)) + bytes.fromhex(CARD)
    with pytest.raises(ZvtInvalidError) as caught:
        parse(data)
    assert not planted(repr(caught.value) + "".join(traceback.format_exception_only(caught.value)))


@given(st.binary(max_size=60))
def test_a_card_s_field_shows_four_digits_at_most(number: bytes) -> None:
    [field] = parse(encode(Bmp.CARD_NUMBER, number)).found
    assert field.value == b""
    assert sum(each.isdecimal() for each in field.shown) <= 4
