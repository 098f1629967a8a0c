"""The driver against the simulator, over TLS: what is charged, what is said, and never twice."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from peripherals.device import DeviceState, HealthAnswer
from peripherals.errors import BusyError, NotConnectedError
from peripherals.money import Amount
from peripherals.payment.nexo import requests
from peripherals.payment.nexo.device import NexoTerminal
from peripherals.payment.nexo.requests import undoing
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import Progress, Result, TerminalReceiptKind, Totals, Transaction
from tests.peripherals.payment.nexo.counter import FEE, TIMINGS, Flow, driver, marked, order, pay


def charged(simulator: NexoSimulator, currency: str = "EUR") -> tuple[int, int]:
    """Sum the terminal's own journal: minor units charged, and given back."""
    totals = simulator.journal.totals().get(currency, {"charged": 0, "reversed": 0})
    return totals["charged"], totals["reversed"]


@pytest.mark.parametrize("amount", [FEE, Amount(500, "JPY"), Amount(1_005, "KWD"), Amount(1, "EUR")], ids=str)
async def test_a_payment_is_approved(simulator: NexoSimulator, device: NexoTerminal, amount: Amount) -> None:
    flow, wanted = Flow(), order(amount)
    paid = await pay(device, wanted, flow)
    assert (paid.result, paid.amount, paid.reason, paid.terminal) == (Result.APPROVED, amount, "", simulator.poi_id)
    assert flow.asked == [paid]
    assert flow.heard == [Progress.PRESENT_CARD, Progress.APPROVED]
    assert charged(simulator, amount.currency) == (amount.minor, 0)
    [entry] = simulator.journal.entries
    assert (entry.order, entry.reference) == (wanted.id, paid.reference)
    assert paid.at is not None
    assert paid.at.isoformat(timespec="milliseconds") == entry.at
    assert [receipt.kind for receipt in paid.receipts] == [TerminalReceiptKind.MERCHANT, TerminalReceiptKind.CUSTOMER]
    assert f"TOTAL  {amount}" in paid.receipts[1].lines
    assert await device.look_up(wanted) == paid


@pytest.mark.parametrize(
    ("outcome", "comes_to", "heard"),
    [
        ("decline", (Result.DECLINED, "refused"), Progress.DECLINED),
        ("wrong-pin", (Result.DECLINED, "pin-wrong"), Progress.DECLINED),
        ("bad-card", (Result.DECLINED, "card-invalid"), Progress.DECLINED),
        ("cancel", (Result.CANCELLED, "cancelled"), Progress.CANCELLED),
        ("busy", (Result.FAILED, "busy"), Progress.CANCELLED),
        ("host-away", (Result.FAILED, "host-unreachable"), Progress.CANCELLED),
    ],
)
async def test_what_is_not_approved_is_not_decided(
    simulator: NexoSimulator, device: NexoTerminal, outcome: str, comes_to: tuple[Result, str], heard: Progress
) -> None:
    simulator.terminal.set(outcome=outcome)
    flow = Flow()
    transaction = await pay(device, order(), flow)
    assert (transaction.result, transaction.reason) == comes_to
    assert flow.asked == []
    assert flow.heard[-1] is heard
    assert charged(simulator) == (0, 0)


@pytest.mark.parametrize(
    "fault",
    [
        *("drop-before", "drop-after", "lose-completion", "half", "twice", "replay", "garbage", "empty", "error"),
        *("wrong-hmac", "wrong-header", "restart-after"),
    ],
)
async def test_whatever_becomes_of_the_answer_a_card_is_charged_once(
    simulator: NexoSimulator, device: NexoTerminal, fault: str
) -> None:
    assert (await pay(device, order(Amount(100, "EUR")))).result is Result.APPROVED
    simulator.fault = fault
    simulator.terminal.set(slow_s=0.05)
    flow = Flow()
    paid = await pay(device, order(), flow)
    assert (paid.result, paid.amount) == (Result.APPROVED, FEE)
    assert flow.asked == [paid]
    assert charged(simulator) == (100 + FEE.minor, 0)
    assert [entry.kind for entry in simulator.journal.entries] == ["charge", "charge"]


@pytest.mark.parametrize("fault", ["restart-before", "reject"])
async def test_who_remembers_what_was_before_is_believed_that_a_payment_was_never_there(
    simulator: NexoSimulator, device: NexoTerminal, fault: str
) -> None:
    earlier = order(Amount(100, "EUR"))
    assert (await pay(device, earlier)).result is Result.APPROVED
    wanted = await marked(device)
    simulator.fault = fault
    simulator.terminal.set(slow_s=3000)
    transaction = await pay(device, wanted)
    assert (transaction.result, transaction.reason) == (Result.FAILED, "not-found")
    assert await device.look_up(wanted) is None
    # Whose order was not marked, or marked elsewhere, is told nothing that is certain.
    for mark in ("", "another.REFERENCE"):
        found = await device.look_up(replace(wanted, mark=mark))
        assert found is not None
        assert (found.result, found.reason) == (Result.IN_DOUBT, "not-proved")
    assert charged(simulator) == (100, 0)


@pytest.mark.parametrize("forgets", ["remembers", "keeps"])
@pytest.mark.parametrize("before", [True, False], ids=["used", "new"])
@pytest.mark.parametrize("poll_s", [TIMINGS.poll_s, 0.001], ids=["now and then", "all the time"])
async def test_who_forgot_what_was_before_is_not_believed(
    simulator: NexoSimulator, forgets: str, before: bool, poll_s: float
) -> None:
    """However often its state is asked for beside the payment: the power goes together with the answer."""
    async with driver(simulator, replace(TIMINGS, poll_s=poll_s)) as device:
        await _forgets(simulator, device, forgets, before=before)


async def _forgets(simulator: NexoSimulator, device: NexoTerminal, forgets: str, *, before: bool) -> None:
    if before:
        assert (await pay(device, order(Amount(100, "EUR")))).result is Result.APPROVED
    wanted = await marked(device)
    assert bool(wanted.mark) is before
    simulator.fault = "restart-after"
    simulator.terminal.set(**{forgets: False})
    transaction = await pay(device, wanted)
    assert (transaction.result, transaction.reason) == (Result.IN_DOUBT, "not-proved")
    found = await device.look_up(wanted)
    assert found is not None
    assert (found.result, found.reason) == (Result.IN_DOUBT, "not-proved")
    assert charged(simulator) == (100 * before + FEE.minor, 0)
    # What it does after that shows nothing of what was before.
    simulator.terminal.set(remembers=True, keeps=True)
    assert (await pay(device, order(Amount(300, "EUR")))).result is Result.APPROVED
    found = await device.look_up(wanted)
    assert found is not None
    assert found.result is (Result.APPROVED if forgets == "remembers" else Result.IN_DOUBT)


async def test_a_terminal_is_marked_by_its_last_transaction(simulator: NexoSimulator, device: NexoTerminal) -> None:
    assert await device.mark() == ""
    paid = await pay(device, order())
    assert await device.mark() == paid.reference
    undone = await device.reverse(order(), paid)
    assert await device.mark() == undone.reference
    simulator.terminal.set(slow_s=30)
    paying = asyncio.create_task(pay(device, order()))
    await simulator.midway.wait()
    await device.close()
    await paying
    async with driver(simulator) as later:
        with pytest.raises(BusyError):
            await later.mark()


async def test_who_is_slow_is_waited_for_by_asking(simulator: NexoSimulator, device: NexoTerminal) -> None:
    simulator.terminal.set(slow_s=30)
    wanted = order()
    transaction = await pay(device, wanted)
    assert (transaction.result, transaction.reason) == (Result.IN_DOUBT, "in-progress")
    simulator.terminal.set(slow_s=0)
    found = await device.look_up(wanted)
    assert found is not None
    assert found.result is Result.APPROVED
    assert charged(simulator) == (FEE.minor, 0)


async def test_a_lost_terminal_leaves_it_in_doubt_and_the_order_finds_it(
    simulator: NexoSimulator, device: NexoTerminal
) -> None:
    simulator.terminal.set(slow_s=0.3)
    wanted = order()
    paying = asyncio.create_task(pay(device, wanted))
    await simulator.midway.wait()
    await simulator.unplug()
    transaction = await paying
    assert (transaction.result, transaction.reason) == (Result.IN_DOUBT, "no-answer")
    found = await device.look_up(wanted)
    assert found is not None
    assert found.result is Result.IN_DOUBT
    await device.close()
    await simulator.plug()
    async with driver(simulator) as later:
        found = await later.look_up(wanted)
        assert found is not None
        assert (found.result, found.amount) == (Result.APPROVED, FEE)
        unknown = await later.look_up(order())
        assert unknown is not None
        assert unknown.result is Result.IN_DOUBT
    assert charged(simulator) == (FEE.minor, 0)


async def test_nobody_there_is_certain(simulator: NexoSimulator, device: NexoTerminal) -> None:
    await simulator.unplug()
    with pytest.raises(NotConnectedError):
        await pay(device, order())
    assert charged(simulator) == (0, 0)


@pytest.mark.parametrize("fails", [False, True])
async def test_goods_that_are_not_issued_are_not_paid_for(
    simulator: NexoSimulator, device: NexoTerminal, fails: bool
) -> None:
    flow, wanted = Flow(goods=False, fails=fails), order()
    transaction = await pay(device, wanted, flow)
    assert (transaction.result, transaction.reason) == (Result.REQUESTED, "goods-not-issued")
    assert flow.heard == [Progress.PRESENT_CARD, Progress.APPROVED, Progress.REVERSING]
    assert charged(simulator) == (FEE.minor, FEE.minor)
    # After a crash the order alone tells that it was undone.
    found = await device.look_up(wanted)
    assert found is not None
    assert (found.result, found.reason) == (Result.REQUESTED, "goods-not-issued")


@pytest.mark.parametrize("fault", ["drop-after", "lose-completion", "half", "wrong-hmac", "restart-after"])
async def test_a_reversal_is_sent_once_too(simulator: NexoSimulator, device: NexoTerminal, fault: str) -> None:
    paid = await pay(device, order())
    simulator.fault = fault
    undone = await device.reverse(order(), paid)
    assert undone.result is Result.REQUESTED
    assert charged(simulator) == (FEE.minor, FEE.minor)


async def test_a_reversal_that_is_refused_leaves_the_payment(simulator: NexoSimulator, device: NexoTerminal) -> None:
    simulator.terminal.set(reverses=False)
    transaction = await pay(device, order(), Flow(goods=False))
    assert (transaction.result, transaction.reason) == (Result.APPROVED, "not-reversed")
    assert charged(simulator) == (FEE.minor, 0)


async def test_a_reversal_in_doubt_is_found_by_the_order_of_the_payment(
    simulator: NexoSimulator, device: NexoTerminal
) -> None:
    class Leaves(Flow):
        async def decide(self, transaction: Transaction) -> bool:
            simulator.fault = "lose-completion"
            simulator.terminal.set(remembers=False)
            return await super().decide(transaction)

    wanted = order()
    transaction = await pay(device, wanted, Leaves(goods=False))
    assert (transaction.result, transaction.reason) == (Result.IN_DOUBT, "reversal-in-doubt")
    simulator.terminal.set(remembers=True)
    found = await device.look_up(wanted)
    assert found is not None
    assert found.result is Result.REQUESTED
    undone = await device.look_up(undoing(wanted, transaction.reference))
    assert undone is not None
    assert undone.result is Result.REQUESTED


async def test_part_of_the_amount_is_given_back_unasked(simulator: NexoSimulator, device: NexoTerminal) -> None:
    simulator.terminal.set(outcome="partial")
    flow = Flow()
    transaction = await pay(device, order(), flow)
    assert (transaction.result, transaction.reason) == (Result.REQUESTED, "amount-differs")
    assert transaction.amount == Amount(FEE.minor // 2, "EUR")
    assert flow.asked == []
    assert charged(simulator) == (FEE.minor // 2, FEE.minor // 2)


async def test_refunds_are_requested_up_to_what_is_left(simulator: NexoSimulator, device: NexoTerminal) -> None:
    paid = await pay(device, order())
    part = Amount(234, "EUR")
    assert (await device.refund(order(part), paid)).result is Result.REQUESTED
    too_much = await device.refund(order(FEE), paid)
    assert (too_much.result, too_much.reason) == (Result.FAILED, "not-allowed")
    assert charged(simulator) == (FEE.minor, part.minor)


async def test_an_abort_that_overtakes_its_payment_ends_it_all_the_same(simulator: NexoSimulator) -> None:
    simulator.underway_s = 0.5
    simulator.terminal.set(slow_s=3000)
    device = driver(simulator, replace(TIMINGS, payment_s=60, poll_s=30))
    aborts = set[asyncio.Task[None]]()

    def follow(progress: Progress) -> None:
        if progress is Progress.PRESENT_CARD:
            aborts.add(asyncio.create_task(device.abort()))

    async with device:
        transaction = await device.pay(order(), follow=follow, decide=Flow().decide)
        assert (transaction.result, transaction.reason) == (Result.CANCELLED, "aborted")
        await asyncio.gather(*aborts)


async def test_an_abort_ends_it_and_comes_too_late(simulator: NexoSimulator, device: NexoTerminal) -> None:
    await device.abort()
    simulator.terminal.set(slow_s=3000)
    paying = asyncio.create_task(pay(device, order()))
    await simulator.midway.wait()
    with pytest.raises(BusyError):
        await pay(device, order())
    assert (await device.check_health()).state is DeviceState.ONLINE
    await device.abort()
    transaction = await paying
    assert (transaction.result, transaction.reason) == (Result.CANCELLED, "aborted")
    simulator.terminal.set(slow_s=0)
    assert (await pay(device, order())).result is Result.APPROVED
    await device.abort()
    assert charged(simulator) == (FEE.minor, 0)


async def test_who_cancels_the_call_finds_the_payment_later(simulator: NexoSimulator, device: NexoTerminal) -> None:
    simulator.terminal.set(slow_s=0.2)
    wanted = order()
    paying = asyncio.create_task(pay(device, wanted))
    await simulator.midway.wait()
    paying.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await paying
    found = await device.look_up(wanted)
    assert found is not None
    assert found.result is Result.APPROVED


async def test_a_driver_that_is_closed_in_mid_payment_leaves_it_in_doubt(
    simulator: NexoSimulator, device: NexoTerminal
) -> None:
    simulator.terminal.set(slow_s=30)
    wanted = order()
    paying = asyncio.create_task(pay(device, wanted))
    await simulator.midway.wait()
    await device.close()
    assert (await paying).result is Result.IN_DOUBT
    simulator.terminal.set(slow_s=0)
    async with driver(simulator) as later:
        found = await later.look_up(wanted)
    assert found is not None
    assert found.result is Result.APPROVED
    assert charged(simulator) == (FEE.minor, 0)


async def test_two_at_once_are_one(simulator: NexoSimulator, device: NexoTerminal) -> None:
    """Another till at the same terminal, as no kiosk would: it is busy, and nobody is charged twice."""
    simulator.terminal.set(slow_s=30)
    wanted = order()
    paying = asyncio.create_task(pay(device, wanted))
    await simulator.midway.wait()
    request = requests.payment(requests.PeerNames("KIOSK1", simulator.poi_id), order(), datetime.now(UTC))
    again = requests.payment(requests.PeerNames("KIOSK1", simulator.poi_id), wanted, datetime.now(UTC))
    refused = [await simulator.terminal.handle(each) for each in (request, again)]
    conditions = [each.payment_response.response.error_condition for each in refused if each and each.payment_response]
    assert conditions == ["Busy", "NotAllowed"]
    simulator.terminal.set(slow_s=0)
    assert (await paying).result is Result.APPROVED
    assert charged(simulator) == (FEE.minor, 0)
    assert [entry.kind for entry in simulator.journal.entries] == ["repeated", "charge"]


async def test_the_end_of_the_day(device: NexoTerminal) -> None:
    assert (await device.end_day()).totals == ()
    for amount in (FEE, FEE, Amount(500, "JPY")):
        await pay(device, order(amount))
    reconciliation = await device.end_day()
    assert reconciliation.result is Result.APPROVED
    assert reconciliation.totals == (Totals(Amount(2 * FEE.minor, "EUR"), 2), Totals(Amount(500, "JPY"), 1))
    await pay(device, order(FEE))
    assert (await device.end_day()).totals == (Totals(FEE, 1),), "each counts from the one before"


async def test_receipts_once_more(simulator: NexoSimulator, device: NexoTerminal) -> None:
    assert await device.repeat_receipts() == ()
    simulator.terminal.set(signature=True)
    paid = await pay(device, order())
    assert paid.signature
    assert [receipt.signature for receipt in paid.receipts] == [True, False]
    assert await device.repeat_receipts() == paid.receipts


@pytest.mark.parametrize(("printer", "prints"), [("none", "unknown"), ("ok", "yes"), ("out", "no")])
async def test_health(simulator: NexoSimulator, device: NexoTerminal, printer: str, prints: str) -> None:
    simulator.terminal.set(printer=printer)
    status = await device.check_health()
    assert (status.state, status.registered, status.prints) == (
        DeviceState.ONLINE,
        HealthAnswer.YES,
        HealthAnswer(prints),
    )


PATIENT = replace(TIMINGS, payment_s=3600)


async def test_a_lost_answer_is_noticed_beside_the_payment(simulator: NexoSimulator) -> None:
    """The answer would be waited for an hour: only asking beside it shows that the card was charged."""
    simulator.fault = "lose-completion"
    flow = Flow()
    async with driver(simulator, PATIENT) as device:
        paid = await pay(device, order(), flow)
    assert (paid.result, flow.asked, simulator.withheld.is_set()) == (Result.APPROVED, [paid], True)
    assert charged(simulator) == (FEE.minor, 0)


async def test_a_terminal_that_is_gone_is_noticed_beside_the_payment_and_its_coming_back_too(
    simulator: NexoSimulator,
) -> None:
    """No line says that it is gone: nothing more comes, as where somebody has pulled its cable."""
    simulator.terminal.set(slow_s=3600)
    flow = Flow()
    async with driver(simulator, PATIENT) as device:
        paying = asyncio.create_task(pay(device, order(), flow))
        await simulator.midway.wait()
        simulator.silent = True
        await heard(flow, Progress.PRESENT_CARD, Progress.NO_ANSWER)
        simulator.silent = False
        await heard(flow, Progress.PRESENT_CARD, Progress.NO_ANSWER, Progress.PRESENT_CARD)
        simulator.terminal.set(slow_s=0)
        assert (await paying).result is Result.APPROVED
    assert charged(simulator) == (FEE.minor, 0)


async def test_a_terminal_that_has_forgotten_is_noticed_beside_the_payment(simulator: NexoSimulator) -> None:
    """Off and on again while the answer is kept from us: it does nothing, and knows nothing of the payment."""
    assert await paid_before(simulator)
    simulator.fault = "lose-completion"
    simulator.terminal.set(keeps=False, remembers=False)
    flow = Flow()
    async with driver(simulator, PATIENT) as device:
        transaction = await pay(device, order(), flow)
    assert (transaction.result, transaction.reason) == (Result.IN_DOUBT, "not-proved")
    assert flow.heard[:2] == [Progress.PRESENT_CARD, Progress.NO_ANSWER]


async def test_a_terminal_at_work_that_names_nothing_is_waited_for(simulator: NexoSimulator) -> None:
    """It is busy, and says of the payment only later that it has it: nobody concludes that there is none."""
    simulator.terminal.set(slow_s=3600)
    simulator.terminal.set(shy=True)
    flow = Flow()
    async with driver(simulator, PATIENT) as device:
        paying = asyncio.create_task(pay(device, order(), flow))
        await simulator.midway.wait()
        asked = simulator.requests
        while simulator.requests < asked + 8:  # noqa: ASYNC110 - what is counted lies in the simulator
            await asyncio.sleep(0.005)
        assert (flow.heard, paying.done()) == ([Progress.PRESENT_CARD], False)
        simulator.terminal.set(slow_s=0)
        assert (await paying).result is Result.APPROVED
    assert charged(simulator) == (FEE.minor, 0)


async def heard(flow: Flow, *progress: Progress) -> None:
    async with asyncio.timeout(30):
        while flow.heard != list(progress):  # noqa: ASYNC110 - it is said in another task
            await asyncio.sleep(0.005)


async def paid_before(simulator: NexoSimulator) -> str:
    async with driver(simulator) as device:
        return (await pay(device, order())).reference
