"""Whole payments between driver and simulator, on both lines: what is told is what the terminal's own books say."""

import asyncio
from pathlib import Path

import pytest

from peripherals.device import DeviceState, HealthAnswer
from peripherals.errors import BusyError, NotConnectedError, TerminalRefusedError
from peripherals.payment.port import Order, Progress, Result, TerminalReceiptKind
from peripherals.payment.zvt.apdu import ControlField
from tests.peripherals.payment.zvt.desk import PRICE, Desk, desk


@pytest.mark.parametrize("scheme", ["old", "new"])
@pytest.mark.parametrize("prints", ["lines", "blocks", "none"])
async def test_an_approved_payment(at: Desk, scheme: str, prints: str) -> None:
    at.simulator.set(scheme=scheme, prints=prints)
    told = await at.pay()
    assert (told.result, told.amount, told.reason) == (Result.APPROVED, PRICE, "")
    assert (told.reference, told.trace, told.terminal) == ("0001", "000001", "52500038")
    assert told.at is not None
    assert at.heard == [Progress.PRESENT_CARD, Progress.AUTHORISING, Progress.APPROVED]
    assert [(each.reference, each.result) for each in at.decided] == [("0001", Result.APPROVED)]
    wanted = [] if prints == "none" else [TerminalReceiptKind.MERCHANT, TerminalReceiptKind.CUSTOMER]
    assert [each.kind for each in told.receipts] == wanted
    assert all("Betrag 12.34" in each.lines for each in told.receipts)
    assert (at.charged, at.asked) == (PRICE.minor, 1)


@pytest.mark.parametrize(
    ("code", "result", "reason"),
    [
        (0x05, Result.DECLINED, "declined-by-bank"),
        (0x78, Result.DECLINED, "card-expired"),
        (0xC3, Result.DECLINED, "amount-too-high"),
        (0x6C, Result.CANCELLED, "aborted"),
        (0xA1, Result.FAILED, "no-connection"),
        (0xB6, Result.FAILED, "zvt-b6"),
    ],
)
async def test_a_payment_that_comes_to_nothing(at: Desk, code: int, result: Result, reason: str) -> None:
    at.simulator.set(result=code)
    told = await at.pay()
    assert (told.result, told.reason) == (result, reason)
    assert (at.charged, at.asked, at.decided) == (0, 1, [])


@pytest.mark.parametrize("scheme", ["old", "new"])
async def test_goods_that_cannot_be_issued_are_not_paid(at: Desk, scheme: str) -> None:
    at.simulator.set(scheme=scheme)
    at.goods = False
    told = await at.pay()
    assert (told.result, told.reason) == (Result.CANCELLED, "goods-not-issued")
    assert (at.charged, at.asked) == (0, 1)
    # Only a terminal that does not reverse by itself has to be told to.
    assert at.simulator.commands.count(ControlField.REVERSAL) == (scheme == "new")


@pytest.mark.parametrize("scheme", ["old", "new"])
async def test_who_decides_may_take_longer_than_a_terminal_waits(at: Desk, scheme: str) -> None:
    at.simulator.set(scheme=scheme)

    async def until_the_terminal_waited() -> None:
        for _ in range(5):
            await at.simulator.waits.get()

    at.before = until_the_terminal_waited
    told = await at.pay()
    assert told.result is Result.APPROVED
    assert (at.charged, len(at.decided)) == (PRICE.minor, 1)


async def test_who_cannot_decide_is_not_paid(at: Desk) -> None:
    async def fail() -> None:
        raise RuntimeError("the journal is full")

    at.before = fail
    assert (await at.pay()).reason == "goods-not-issued"
    assert at.charged == 0


async def test_a_caller_who_is_gone_is_not_paid(at: Desk) -> None:
    asked = asyncio.Event()

    async def never() -> None:
        asked.set()
        await asyncio.Event().wait()

    at.before = never
    paying = asyncio.create_task(at.pay())
    await asked.wait()
    paying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await paying
    at.before = None
    assert (await at.pay(Order("second", PRICE))).result is Result.APPROVED
    assert at.charged == PRICE.minor


async def test_another_amount_is_not_taken(at: Desk) -> None:
    at.simulator.set(surcharge=100)
    told = await at.pay()
    assert (told.result, told.reason) == (Result.CANCELLED, "amount-differs")
    assert (at.charged, at.decided) == (0, [])


async def test_a_busy_terminal_takes_no_payment(at: Desk) -> None:
    at.simulator.set(busy=True)
    with pytest.raises(TerminalRefusedError) as caught:
        await at.pay()
    assert caught.value.placeholders == {"reason": "terminal-busy"}
    assert (await at.device.check_health()).state is DeviceState.DEVICE_BUSY
    assert at.asked == 0


async def test_a_terminal_that_is_away_takes_no_payment(at: Desk) -> None:
    await at.simulator.command(["unplug"])
    async for status in at.device.watch():
        if status.state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE}:
            break
    with pytest.raises(NotConnectedError):
        await at.pay()


@pytest.mark.parametrize(
    ("code", "state", "reason"),
    [
        (0xCC, DeviceState.USER_ERROR, "printer"),
        (0xB2, DeviceState.OFFLINE, "journal-full"),
        (0xE3, DeviceState.HARDWARE_ERROR, "zvt-e3"),
    ],
)
async def test_a_terminal_that_is_not_well_takes_no_payment(
    at: Desk, code: int, state: DeviceState, reason: str
) -> None:
    at.simulator.set(status=code)
    assert (await at.device.check_health()).state is state
    with pytest.raises(TerminalRefusedError) as caught:
        await at.device.mark()
    assert caught.value.placeholders == {"reason": reason}


@pytest.mark.parametrize("version", ["2.14.15", "GER-APP-v2.0.9;cR02.01.01-00.09-2-2;CC26"])
async def test_a_terminal_that_states_its_version_takes_a_payment(at: Desk, version: str) -> None:
    at.simulator.set(version=version)
    assert (await at.device.check_health()).state is DeviceState.ONLINE
    assert (await at.pay()).result is Result.APPROVED
    assert at.charged == PRICE.minor
    at.simulator.set(status=0xCC)
    assert (await at.device.check_health()).state is DeviceState.USER_ERROR


async def test_somebody_who_changes_their_mind(at: Desk) -> None:
    at.simulator.set(card_s=20)
    paying = asyncio.create_task(at.pay())
    await at.invited.wait()
    with pytest.raises(BusyError):
        await at.pay(Order("second", PRICE))
    await at.device.abort()
    told = await paying
    assert (told.result, told.reason) == (Result.CANCELLED, "aborted")
    assert at.charged == 0
    await at.device.abort()


async def test_an_abort_that_comes_too_late(at: Desk) -> None:
    at.before = at.device.abort
    assert (await at.pay()).result is Result.APPROVED
    assert ControlField.ABORT not in at.simulator.commands


async def test_an_abort_before_the_terminal_was_asked_is_not_forgotten(at: Desk) -> None:
    at.simulator.set(card_s=20)
    paying = asyncio.create_task(at.pay())
    await asyncio.sleep(0)
    await at.device.abort()
    assert (await paying).result is Result.CANCELLED


async def test_a_wrong_password_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    await asyncio.to_thread(secret.write_text, "123456\n")
    async with desk("tcp", tmp_path, f"&password_file={secret}") as at:
        assert at.device.status.state is DeviceState.OFFLINE
        assert at.device.status.registered is HealthAnswer.NO
        with pytest.raises(TerminalRefusedError):
            await at.pay()
        assert at.asked == 0


@pytest.mark.parametrize(("status", "command"), [(0x50, ControlField.INITIALISATION), (0xC2, ControlField.DIAGNOSIS)])
async def test_a_terminal_gets_what_it_needs_after_it_was_registered(
    tmp_path: Path, status: int, command: ControlField
) -> None:
    async with desk("tcp", tmp_path) as at:
        at.simulator.set(status=status)
        await at.simulator.power_cycle()
        while at.device.status.state is DeviceState.ONLINE:
            await anext(at.device.watch())
        await at.back()
        assert command in at.simulator.commands
        assert (await at.pay()).result is Result.APPROVED
