"""Staff take a fee without a kiosk: what was taken is written down once, and nothing is taken twice."""

import asyncio
from collections import Counter

import pytest

from queue_server.domain.tariff import Price
from queue_server.domain.values import CurrencyCode, ServiceId, new_id
from queue_server.payments.fees_due import Due, DueBill, bills
from tests.queue_server.house import House
from tests.queue_server.payments.telling import GOOD, PAYMENTS, issued, look, refund_of, report, tell
from tests.queue_server.payments.test_refunds import desk

in_loop_of_module = pytest.mark.asyncio(loop_scope="module")

TAKEN = {"services": ["uto-passport-renewal"], "amount": 8250, "currency": "EUR", "slip": "T-004711"}
EUR, KWD = CurrencyCode("EUR"), CurrencyCode("KWD")


def path(visit: str) -> str:
    return f"/centres/demo/visits/{visit}/manual-payments"


@in_loop_of_module
async def test_what_was_taken_stands_and_can_go_back(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    visit, key = await issued(kiosk), new_id()
    first, repeated = [await cashier.post(path(visit), TAKEN, key) for _ in range(2)]
    taken = first.body["payment"]
    assert repeated.body == first.body
    assert (taken["standing"], taken["remaining"], taken["driver"], taken["reference"]) == (
        "charged",
        8250,
        "manual",
        "T-004711",
    )
    assert (await manager.get(f"/centres/demo/visits/{visit}")).body["visit"]["payments"] == [taken["id"]]
    twice = await manager.post(path(visit), TAKEN)
    assert (twice.status, twice.code) == (409, "fee-paid")
    refund = await refund_of(cashier, taken["id"])
    assert (await manager.post(f"{refund}/confirm")).status == 200
    # Until the money went back, somebody has to give it back.
    assert [one["id"] for one in (await cashier.get(f"{PAYMENTS}?waits=yes")).body["payments"]] == [taken["id"]]
    await cashier.post(f"{refund}/settle", {"done": True, "reference": "T-004712"})
    assert (await cashier.get(f"{PAYMENTS}?waits=yes")).body["payments"] == []
    assert (await cashier.post(path(visit), TAKEN)).status == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": 8249}, "fee-differs"),
        ({"currency": "USD"}, "fee-not-set"),
        ({"services": ["uto-birth"]}, "fee-not-of-visit"),
        ({"services": ["uto-certified-copy"], "amount": 1200}, "fee-not-of-visit"),
        ({"services": ["uto-emergency-funds"], "amount": 1}, "fee-not-set"),
        ({"services": ["uto-passport-renewal", "uto-permit-residence"]}, "fee-differs"),
        ({"slip": "4111-1111-1111-1111"}, "slip-card-number"),
        ({"slip": "411111111111"}, "slip-card-number"),
        ({"slip": ""}, "body-invalid"),
        ({"slip": "a slip"}, "body-invalid"),
        ({"slip": "T-1\n"}, "body-invalid"),
        ({"amount": 0}, "body-invalid"),
        ({"services": []}, "body-invalid"),
    ],
)
@in_loop_of_module
async def test_what_cannot_be_taken_is_refused_and_nothing_stays(
    here: House, change: dict[str, object], code: str
) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    visit = await issued(kiosk, "uto-passport-renewal", "uto-permit-residence", "uto-emergency-funds")
    assert (await cashier.post(path(visit), TAKEN | change)).code == code
    assert (await cashier.get(f"/centres/demo/visits/{visit}/payments")).body == {"payments": []}


@in_loop_of_module
async def test_what_a_kiosk_may_have_charged_is_not_taken_again(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    visit = await issued(kiosk)
    told = report(visit, "created", "sent", "in-doubt", "needs-staff")
    await tell(kiosk, told)
    refused = await cashier.post(path(visit), TAKEN)
    assert (refused.code, refused.body["placeholders"]["payment"]) == ("fee-undecided", told["id"])
    await cashier.post(f"{PAYMENTS}/{told['id']}/resolve", {"standing": "not-charged"})
    assert (await cashier.post(path(visit), TAKEN)).status == 200
    paid = await issued(kiosk)
    await tell(kiosk, report(paid, *GOOD))
    assert (await cashier.post(path(paid), TAKEN)).code == "fee-paid"


@in_loop_of_module
async def test_a_waived_fee_is_not_taken(here: House) -> None:
    visit, (cashier, _) = await issued(await here.kiosk(), "uto-certified-copy"), await desk(here)
    wanted = {"service": "uto-certified-copy", "reason": "minor"}
    assert (await cashier.post(f"/centres/demo/visits/{visit}/waive", wanted)).status == 200
    copy = TAKEN | {"services": ["uto-certified-copy"], "amount": 1200}
    assert (await cashier.post(path(visit), copy)).code == "fee-waived"


@in_loop_of_module
async def test_of_many_who_take_at_once_one_does(here: House) -> None:
    visit, staff = await issued(await here.kiosk()), await desk(here)
    wanted = [TAKEN | {"slip": f"T-{number}"} for number in range(8)]
    answers = await asyncio.gather(*(one.post(path(visit), body) for one, body in zip(staff * 4, wanted, strict=True)))
    assert Counter(answer.status for answer in answers) == {200: 1, 409: 7}
    (only,) = (await staff[0].get(f"/centres/demo/visits/{visit}/payments")).body["payments"]
    assert (await look(staff[0], only["id"]))["amount"] == 8250


@in_loop_of_module
async def test_nothing_is_taken_for_a_visit_that_is_not_there(here: House) -> None:
    cashier, _ = await desk(here)
    refused = await cashier.post(path(new_id()), TAKEN)
    assert (refused.status, refused.code) == (409, "visit-unknown")


def test_what_can_be_taken_at_once_has_one_currency() -> None:
    both, one = (Price(1200, EUR), Price(400, KWD)), (Price(500, EUR),)
    cost = {ServiceId("a"): both, ServiceId("b"): one, ServiceId("c"): (Price(1, KWD),)}

    def found(*services: str) -> tuple[DueBill, ...]:
        return bills(Due(ServiceId(one), cost[ServiceId(one)]) for one in services)

    a, b, c = map(ServiceId, "abc")
    assert found("a", "b") == (DueBill((a, b), 1700, EUR),)
    assert found("a") == (DueBill((a,), 1200, EUR), DueBill((a,), 400, KWD))
    assert found("b", "c") == (DueBill((b,), 500, EUR), DueBill((c,), 1, KWD))
    assert found() == ()
