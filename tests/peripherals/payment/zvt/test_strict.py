"""The simulator refuses what terminals refuse, and counts each currency by itself; asked without our driver."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from peripherals.money import Amount
from peripherals.payment.zvt import commands
from peripherals.payment.zvt.apdu import DONE, Apdu, ControlField, decode
from peripherals.payment.zvt.bmp import Bmp, bcd, encode, parse
from peripherals.payment.zvt.commands import RECEIPTS
from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from peripherals.simulation import TcpLine

PASSWORD, WRONG = "000000", "123456"
EUR, USD, NZD = 978, 840, 554
PRICE = Amount(1234, "EUR")


class Register:
    """Asks, and agrees with whatever the terminal says."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def __call__(self, apdu: Apdu) -> list[Apdu]:
        """Give what was said, up to completion, abort or refusal."""
        self._writer.write(apdu.encode())
        said: list[Apdu] = []
        while not said or not (said[-1].refusal or said[-1].control in {ControlField.COMPLETION, ControlField.ABORTED}):
            head = await self._reader.readexactly(3)
            size = head[2] if head[2] != 0xFF else 0
            if head[2] == 0xFF:
                head += (length := await self._reader.readexactly(2))
                size = int.from_bytes(length, "little")
            said.append(decode(head + await self._reader.readexactly(size)))
            if not (said[-1].positive or said[-1].refusal):
                self._writer.write(DONE.encode())
        return said

    async def register(self, currency: int = EUR) -> None:
        await self(commands.registration(PASSWORD, RECEIPTS["terminal"], currency))

    async def pays(self, amount: Amount) -> int:
        """Pay, and give the number of the receipt."""
        said = await self(commands.authorisation(amount, "de", b""))
        assert said[-1].control == ControlField.COMPLETION
        results = [parse(one.data) for one in said if one.control == ControlField.STATUS_INFORMATION]
        return results[-1].number(Bmp.RECEIPT) or 0


@pytest.fixture
async def simulator() -> AsyncIterator[TerminalSimulator]:
    made = TerminalSimulator(TcpLine())
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def register(simulator: TerminalSimulator) -> AsyncIterator[Register]:
    host, port = simulator.address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    made = Register(reader, writer)
    await made.register()
    yield made
    writer.close()


def sum_of(simulator: TerminalSimulator) -> dict[int, int]:
    return simulator.books.sums


@pytest.mark.parametrize("password", [WRONG, "000001"])
async def test_a_wrong_password_moves_no_money(simulator: TerminalSimulator, register: Register, password: str) -> None:
    receipt = await register.pays(PRICE)
    for asked in (
        commands.reversal(password, receipt, PRICE, b""),
        commands.refund(password, PRICE, b""),
        commands.end_of_day(password),
        commands.repeat_receipt(password, commands.RepeatService.SEND_STATUS),
        commands.initialisation(password),
    ):
        said = await register(asked)
        assert [one.refusal for one in said] == [0x9A], asked.name
    assert sum_of(simulator) == {EUR: 1234}
    assert (await register(commands.reversal(PASSWORD, receipt, PRICE, b"")))[-1].control == ControlField.COMPLETION
    assert sum_of(simulator) == {}


def money(control: ControlField, before: bytes, *, amount: int | None, currency: int | None) -> Apdu:
    said = b"" if amount is None else encode(Bmp.AMOUNT, bcd(amount, 6))
    return Apdu(control, before + said + (b"" if currency is None else encode(Bmp.CURRENCY, bcd(currency, 2))))


@pytest.mark.parametrize(("amount", "currency", "code"), [(None, EUR, 0x9A), (0, EUR, 0xC8), (1234, USD, 0x6F)])
async def test_no_amount_none_at_all_and_a_foreign_currency_are_refused(
    simulator: TerminalSimulator, register: Register, amount: int | None, currency: int, code: int
) -> None:
    for asked in (
        money(ControlField.AUTHORISATION, b"", amount=amount, currency=currency),
        money(ControlField.REFUND, bytes(3), amount=amount, currency=currency),
    ):
        last = (await register(asked))[-1]
        assert (last.refusal or last.data[0]) == code, asked.name
    assert simulator.books.entries == []


@pytest.mark.parametrize(("amount", "currency", "code"), [(1234, USD, 0x6F), (1233, EUR, 0xB5), (0, EUR, 0xB5)])
async def test_a_reversal_is_of_the_payment_as_it_was(
    simulator: TerminalSimulator, register: Register, amount: int, currency: int, code: int
) -> None:
    receipt = await register.pays(PRICE)
    head = bytes(3) + encode(Bmp.RECEIPT, bcd(receipt, 2))
    assert (await register(money(ControlField.REVERSAL, head, amount=amount, currency=currency)))[-1].data[0] == code
    assert sum_of(simulator) == {EUR: 1234}
    assert (await register(money(ControlField.REVERSAL, bytes(3), amount=1234, currency=EUR)))[-1].refusal == 0x9A
    said = await register(money(ControlField.REVERSAL, head, amount=None, currency=None))
    assert said[-1].control == ControlField.COMPLETION, "what it was need not be said"
    assert sum_of(simulator) == {}


async def test_the_end_of_the_day_is_by_currency(register: Register) -> None:
    await register.pays(PRICE)
    await register.register(NZD)
    await register.pays(Amount(500, "NZD"))
    await register.pays(Amount(700, "NZD"))
    said = await register(commands.end_of_day(PASSWORD))
    totals = [parse(one.data) for one in said if one.control == ControlField.STATUS_INFORMATION]
    assert [(one.number(Bmp.CURRENCY), one.number(Bmp.AMOUNT)) for one in totals] == [(NZD, 1200), (EUR, 1234)]
    said = await register(commands.end_of_day(PASSWORD))
    (nothing,) = [parse(one.data) for one in said if one.control == ControlField.STATUS_INFORMATION]
    assert (nothing.number(Bmp.CURRENCY), nothing.number(Bmp.AMOUNT)) == (NZD, 0)
