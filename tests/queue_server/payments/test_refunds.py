"""Money goes back when two people agree, never more than there is; fees are let be once."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from queue_server.accounts.model import Role
from queue_server.domain.values import SECOND, Micros, new_id, now_micros
from tests.queue_server.accounts.test_devices import figures
from tests.queue_server.house import Client, House, house
from tests.queue_server.payments.telling import (
    GOOD,
    PAYMENTS,
    issued,
    look,
    paid,
    refund_of,
    report,
    request_refund,
    row,
    tell,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def desk(here: House) -> tuple[Client, Client]:
    """Sign in a cashier and a manager."""
    return (await here.staff(Role.CASHIER, None))[0], (await here.staff(Role.MANAGER, None))[0]


# --- refunds -------------------------------------------------------------------------------------------------------


async def test_one_asks_another_confirms_and_the_money_goes_back(here: House) -> None:
    payment, (cashier, manager) = await paid(await here.kiosk()), await desk(here)
    refund = await refund_of(cashier, payment, 5000)
    alarm = f'queue_payment_alarms{{centre="{here.centre}",kind="waiting"}} '
    waiting = (await manager.get(f"{PAYMENTS}?waits=yes")).body["payments"]
    assert [one["id"] for one in waiting] == [payment]
    assert alarm + "1.0" in await figures(here)
    assert (await look(manager, payment))["remaining"] == 3250
    assert (await manager.post(f"{refund}/confirm")).status == 200
    # It waits until somebody has given the money back.
    assert len((await manager.get(f"{PAYMENTS}?waits=yes")).body["payments"]) == 1
    settled = await cashier.post(f"{refund}/settle", {"done": True, "reference": "0042"})
    assert (await manager.get(f"{PAYMENTS}?waits=yes")).body["payments"] == []
    assert alarm + "0.0" in await figures(here)
    (found,) = settled.body["payment"]["refunds"]
    assert (found["state"], found["amount"], found["reference"]) == ("done", 5000, "0042")
    assert len({found["requested_by"], found["decided_by"]}) == 2
    assert settled.body["payment"]["remaining"] == 3250


async def test_nobody_confirms_their_own_refund(here: House) -> None:
    payment, staff = await paid(await here.kiosk()), await desk(here)
    for asker in staff:
        refund = await refund_of(asker, payment, 100)
        refused = await asker.post(f"{refund}/confirm")
        assert (refused.status, refused.code) == (409, "refund-same-person")
        # They may take it back, and then it cannot be confirmed by anybody.
        assert (await asker.post(f"{refund}/reject")).status == 200
        for one in staff:
            late = await one.post(f"{refund}/confirm")
            assert late.status == 409
    assert (await look(staff[0], payment))["remaining"] == 8250


async def test_the_same_person_at_two_desks_is_one_person(here: House) -> None:
    """A refund is bound to the account, and not to the session."""
    payment = await paid(await here.kiosk())
    cashier, session = await here.staff(Role.CASHIER, None)
    refund = await refund_of(cashier, payment)
    found = (await look(cashier, payment))["refunds"][0]
    assert found["requested_by"] == session.staff
    assert (await cashier.post(f"{refund}/confirm", None, new_id())).code == "refund-same-person"


async def test_never_more_than_what_is_left(here: House) -> None:
    payment, (cashier, manager) = await paid(await here.kiosk()), await desk(here)
    above = await request_refund(cashier, payment, 8251)
    assert (above.status, above.code, above.body["placeholders"]) == (
        409,
        "refund-exceeds-payment",
        {"remaining": 8250},
    )
    refund = await refund_of(cashier, payment, 8000)
    assert (await request_refund(manager, payment, 251)).code == "refund-exceeds-payment"
    rest = await refund_of(manager, payment)
    assert (await look(cashier, payment))["remaining"] == 0
    assert (await request_refund(cashier, payment)).code == "refund-no-amount"
    # What is rejected, or could not be given back, is there again.
    assert (await manager.post(f"{refund}/reject")).body["payment"]["remaining"] == 8000
    await cashier.post(f"{rest}/confirm")
    assert (await cashier.post(f"{rest}/settle", {"done": False})).body["payment"]["remaining"] == 8250


@pytest.mark.parametrize(
    "body", [{"reason": "other", "amount": 0}, {"reason": "other", "amount": -5}, {"amount": 5}, {}]
)
async def test_a_refund_has_an_amount_and_a_reason(here: House, body: dict[str, Any]) -> None:
    payment, (cashier, _) = await paid(await here.kiosk()), await desk(here)
    refused = await cashier.post(f"{PAYMENTS}/{payment}/refunds", body)
    assert (refused.status, refused.code) == (400, "body-invalid")


@pytest.mark.parametrize(
    ("states", "standing"),
    [
        (("created",), "open"),
        (("created", "sent", "in-doubt"), "undecided"),
        (("created", "sent", "declined"), "not-charged"),
        ((*GOOD, "reversed"), "returned"),
        ((*GOOD, "refund-requested"), "returning"),
        ((*GOOD, "needs-staff"), "undecided"),
        (("created", "sent", "approved", "goods-issued"), "undecided"),
        ((*GOOD, "cancelled"), "undecided"),
        ((*GOOD, "in-doubt", "cancelled"), "not-charged"),
        (("created", "declined", "committed"), "undecided"),
    ],
)
async def test_only_what_is_certainly_charged_goes_back(here: House, states: tuple[str, ...], standing: str) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    told = report(await issued(kiosk), *states)
    await tell(kiosk, told)
    refused = await request_refund(cashier, told["id"])
    assert (refused.status, refused.code) == (409, "payment-not-charged")
    assert refused.body["placeholders"] == {"standing": standing}


async def test_what_was_reversed_meanwhile_cannot_be_confirmed(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    told = report(await issued(kiosk), *GOOD)
    await tell(kiosk, told)
    refund = await refund_of(cashier, told["id"])
    await tell(kiosk, told | {"rows": [row(8, "reversed")]})
    refused = await manager.post(f"{refund}/confirm")
    assert (refused.status, refused.code) == (409, "payment-not-charged")


async def test_money_that_went_back_twice_needs_staff(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    told = report(await issued(kiosk), *GOOD)
    await tell(kiosk, told)
    refund = await refund_of(cashier, told["id"])
    await manager.post(f"{refund}/confirm")
    assert await tell(kiosk, told | {"rows": [row(8, "reversed")]}) == 8
    found = await look(manager, told["id"])
    assert (found["standing"], found["contradicted"], found["remaining"]) == ("undecided", True, 0)
    assert [one["id"] for one in (await manager.get(f"{PAYMENTS}?waits=yes")).body["payments"]] == [told["id"]]


async def test_what_stays_undecided_comes_to_the_notice_of_staff(data: Path) -> None:
    late = 0
    async with house(data, clock=lambda: Micros(now_micros() + late)) as here:
        kiosk, (cashier, _) = await here.kiosk(), await desk(here)
        journals = (GOOD[:4], (*GOOD[:3], "needs-staff"), GOOD)
        doubt, staff, good = [report(await issued(kiosk), *states) for states in journals]
        for told in (doubt, staff, good):
            await tell(kiosk, told)

        async def waiting() -> set[str]:
            return {one["id"] for one in (await cashier.get(f"{PAYMENTS}?waits=yes")).body["payments"]}

        assert await waiting() == {staff["id"]}
        late = 301 * SECOND
        assert await waiting() == {staff["id"], doubt["id"]}
        for told in (doubt, staff):
            await cashier.post(f"{PAYMENTS}/{told['id']}/resolve", {"standing": "not-charged"})
        assert await waiting() == set()


async def test_staff_say_what_became_of_a_payment_and_the_journal_may_say_more(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    told = report(await issued(kiosk), "created", "sent", "in-doubt", "needs-staff")
    await tell(kiosk, told)
    path = f"{PAYMENTS}/{told['id']}/resolve"
    resolved = await cashier.post(path, {"standing": "charged"})
    assert (resolved.body["payment"]["standing"], resolved.body["payment"]["remaining"]) == ("charged", 8250)
    again = await cashier.post(path, {"standing": "not-charged"})
    assert (again.status, again.code) == (409, "payment-not-undecided")
    assert (await cashier.post(path, {"standing": "charged"})).status == 200
    await tell(kiosk, told | {"rows": [row(5, "cancelled")]})
    assert (await look(cashier, told["id"]))["standing"] == "not-charged"
    assert (await cashier.post(path, {"standing": "waived"})).status == 400


async def test_a_lost_answer_refunds_nothing_twice(here: House) -> None:
    payment, (cashier, manager), key = await paid(await here.kiosk()), await desk(here), new_id()
    path = f"{PAYMENTS}/{payment}/refunds"
    wanted = {"reason": "paid-twice", "amount": 4000}
    answers = [(await cashier.post(path, wanted, key)).body["payment"] for _ in range(3)]
    assert all(answer == answers[0] for answer in answers)
    assert len(answers[0]["refunds"]) == 1
    reused = await cashier.post(path, wanted | {"amount": 1}, key)
    assert (reused.status, reused.code) == (422, "idempotency-key-reused")
    refund = f"{path}/{answers[0]['refunds'][0]['id']}"
    for verb, body in (("confirm", None), ("settle", {"done": True})):
        assert [(await manager.post(f"{refund}/{verb}", body)).status for _ in range(2)] == [200, 200]
    assert (await manager.post(f"{refund}/settle", {"done": False})).code == "refund-state"


async def test_of_many_who_ask_at_once_no_more_goes_back_than_was_paid(here: House) -> None:
    payment, (cashier, manager) = await paid(await here.kiosk()), await desk(here)
    answers = await asyncio.gather(*(request_refund(one, payment, 2000) for one in (cashier, manager) * 5))
    assert Counter(answer.status for answer in answers) == {200: 4, 409: 6}
    found = await look(manager, payment)
    assert (len(found["refunds"]), found["remaining"]) == (4, 250)


async def test_what_is_not_there_is_said(here: House) -> None:
    payment, (cashier, _) = await paid(await here.kiosk()), await desk(here)
    lost = await cashier.post(f"{PAYMENTS}/{payment}/refunds/{new_id()}/confirm")
    assert (lost.status, lost.code) == (404, "refund-unknown")
    for path in (new_id(), "..%2F..%2Fqueue", "%00"):
        gone = await cashier.get(f"{PAYMENTS}/{path}")
        assert gone.status == 404
        assert (await request_refund(cashier, path)).status == 404


# --- waivers -------------------------------------------------------------------------------------------------------


async def test_a_fee_is_waived_once_and_the_visit_names_it(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    visit, key = await issued(kiosk, "uto-certified-copy"), new_id()
    path, wanted = f"/centres/demo/visits/{visit}/waive", {"service": "uto-certified-copy", "reason": "hardship"}
    first, repeated = [await cashier.post(path, wanted, key) for _ in range(2)]
    waived = first.body["payment"]
    assert repeated.body == first.body
    assert (waived["standing"], waived["waiver"], waived["amount"], waived["remaining"]) == (
        "waived",
        "hardship",
        1200,
        0,
    )
    shown = await manager.get(f"/centres/demo/visits/{visit}")
    assert shown.body["visit"]["payments"] == [waived["id"]]
    twice = await manager.post(path, wanted)
    assert (twice.status, twice.code) == (409, "fee-waived")
    assert (await request_refund(cashier, waived["id"])).code == "payment-not-charged"
    assert (await cashier.post(f"{PAYMENTS}/{waived['id']}/resolve", {"standing": "charged"})).status == 409


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"service": "uto-passport-renewal"}, "fee-not-set"),
        ({"service": "uto-emergency-funds"}, "fee-not-set"),
        ({"service": "uto-birth"}, "fee-not-of-visit"),
        ({"currency": "USD"}, "fee-not-set"),
        ({"reason": "because"}, "body-invalid"),
        ({"currency": "euro"}, "body-invalid"),
    ],
)
async def test_what_cannot_be_waived_is_refused(here: House, change: dict[str, str], code: str) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    visit = await issued(kiosk, "uto-certified-copy", "uto-passport-renewal", "uto-emergency-funds")
    wanted = {"service": "uto-certified-copy", "reason": "minor"} | change
    assert (await cashier.post(f"/centres/demo/visits/{visit}/waive", wanted)).code == code
    assert (await manager.get(f"/centres/demo/visits/{visit}")).body["visit"]["payments"] == []


async def test_nothing_is_waived_for_a_visit_that_is_not_there(here: House) -> None:
    cashier, _ = await desk(here)
    visit = new_id()
    wanted = {"service": "uto-certified-copy", "reason": "minor"}
    refused = await cashier.post(f"/centres/demo/visits/{visit}/waive", wanted)
    assert (refused.status, refused.code) == (409, "visit-unknown")
    assert (await cashier.get(f"/centres/demo/visits/{visit}/payments")).body == {"payments": []}


async def test_of_many_who_waive_at_once_one_does(here: House) -> None:
    kiosk, staff = await here.kiosk(), await desk(here)
    visit = await issued(kiosk, "uto-certified-copy", "uto-passport-renewal", "uto-emergency-funds")
    wanted = {"service": "uto-certified-copy", "reason": "minor"}
    path = f"/centres/demo/visits/{visit}/waive"
    answers = await asyncio.gather(*(one.post(path, wanted) for one in staff * 4))
    assert Counter(answer.status for answer in answers) == {200: 1, 409: 7}


@pytest.mark.parametrize(
    ("reference", "status", "code"),
    [
        ("Amina Haddad", 400, "body-invalid"),
        ("Haddad", 400, "body-invalid"),
        ("4" * 25, 400, "body-invalid"),
        ("4111/1111/1111/1111", 409, "slip-card-number"),
        ("4111111111111111", 409, "slip-card-number"),
        ("0042/2026", 200, ""),
        ("", 200, ""),
    ],
)
async def test_the_number_of_a_slip_is_no_name_and_no_card(here: House, reference: str, status: int, code: str) -> None:
    payment, (cashier, manager) = await paid(await here.kiosk()), await desk(here)
    refund = await refund_of(cashier, payment, 5000)
    assert (await manager.post(f"{refund}/confirm")).status == 200
    answer = await cashier.post(f"{refund}/settle", {"done": True, "reference": reference})
    assert answer.status == status, answer
    assert not code or answer.code == code
