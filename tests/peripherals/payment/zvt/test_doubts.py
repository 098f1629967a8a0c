"""Lines that are lost, bad or flooded in the middle of a payment: what is told is what the terminal's books say."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from peripherals.money import Amount
from peripherals.payment.port import Order, Result
from peripherals.payment.zvt.marks import LastTransaction
from peripherals.payment.zvt.simulator import messages
from tests.peripherals.payment.zvt.desk import PRICE, Desk, desk


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
        mark = LastTransaction.parse(order.mark)
        assert mark is not None
        swapped = await at.device.look_up(replace(order, mark=str(replace(mark, terminal="52500039"))))
        assert swapped is not None
        assert swapped.reason == "other-terminal"


@pytest.mark.parametrize("did", ["nothing", "one", "two", "reversed", "declined", "same"])
async def test_another_terminal_in_its_place_proves_nothing(tmp_path: Path, did: str) -> None:
    """One that was reset, or swapped under the same id: it counts from 1, and comes by the numbers of the mark."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        await asyncio.to_thread(folder.mkdir)
    async with desk("tcp", here) as at:
        await at.pay(Order("earlier", Amount(500, "EUR")))
        order = await at.marked()
        at.simulator.set(drop="committed")
        assert (await at.pay(order)).result is Result.IN_DOUBT
        assert at.charged == 500 + PRICE.minor
    async with desk("tcp", there) as at:
        paid = None if did == "nothing" else await at.pay(Order("a", Amount(501, "EUR") if did != "same" else PRICE))
        if did == "two":
            await at.pay(Order("b", Amount(502, "EUR")))
        elif did == "reversed" and paid is not None:
            assert (
                await at.device.reverse(Order("c", paid.amount, undoes=paid.reference), paid)
            ).result.value == "approved"
        elif did == "declined":
            at.simulator.set(result=0x05)
            assert (await at.pay(Order("d", PRICE))).result is Result.DECLINED
        found = await at.device.look_up(order)
        assert found is not None
        assert (found.result, found.reference) == (Result.IN_DOUBT, "")


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


async def test_a_result_that_nobody_waits_for_is_not_committed(tmp_path: Path) -> None:
    async with desk("tcp", tmp_path) as at:
        entry = await at.simulator.books.charge(100, 978, "")
        assert at.simulator._serving is not None
        at.simulator._serving.cancel()
        answer = await at.simulator._send(messages.status(entry, card="", signature=False))
        assert answer is not None
        assert answer.refusal == 0x66


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


async def test_a_terminal_gives_back_when_it_is_on_again_what_nobody_took(tmp_path: Path) -> None:
    for scheme, left in (("old", 0), ("new", PRICE.minor)):
        folder = tmp_path / scheme
        await asyncio.to_thread(folder.mkdir)
        async with desk("tcp", folder) as at:
            await at.pay(Order("earlier", Amount(500, "EUR")))
            order = await at.marked()
            at.simulator.set(scheme=scheme)
            stopped = asyncio.Event()
            asking = asyncio.Event()

            async def until_it_is_off(asking: asyncio.Event = asking, stopped: asyncio.Event = stopped) -> None:
                asking.set()
                await stopped.wait()

            at.before = until_it_is_off
            paying = asyncio.create_task(at.pay(order))
            await asking.wait()
            await at.simulator.stop()
            stopped.set()
            assert (await paying).result is Result.IN_DOUBT
        async with desk("tcp", folder) as at:
            found = await at.device.look_up(order)
            assert at.charged == 500 + left
            assert found is not None
            assert found.result is (Result.APPROVED if left else Result.FAILED)
