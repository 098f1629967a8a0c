"""Whole payments between driver and simulator, on both lines: what is told is what the terminal's own books say."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from peripherals.device import Answer, DeviceState
from peripherals.errors import BusyError, NotConnectedError, TerminalRefusedError
from peripherals.payment.money import Amount
from peripherals.payment.port import Order, Progress, ReceiptKind, Result
from peripherals.payment.zvt.apdu import Control
from peripherals.payment.zvt.marks import Mark
from peripherals.payment.zvt.simulator import messages
from tests.peripherals.payment.zvt.desk import PRICE, Desk, desk


@pytest.fixture(params=["tcp", "serial"])
async def at(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(request.param, tmp_path) as put:
        yield put


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
    wanted = [] if prints == "none" else [ReceiptKind.MERCHANT, ReceiptKind.CUSTOMER]
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
    assert at.simulator.commands.count(Control.REVERSAL) == (scheme == "new")


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


@pytest.mark.parametrize("scheme", ["old", "new"])
@pytest.mark.parametrize("where", ["before", "after", "committed"])
async def test_a_dropped_line_is_a_doubt_that_can_be_resolved(at: Desk, scheme: str, where: str) -> None:
    await at.pay(Order("earlier", PRICE))
    order = await at.marked()
    at.simulator.set(scheme=scheme, drop=where)
    told = await at.pay(order)
    assert (told.result, told.reason) == (Result.IN_DOUBT, "line-lost")
    await at.back()
    found = await at.device.look_up(order)
    stands = where == "committed" or (where == "after" and scheme == "new")
    if where == "before":
        assert found is None
    else:
        assert found is not None
        wanted = (Result.APPROVED, "") if stands else (Result.FAILED, "reversed-by-terminal")
        assert (found.result, found.reason) == wanted
    assert at.charged == PRICE.minor * (1 + stands)
    assert at.asked == 2


async def test_a_crash_loses_nothing_but_what_was_not_kept(tmp_path: Path) -> None:
    async with desk("tcp", tmp_path) as at:
        await at.pay(Order("earlier", PRICE))
        order = await at.marked()
        at.simulator.set(drop="committed")
        assert (await at.pay(order)).result is Result.IN_DOUBT
    # Terminal and register are started anew: books and mark are all that is left.
    async with desk("tcp", tmp_path) as at:
        found = await at.device.look_up(order)
        assert found is not None
        assert (found.result, found.reference) == (Result.APPROVED, "0002")
        unmarked = await at.device.look_up(replace(order, mark=""))
        assert unmarked is not None
        assert (unmarked.result, unmarked.reason, unmarked.reference) == (Result.IN_DOUBT, "not-proved", "")
        other = await at.device.look_up(replace(order, amount=Amount(1235, "EUR")))
        assert other is not None
        assert (other.result, other.reason) == (Result.IN_DOUBT, "other-amount")
        mark = Mark.parse(order.mark)
        assert mark is not None
        swapped = await at.device.look_up(replace(order, mark=str(replace(mark, terminal="52500039"))))
        assert swapped is not None
        assert swapped.reason == "other-terminal"


async def test_a_lost_completion_changes_nothing(at: Desk) -> None:
    order = await at.marked()
    at.simulator.set(lose_completion=True)
    told = await at.pay(order)
    assert (told.result, told.reason) == (Result.IN_DOUBT, "no-completion")
    await at.back()
    found = await at.device.look_up(order)
    assert found is not None
    assert found.result is Result.APPROVED
    assert (at.charged, at.asked) == (PRICE.minor, 1)


async def test_a_lost_completion_is_no_doubt_where_the_link_proves_that_our_answer_arrived(tmp_path: Path) -> None:
    async with desk("serial", tmp_path, "&receipts=terminal") as at:
        at.simulator.set(lose_completion=True)
        assert (await at.pay()).result is Result.APPROVED
        assert at.charged == PRICE.minor


async def test_a_terminal_restarted_in_mid_transaction_charged_nothing(at: Desk) -> None:
    await at.pay(Order("earlier", PRICE))
    order = await at.marked()
    at.simulator.set(restart=True)
    assert (await at.pay(order)).result is Result.IN_DOUBT
    await at.back()
    assert await at.device.look_up(order) is None
    assert at.charged == PRICE.minor


async def test_a_terminal_that_says_everything_twice(tmp_path: Path) -> None:
    async with desk("tcp", tmp_path) as at:
        at.simulator.set(twice=True)
        told = await at.pay()
        assert (told.result, len(at.decided)) == (Result.APPROVED, 1)
        assert (at.charged, at.asked) == (PRICE.minor, 1)


async def test_one_byte_at_a_time(at: Desk) -> None:
    at.simulator.set(fragments=True, prints="none")
    assert (await at.pay()).result is Result.APPROVED
    assert at.charged == PRICE.minor


@pytest.mark.parametrize("fault", ["wrong_crc", "lost_acks", "naks"])
async def test_a_bad_serial_line_charges_once(tmp_path: Path, fault: str) -> None:
    async with desk("serial", tmp_path) as at:
        order = await at.marked()
        at.simulator.set(**{fault: 2})
        assert (await at.pay(order)).result is Result.APPROVED
        at.simulator.set(**{fault: 0})
        assert (at.charged, at.asked, len(at.decided)) == (PRICE.minor, 1, 1)


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
    assert Control.ABORT not in at.simulator.commands


async def test_an_abort_before_the_terminal_was_asked_is_not_forgotten(at: Desk) -> None:
    at.simulator.set(card_s=20)
    paying = asyncio.create_task(at.pay())
    await asyncio.sleep(0)
    await at.device.abort()
    assert (await paying).result is Result.CANCELLED


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


@pytest.mark.parametrize("where", ["before", "after"])
async def test_a_reversal_can_be_in_doubt_too(at: Desk, where: str) -> None:
    paid = await at.pay()
    order = replace(await at.marked("undo"), undoes=paid.reference)
    at.simulator.set(drop=where)
    assert (await at.device.reverse(order, paid)).result is Result.IN_DOUBT
    await at.back()
    found = await at.device.look_up(order)
    assert (found and found.result) == (None if where == "before" else Result.APPROVED)
    assert at.charged == (PRICE.minor if where == "before" else 0)


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
    assert [each.kind for each in closed.receipts] == [ReceiptKind.ADMIN]
    assert (await at.device.end_day()).totals[0].amount.minor == 0


async def test_receipts_once_more_and_a_diagnosis(at: Desk) -> None:
    with pytest.raises(TerminalRefusedError):
        await at.device.repeat_receipts()
    paid = await at.pay()
    assert await at.device.repeat_receipts() == paid.receipts
    assert [each.kind for each in await at.device.diagnose()] == [ReceiptKind.ADMIN]
    assert at.charged == PRICE.minor


@pytest.mark.parametrize("who", ["composed", "terminal"])
async def test_receipts_that_do_not_come_through_us(tmp_path: Path, who: str) -> None:
    async with desk("tcp", tmp_path, f"&receipts={who}&title=Fee") as at:
        told = await at.pay()
        assert at.device.status.prints is (Answer.YES if who == "terminal" else Answer.NO)
        assert [each.kind for each in told.receipts] == (
            [ReceiptKind.MERCHANT, ReceiptKind.CUSTOMER] if who == "composed" else []
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


async def test_a_wrong_password_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    await asyncio.to_thread(secret.write_text, "123456\n")
    async with desk("tcp", tmp_path, f"&password_file={secret}") as at:
        assert at.device.status.state is DeviceState.OFFLINE
        assert at.device.status.registered is Answer.NO
        with pytest.raises(TerminalRefusedError):
            await at.pay()
        assert at.asked == 0


async def test_a_result_that_nobody_waits_for_is_not_committed(tmp_path: Path) -> None:
    async with desk("tcp", tmp_path) as at:
        entry = await at.simulator.books.charge(100, 978, "")
        assert at.simulator._serving is not None
        at.simulator._serving.cancel()
        answer = await at.simulator._say(messages.status(entry, card="", signature=False))
        assert answer is not None
        assert answer.refusal == 0x66


@pytest.mark.parametrize(("status", "command"), [(0x50, Control.INITIALISATION), (0xC2, Control.DIAGNOSIS)])
async def test_a_terminal_gets_what_it_needs_after_it_was_registered(
    tmp_path: Path, status: int, command: Control
) -> None:
    async with desk("tcp", tmp_path) as at:
        at.simulator.set(status=status)
        await at.simulator.power_cycle()
        while at.device.status.state is DeviceState.ONLINE:
            await anext(at.device.watch())
        await at.back()
        assert command in at.simulator.commands
        assert (await at.pay()).result is Result.APPROVED


async def test_a_terminal_that_floods_the_line_is_given_up(tmp_path: Path) -> None:
    async with desk("tcp", tmp_path) as at:
        at.simulator.set(bank_s=5.0)
        order = await at.marked()
        paying = asyncio.create_task(at.pay(order))
        await at.simulator.midway.wait()
        at.simulator._line.send(messages.intermediate(0x0E).encode() * 10_000)
        assert (await paying).result is Result.IN_DOUBT
        await at.back()
        assert at.charged == 0
