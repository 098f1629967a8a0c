"""What is done with a payment afterwards: reversed, given back, closed with the day; and its receipts."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from peripherals.device import HealthAnswer, open_device
from peripherals.errors import TerminalRefusedError, UrlInvalidError
from peripherals.money import Amount
from peripherals.payment.port import Order, Result, TerminalReceiptKind
from tests.peripherals.payment.zvt.desk import PRICE, Desk, desk


@pytest.mark.parametrize("scheme", ["old", "new"])
async def test_a_payment_is_reversed_once(at: Desk, scheme: str) -> None:
    at.simulator.set(scheme=scheme)
    paid = await at.pay()
    order = Order("undo", PRICE, undoes=paid.reference)
    undone = await at.device.reverse(order, paid)
    assert (undone.result, undone.reason, undone.amount) == (Result.APPROVED, "", PRICE)
    assert at.charged == 0
    again = await at.device.reverse(replace(order, id="again"), paid)
    assert (again.result, again.reason) == (Result.APPROVED, "already-reversed")
    assert at.charged == 0
    with pytest.raises(TerminalRefusedError):
        await at.device.reverse(order, replace(paid, reference=""))


async def test_part_of_a_payment_is_given_back(at: Desk) -> None:
    paid = await at.pay()
    back = await at.device.refund(Order("back", Amount(234, "EUR"), undoes=paid.reference), paid)
    assert (back.result, back.amount) == (Result.APPROVED, Amount(234, "EUR"))
    assert at.charged == 1000
    for amount in (Amount(1235, "EUR"), Amount(1, "CHF")):
        with pytest.raises(TerminalRefusedError):
            await at.device.refund(Order("more", amount), paid)


async def test_the_number_of_a_transaction_comes_back_in_the_next(at: Desk, tmp_path: Path) -> None:
    at.simulator.set(scheme="new")
    await at.pay()
    await at.pay(Order("second", PRICE))
    lines = (await asyncio.to_thread((tmp_path / "books").read_text)).splitlines()
    [confirmed] = [line for line in lines if '"confirmed"' in line]
    unique = next(line for line in lines if '"charged"' in line).split('"unique": ')[1].split(",")[0]
    assert unique in confirmed


async def test_the_end_of_a_day(at: Desk) -> None:
    await at.pay()
    await at.pay(Order("second", PRICE))
    closed = await at.device.end_day()
    assert closed.result is Result.APPROVED
    assert [(each.amount, each.count) for each in closed.totals] == [(Amount(2468, "EUR"), 2)]
    assert [each.kind for each in closed.receipts] == [TerminalReceiptKind.ADMIN]
    assert (await at.device.end_day()).totals[0].amount.minor == 0


async def test_receipts_once_more_and_a_diagnosis(at: Desk) -> None:
    with pytest.raises(TerminalRefusedError):
        await at.device.repeat_receipts()
    paid = await at.pay()
    assert await at.device.repeat_receipts() == paid.receipts
    assert [each.kind for each in await at.device.diagnose()] == [TerminalReceiptKind.ADMIN]
    assert at.charged == PRICE.minor


@pytest.mark.parametrize("who", ["composed", "terminal"])
async def test_receipts_that_do_not_come_through_us(tmp_path: Path, who: str) -> None:
    async with desk("tcp", tmp_path, f"&receipts={who}&title=Fee") as at:
        told = await at.pay()
        assert at.device.status.prints is (HealthAnswer.YES if who == "terminal" else HealthAnswer.NO)
        assert [each.kind for each in told.receipts] == (
            [TerminalReceiptKind.MERCHANT, TerminalReceiptKind.CUSTOMER] if who == "composed" else []
        )
        if who == "composed":
            assert told.receipts == await at.device.repeat_receipts()
            text = "\n".join(told.receipts[1].lines)
            for part in ("Fee", "52500038", "0001", "000001", "12.34 EUR", "girocard", "************1111"):
                assert part in text


async def test_a_signature_is_told_before_the_goods_are_issued(at: Desk) -> None:
    at.simulator.set(signature=True)
    told = await at.pay()
    assert [each.signature for each in at.decided] == [True]
    assert [each.signature for each in told.receipts] == [True, False]


@pytest.mark.parametrize("charset", ["cp437", "iso8859-1", "iso8859-15", "utf-8"])
async def test_receipts_are_read_in_the_terminals_own_characters(tmp_path: Path, charset: str) -> None:
    async with desk("tcp", tmp_path, f"&charset={charset}") as at:
        at.simulator.set(charset=charset)
        told = await at.pay()
        merchant, customer = told.receipts
        assert (merchant.kind, merchant.lines[0]) == (TerminalReceiptKind.MERCHANT, "* * Händlerbeleg * *")
        assert customer.kind is TerminalReceiptKind.CUSTOMER


async def test_blocks_that_say_their_characters_need_no_setting(tmp_path: Path) -> None:
    async with desk("tcp", tmp_path, "&charset=iso8859-1") as at:
        at.simulator.set(prints="blocks", charset="iso8859-1")
        assert (await at.pay()).receipts[0].lines[0] == "* * Händlerbeleg * *"


def test_characters_that_nobody_has_are_named() -> None:
    with pytest.raises(UrlInvalidError):
        open_device("zvt+tcp://127.0.0.1:1?charset=ebcdic")
