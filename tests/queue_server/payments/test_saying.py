"""Staff say to a kiosk what became of money that they move themselves; the kiosk hears it, however late."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from peripherals.money import Amount
from peripherals.payment.attended import AttendedConfirmations, ConfirmationOutcome
from queue_server.accounts.model import Role
from queue_server.contract.client import ApiClient
from queue_server.contract.payments import ManualConfirmation
from queue_server.domain.values import new_id
from tests.queue_server.framework.test_feeds import events_of, socket_of
from tests.queue_server.house import Client, House
from tests.queue_server.payments.telling import GOOD, PAYMENTS, issued, look, report, row, rows, tell
from tests.queue_server.payments.test_refunds import desk

pytestmark = pytest.mark.asyncio(loop_scope="module")

TAKEN: dict[str, Any] = {"row": 3, "amount": 8250, "done": True, "slip": "T-004711"}
NOT_TAKEN: dict[str, Any] = {"row": 3, "amount": 8250, "done": False}


def by_hand(visit: str, *states: str, **more: object) -> dict[str, Any]:
    return report(visit, *states, **({"driver": "manual", "terminal": "", "attended": True} | more))


async def asking(kiosk: Client, *states: str) -> dict[str, Any]:
    """Have a kiosk wait for staff."""
    told = by_hand(await issued(kiosk), *(states or GOOD[:3]))
    await tell(kiosk, told)
    return told


async def go_on(kiosk: Client, told: dict[str, Any], *more: dict[str, object]) -> None:
    """Tell further rows."""
    assert await tell(kiosk, told | {"rows": [*told["rows"], *more]}) == len(told["rows"]) + len(more)


async def words(kiosk: Client, payment: str) -> list[dict[str, Any]]:
    answer = await kiosk.get(f"{PAYMENTS}/{payment}/confirmations")
    assert answer.status == 200, answer
    found: list[dict[str, Any]] = answer.body["confirmations"]
    return found


async def test_what_staff_took_is_heard_and_charged_once(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    told = await asking(kiosk)
    payment = told["id"]
    assert (await look(cashier, payment))["pending_confirmation"] == {"row": 3, "task": "take"}
    assert await words(kiosk, payment) == []
    key = new_id()
    first, repeated = [await cashier.post(f"{PAYMENTS}/{payment}/confirmations", TAKEN, key) for _ in range(2)]
    assert first.body == repeated.body
    assert (first.body["payment"]["pending_confirmation"], first.body["payment"]["standing"]) == (None, "undecided")
    # The same word of somebody else is the same word; another one is none.
    assert (await manager.post(f"{PAYMENTS}/{payment}/confirmations", TAKEN)).status == 200
    for other in (NOT_TAKEN, TAKEN | {"slip": "T-1"}):
        refused = await manager.post(f"{PAYMENTS}/{payment}/confirmations", other)
        assert (refused.status, refused.code) == (409, "payment-confirmation-differs")
    heard = [{"row": 3, "done": True, "amount": 8250, "slip": "T-004711"}]
    assert await words(kiosk, payment) == heard
    slip = {"reference": "T-004711"}
    await go_on(kiosk, told, row(4, "approved", **slip), row(5, "goods-issued"), row(6, "committed", **slip))
    found = await look(cashier, payment)
    assert (found["standing"], found["reference"], found["contradicted"]) == ("charged", "T-004711", False)
    assert await words(kiosk, payment) == heard
    assert (await cashier.get(f"{PAYMENTS}?waits=yes")).body["payments"] == []


async def test_money_is_given_back_on_the_word_of_staff(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    told = await asking(kiosk)
    payment = told["id"]
    await cashier.post(f"{PAYMENTS}/{payment}/confirmations", TAKEN)
    back = [
        row(4, "approved", reference="T-004711"),
        row(5, "goods-issued"),
        row(6, "committed", reference="T-004711"),
        row(7, "reversal-sent"),
    ]
    await go_on(kiosk, told, *back)
    assert (await look(cashier, payment))["pending_confirmation"] == {"row": 7, "task": "give-back"}
    said = await cashier.post(f"{PAYMENTS}/{payment}/confirmations", TAKEN | {"row": 7, "slip": "T-004712"})
    assert [one["row"] for one in said.body["payment"]["confirmations"]] == [3, 7]
    await go_on(kiosk, told, *back, row(8, "reversed", reference="T-004712"))
    found = await look(cashier, payment)
    assert (found["standing"], found["reference"]) == ("returned", "T-004711")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (TAKEN | {"amount": 8251}, 409, "payment-confirmation-amount"),
        (TAKEN | {"row": 2}, 409, "payment-confirmation-not-pending"),
        (TAKEN | {"slip": "4111111111111111"}, 409, "slip-card-number"),
        (TAKEN | {"slip": "4111-1111-1111"}, 409, "slip-card-number"),
        (TAKEN | {"slip": "a slip"}, 400, "body-invalid"),
        (TAKEN | {"slip": ""}, 400, "body-invalid"),
        (NOT_TAKEN | {"done": True}, 400, "body-invalid"),
        (NOT_TAKEN | {"slip": "T-1"}, 400, "body-invalid"),
        (TAKEN | {"amount": 0}, 400, "body-invalid"),
        (TAKEN | {"row": 0}, 400, "body-invalid"),
        (TAKEN | {"done": "yes"}, 400, "body-invalid"),
        ({}, 400, "body-invalid"),
    ],
)
async def test_what_cannot_be_is_not_written_down(here: House, body: object, status: int, code: str) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    payment = (await asking(kiosk))["id"]
    refused = await cashier.post(f"{PAYMENTS}/{payment}/confirmations", body)
    assert (refused.status, refused.code) == (status, code)
    assert await words(kiosk, payment) == []


@pytest.mark.parametrize("after", ["cancelled", "needs-staff", "approved"])
async def test_a_word_that_comes_too_late_is_refused(here: House, after: str) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    payment = (await asking(kiosk, *GOOD[:3], after))["id"]
    refused = await cashier.post(f"{PAYMENTS}/{payment}/confirmations", TAKEN)
    assert (refused.status, refused.code) == (409, "payment-confirmation-not-pending")


async def test_a_word_and_an_end_of_the_kiosk_cannot_both_be_true(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    told = await asking(kiosk)
    await cashier.post(f"{PAYMENTS}/{told['id']}/confirmations", TAKEN)
    await go_on(kiosk, told, row(4, "cancelled", reason="withdrawn"))
    [waits] = (await cashier.get(f"{PAYMENTS}?waits=yes")).body["payments"]
    assert (waits["id"], waits["standing"], waits["contradicted"]) == (told["id"], "undecided", True)
    assert waits["confirmations"][0]["done"]
    resolved = await cashier.post(f"{PAYMENTS}/{told['id']}/resolve", {"standing": "charged"})
    assert (resolved.body["payment"]["standing"], resolved.body["payment"]["reference"]) == ("charged", "T-004711")


async def test_nobody_resolves_what_a_kiosk_waits_to_hear(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    told = await asking(kiosk)
    refused = await cashier.post(f"{PAYMENTS}/{told['id']}/resolve", {"standing": "charged"})
    assert (refused.status, refused.code) == (409, "payment-confirmation-pending")


async def test_of_several_who_speak_at_once_one_is_heard(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    payment = (await asking(kiosk))["id"]
    bodies = [TAKEN | {"slip": f"T-{number}"} for number in range(4)] + [NOT_TAKEN] * 2
    answers = await asyncio.gather(
        *(
            (cashier, manager)[at % 2].post(f"{PAYMENTS}/{payment}/confirmations", body)
            for at, body in enumerate(bodies)
        )
    )
    assert Counter(one.status for one in answers)[200] in {1, 2}
    assert len(await words(kiosk, payment)) == 1


async def test_who_may_speak_and_who_may_listen(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    payment = (await asking(kiosk))["id"]
    counter, _session = await here.staff(Role.COUNTER, "1")
    for nobody in (counter, await here.manager(), kiosk, here.anonymous()):
        assert (await nobody.post(f"{PAYMENTS}/{payment}/confirmations", TAKEN)).status in {401, 403}
    for nobody in (counter, cashier, (await here.device("screen"))[0]):
        assert (await nobody.get(f"{PAYMENTS}/{payment}/confirmations")).status == 403
    assert (await kiosk.get(f"{PAYMENTS}/{new_id()}/confirmations")).code == "payment-unknown"
    assert (await cashier.post(f"{PAYMENTS}/{new_id()}/confirmations", TAKEN)).code == "payment-unknown"


async def test_pages_hear_of_it_at_once_and_screens_do_not(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    screen, counter = (await here.device("screen"))[0], (await here.staff(Role.COUNTER, "1"))[0]
    told = by_hand(await issued(kiosk), *GOOD[:3])
    async with events_of(here, counter) as page, socket_of(here, screen) as board:
        assert (await page.next()).type == (await board.next()).type == "snapshot"
        await tell(kiosk, told)
        assert (await page.next()).type == "payments"
        await cashier.post(f"{PAYMENTS}/{told['id']}/confirmations", TAKEN)
        assert (await page.next()).type == "payments"
        await issued(kiosk)
        assert (await page.next()).type == "visit-issued"
        assert (await board.next()).type == "visit-issued"


async def test_the_driver_takes_every_slip_that_the_server_takes(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    for slip in ("1", "0042", "T-004711", "a/b.c-4", "1" * 11, "12345.678901a2", "Z" * 23 + "1"):
        payment = (await asking(kiosk))["id"]
        said = await cashier.post(f"{PAYMENTS}/{payment}/confirmations", TAKEN | {"slip": slip})
        assert said.status == 200, slip
        async with ApiClient(here.address, kiosk.headers["Authorization"].partition(" ")[2]) as client:
            [word] = (await client.payment_confirmations(here.centre, payment)).confirmations
        assert word == ManualConfirmation(3, True, 8250, slip)
        assert (
            AttendedConfirmations().confirm(payment, word.slip, Amount(word.amount, "EUR"))
            is ConfirmationOutcome.STORED
        )


async def test_a_report_of_before_is_read_as_ever(here: House) -> None:
    """Rows told before and told again by a kiosk that is newer are the same rows."""
    kiosk = await here.kiosk()
    told = by_hand(await issued(kiosk))
    told["rows"] = [*rows(*GOOD[:6]), row(7, "reversal-sent")]
    assert await tell(kiosk, told) == await tell(kiosk, told) == len(told["rows"])
