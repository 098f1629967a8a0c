"""Payments by hand: asked of staff, settled by their first word, whenever it comes."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import pytest

from peripherals.device import DeviceState, LifecycleStage, open_device
from peripherals.errors import BusyError, LifeCycleError, SlipInvalidError, UrlInvalidError
from peripherals.money import Amount
from peripherals.payment.attended import ConfirmationOutcome, Task
from peripherals.payment.manual.device import ManualTerminal
from peripherals.payment.port import Order, Progress, Result, Transaction

FEE = Amount(8_500, "EUR")


@pytest.fixture(autouse=True)
def _imported() -> None:
    open_device("manual:")


@pytest.fixture
async def device() -> AsyncIterator[ManualTerminal]:
    made = open_device("manual:")
    assert isinstance(made, ManualTerminal)
    async with made as opened:
        yield opened


def order(amount: Amount = FEE) -> Order:
    return Order(str(uuid.uuid4()), amount)


class Flow:
    def __init__(self, *, goods: bool = True, fails: bool = False) -> None:
        self.goods, self.fails = goods, fails
        self.asked: list[Transaction] = []
        self.heard: list[Progress] = []

    async def decide(self, transaction: Transaction) -> bool:
        self.asked.append(transaction)
        if self.fails:
            raise OSError("disk full")
        return self.goods


async def begin(device: ManualTerminal, wanted: Order, flow: Flow) -> asyncio.Task[Transaction]:
    """Begin to pay, and see that staff are asked."""
    paying = asyncio.create_task(device.pay(wanted, follow=flow.heard.append, decide=flow.decide))
    await asyncio.sleep(0)
    question = device.desk.question
    assert question is not None
    assert (question.order_id, question.task, question.amount) == (wanted.id, Task.TAKE, wanted.amount)
    return paying


async def test_staff_confirm_with_the_number_of_the_slip(device: ManualTerminal) -> None:
    flow, wanted = Flow(), order()
    paying = await begin(device, wanted, flow)
    assert device.desk.confirm(wanted.id, "0042/17", FEE) is ConfirmationOutcome.NOW
    paid = await paying
    assert (paid.result, paid.reference, paid.amount, paid.reason) == (Result.APPROVED, "0042/17", FEE, "")
    assert paid.at is not None
    assert flow.asked == [paid]
    assert flow.heard == [Progress.WAIT, Progress.APPROVED]
    assert device.desk.question is None
    assert await device.look_up(wanted) == paid
    assert device.desk.confirm(wanted.id, "0042/17", FEE) is ConfirmationOutcome.AGAIN
    assert device.desk.confirm(wanted.id, "0043", FEE) is ConfirmationOutcome.TOO_LATE
    assert device.desk.refuse(wanted.id) is ConfirmationOutcome.TOO_LATE
    assert await device.look_up(wanted) == paid


async def test_staff_refuse(device: ManualTerminal) -> None:
    flow, wanted = Flow(), order()
    paying = await begin(device, wanted, flow)
    assert device.desk.refuse(wanted.id) is ConfirmationOutcome.NOW
    assert (await paying).reason == "refused-by-staff"
    assert (await paying).result is Result.CANCELLED
    assert flow.asked == []
    assert device.desk.refuse(wanted.id) is ConfirmationOutcome.AGAIN


@pytest.mark.parametrize("fails", [False, True])
async def test_without_goods_it_must_be_given_back(device: ManualTerminal, fails: bool) -> None:
    wanted = order()
    paying = await begin(device, wanted, Flow(goods=False, fails=fails))
    device.desk.confirm(wanted.id, "1", FEE)
    paid = await paying
    assert (paid.result, paid.reason) == (Result.APPROVED, "give-back")
    back = order(Amount(1, "EUR"))
    reversing = asyncio.create_task(device.reverse(back, paid))
    await asyncio.sleep(0)
    assert device.desk.question is not None
    assert (device.desk.question.task, device.desk.question.amount) == (Task.GIVE_BACK, FEE)
    device.desk.confirm(back.id, "2", FEE)
    undone = await reversing
    assert (undone.result, undone.amount, undone.reference) == (Result.APPROVED, FEE, "2")


async def test_an_abort_takes_the_question_away_and_a_late_word_is_kept(device: ManualTerminal) -> None:
    await device.abort()
    flow, wanted = Flow(), order()
    paying = await begin(device, wanted, flow)
    with pytest.raises(BusyError):
        await device.pay(order(), follow=flow.heard.append, decide=flow.decide)
    await device.abort()
    assert ((await paying).result, (await paying).reason) == (Result.CANCELLED, "withdrawn")
    found = await device.look_up(wanted)
    assert found is not None
    assert (found.result, found.reason) == (Result.IN_DOUBT, "not-confirmed")
    assert device.desk.confirm(wanted.id, "7", FEE) is ConfirmationOutcome.STORED
    found = await device.look_up(wanted)
    assert found is not None
    assert (found.result, found.reference) == (Result.APPROVED, "7")
    assert flow.asked == []


async def test_a_word_that_came_before_the_question_answers_it(device: ManualTerminal) -> None:
    wanted, flow = order(), Flow()
    assert device.desk.confirm(wanted.id, "7", FEE) is ConfirmationOutcome.STORED
    assert (await device.pay(wanted, follow=flow.heard.append, decide=flow.decide)).reference == "7"
    other = order()
    assert device.desk.confirm(other.id, "8", Amount(8_400, "EUR")) is ConfirmationOutcome.STORED
    paid = await device.pay(other, follow=flow.heard.append, decide=flow.decide)
    assert (paid.result, paid.amount, paid.reason) == (Result.APPROVED, Amount(8_400, "EUR"), "amount-differs")
    assert [each.reference for each in flow.asked] == ["7"]


@pytest.mark.parametrize(
    ("slip", "fault"),
    [
        ("", "form"),
        ("-1", "form"),
        ("x" * 25, "form"),
        ("a b", "form"),
        ("\u0661\u0662", "form"),
        ("1\n", "form"),
        ("4111111111111111", "card-number"),
        ("4111-1111-1111-1111", "card-number"),
    ],
)
async def test_what_is_no_number_of_a_slip_confirms_nothing(device: ManualTerminal, slip: str, fault: str) -> None:
    wanted = order()
    paying = await begin(device, wanted, Flow())
    with pytest.raises(SlipInvalidError) as caught:
        device.desk.confirm(wanted.id, slip, FEE)
    assert caught.value.placeholders == {"fault": fault}
    with pytest.raises(SlipInvalidError):
        device.desk.confirm(wanted.id, "7", Amount(8_501, "EUR"))
    assert not paying.done()
    device.desk.confirm(wanted.id, "7", FEE)
    assert (await paying).reference == "7"


async def test_orders_long_past_are_forgotten(device: ManualTerminal) -> None:
    first = order()
    device.desk.confirm(first.id, "0", FEE)
    for number in range(1024):
        device.desk.confirm(str(number), str(number), FEE)
    found = await device.look_up(first)
    assert found is not None
    assert found.result is Result.IN_DOUBT


async def test_its_life(device: ManualTerminal) -> None:
    assert (await device.check_health()).state is DeviceState.ONLINE
    assert (await device.end_day()).reason == "counted-by-hand"
    assert await device.repeat_receipts() == ()
    wanted = order()
    paying = await begin(device, wanted, Flow())
    await device.close()
    assert (await paying).result is Result.IN_DOUBT
    assert (device.stage, device.status.state) == (LifecycleStage.CLOSED, DeviceState.UNKNOWN)
    for call in (device.abort, device.end_day, device.repeat_receipts):
        with pytest.raises(LifeCycleError):
            await call()
    for called in (device.look_up(wanted), device.reverse(wanted, await paying)):
        with pytest.raises(LifeCycleError):
            await called


@pytest.mark.parametrize("url", ["manual://desk", "manual:/path", "manual:?slip=1"])
def test_there_is_nothing_more_to_say(url: str) -> None:
    with pytest.raises(UrlInvalidError):
        open_device(url)
