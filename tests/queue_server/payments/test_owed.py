"""What is paid is what is owed, by people and services; what is not settles nothing, and managers decide on it."""

from typing import Any

import pytest
from sqlalchemy import Connection

from queue_server.catalogue import store
from queue_server.centre.centres import Centres
from queue_server.domain.values import new_id
from tests.queue_server.house import TICKET, Client, House
from tests.queue_server.payments.telling import GOOD, PAYMENTS, issued, look, refund_of, report, rows, tell
from tests.queue_server.payments.test_by_hand import TAKEN, path
from tests.queue_server.payments.test_cash_desk import ALL, PAID, stops
from tests.queue_server.payments.test_refunds import desk
from tests.queue_server.payments.test_saying import by_hand

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: Four people: 2 x 82.50 and 41.25 for passports, nothing for the small child; one copy for all, 12.00.
FAMILY = [{"band": "adult", "count": 2}, {"band": "child", "count": 1}, {"band": "small-child", "count": 1}]
PASSPORTS, COPY = 2 * 8250 + 4125, 1200
BOTH = ("uto-passport-renewal", "uto-certified-copy")


async def shown(client: Client, visit: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"/centres/demo/visits/{visit}")).body["visit"]
    return found


async def waiting(client: Client) -> list[str]:
    return [one["id"] for one in (await client.get(f"{PAYMENTS}?waits=yes")).body["payments"]]


# --- people times services -----------------------------------------------------------------------------------------


async def test_a_party_owes_for_each_of_its_people_and_each_of_its_services(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    visit = await issued(kiosk, *BOTH, people=FAMILY)
    assert (await shown(cashier, visit))["party_size"] == 4
    assert (await shown(cashier, visit))["people"] == FAMILY
    whole = TAKEN | {"services": list(BOTH), "amount": PASSPORTS + COPY}
    for wrong in (8250 + COPY, PASSPORTS + 4 * COPY, PASSPORTS):
        assert (await cashier.post(path(visit), whole | {"amount": wrong})).code == "fee-differs"
    assert (await cashier.post(path(visit), whole)).status == 200
    assert (await cashier.post(path(visit), whole)).code == "fee-paid"


async def test_whoever_is_not_counted_by_age_pays_as_an_adult(here: House) -> None:
    visit, (cashier, _) = await issued(await here.kiosk(), party_size=3), await desk(here)
    assert (await shown(cashier, visit))["people"] == [{"band": "adult", "count": 3}]
    assert (await cashier.post(path(visit), TAKEN)).code == "fee-differs"
    assert (await cashier.post(path(visit), TAKEN | {"amount": 3 * 8250})).status == 200


async def test_who_comes_later_owes_the_rest_and_a_service_may_be_for_some(here: House) -> None:
    visit, (cashier, manager) = await issued(await here.kiosk(), *BOTH), await desk(here)
    assert (await cashier.post(path(visit), TAKEN)).status == 200
    change = f"/centres/demo/visits/{visit}/change"
    assert (await manager.post(change, {"people": FAMILY})).status == 200
    assert (await cashier.post(path(visit), TAKEN)).code == "fee-differs"
    alone = {"people": [{"band": "adult", "count": 2}], "only": "uto-passport-renewal"}
    after = (await manager.post(change, alone)).body["visit"]
    assert (after["party_size"], after["people"]) == (4, FAMILY), "the party is as large as it was"
    assert (await manager.post(change, alone | {"only": "uto-permit-residence"})).code == "fee-not-of-visit"
    # One of the two adults has paid; the copy is one for all.
    rest = TAKEN | {"services": list(BOTH), "amount": 8250 + COPY, "slip": "T-2"}
    assert (await cashier.post(path(visit), rest)).status == 200


async def test_an_age_that_is_corrected_after_paying_costs_or_gives_back_the_difference(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    adult, child = ([{"band": band, "count": 1}] for band in ("adult", "child"))
    visit = await issued(kiosk, people=adult)
    change = f"/centres/demo/visits/{visit}/change"
    taken = (await cashier.post(path(visit), TAKEN)).body["payment"]["id"]
    await manager.post(change, {"people": child})
    assert (await cashier.post(path(visit), TAKEN | {"amount": 4125, "slip": "T-2"})).code == "fee-paid"
    refund = await refund_of(cashier, taken, 4125)
    assert (await manager.post(f"{refund}/confirm")).status == 200
    assert (await cashier.post(f"{refund}/settle", {"done": True})).status == 200
    assert (await cashier.post(path(visit), TAKEN | {"amount": 4125, "slip": "T-2"})).code == "fee-paid"
    await manager.post(change, {"people": adult})
    assert (await cashier.post(path(visit), TAKEN | {"slip": "T-2"})).code == "fee-differs"
    rest = await cashier.post(path(visit), TAKEN | {"amount": 4125, "slip": "T-2"})
    assert (rest.status, rest.body["payment"].get("discrepancy")) == (200, None)
    assert await waiting(manager) == []
    assert await stops(kiosk, visit) == PAID


@pytest.mark.parametrize("when", ["before", "between", "after"])
async def test_tickets_that_are_joined_owe_what_each_owes(here: House, when: str) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    one, two, three = [await issued(kiosk, people=FAMILY[:1]) for _ in range(3)]

    async def take(visit: str, parties: int, slip: str) -> None:
        wanted = TAKEN | {"amount": parties * 2 * 8250, "slip": slip}
        assert (await cashier.post(path(visit), wanted)).status == 200

    async def merge(visit: str, into: str) -> None:
        assert (await manager.post(f"/centres/demo/visits/{visit}/merge", {"into": into})).status == 200

    if when == "before":
        for slip, visit in enumerate((one, two, three)):
            await take(visit, 1, f"T-{slip}")
    await merge(one, two)
    if when == "between":
        await take(one, 2, "T-1")
        await tell(kiosk, report(three, *GOOD, amount=2 * 8250, people=FAMILY[:1]))
    await merge(three, two)
    if when == "after":
        await take(three, 3, "T-1")
    assert (await cashier.post(path(two), TAKEN)).code == "fee-paid"
    assert await stops(kiosk, two) == PAID


# --- a slip, a visit -----------------------------------------------------------------------------------------------


async def test_one_slip_is_for_one_visit(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    first, second = await issued(kiosk), await issued(kiosk)
    taken = (await cashier.post(path(first), TAKEN)).body["payment"]["id"]
    refused = await manager.post(path(second), TAKEN | {"slip": "t-004711"})
    assert (refused.status, refused.code, refused.body["placeholders"]) == (409, "slip-used", {"payment": taken})
    asked = by_hand(second, *GOOD[:3])
    await tell(kiosk, asked)
    word = {"row": 3, "amount": 8250, "done": True, "slip": "T-004711"}
    assert (await cashier.post(f"{PAYMENTS}/{asked['id']}/confirmations", word)).code == "slip-used"
    assert (await cashier.post(f"{PAYMENTS}/{asked['id']}/confirmations", word | {"slip": "T-004712"})).status == 200
    third = await issued(kiosk)
    assert (await cashier.post(path(third), TAKEN | {"slip": "T-004712"})).code == "slip-used"


async def test_a_party_may_have_one_slip_for_all_its_tickets(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    first, second = await issued(kiosk), await issued(kiosk)
    assert (await cashier.post(path(first), TAKEN)).status == 200
    assert (await manager.post(f"/centres/demo/visits/{second}/merge", {"into": first})).status == 200
    assert (await cashier.post(path(first), TAKEN)).status == 200


# --- not what was owed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"amount": 1}, "amount"),
        ({"amount": 8251}, "amount"),
        ({"currency": "USD"}, "amount"),
        ({"people": FAMILY}, "amount"),
        ({"amount": PASSPORTS, "people": FAMILY}, "not-owed"),
        ({"services": ["uto-permit-residence"], "amount": 14_000}, "not-owed"),
    ],
)
async def test_a_kiosk_that_took_something_else_settles_nothing(here: House, more: dict[str, object], why: str) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    visit = await issued(kiosk)
    told = report(visit, *GOOD, **more)
    await tell(kiosk, told)
    await tell(kiosk, told)
    found = await look(cashier, told["id"])
    assert (found["standing"], found["discrepancy"], found["accepted_by"]) == ("charged", why, None)
    assert await stops(kiosk, visit) == ALL
    assert await waiting(cashier) == [told["id"]]
    assert (await cashier.post(path(visit), TAKEN)).status == 200, "the fee is open"


async def dearer(here: House) -> None:
    """Import a set-up in which a passport costs 89.00, and have the server go by it."""

    def change(connection: Connection) -> None:
        text = store.export_catalogue(connection, here.centre)
        assert text is not None
        store.import_catalogue(connection, text.replace('"82.50"', '"89.00"'))

    await here.server.log.write(change)
    await here.server[Centres].refresh()
    assert any(rate.amount == 8900 for rate in here.server[Centres][here.centre].settings.tariff.rates)


@pytest.mark.parametrize("ticket", ["before", "after"])
async def test_a_fee_that_changes_while_somebody_pays_is_what_they_were_asked(here: House, ticket: str) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    visit = await issued(kiosk) if ticket == "before" else new_id()
    told = report(visit, *GOOD[:3])
    await tell(kiosk, told)
    await dearer(here)
    await tell(kiosk, told | {"rows": rows(*GOOD)})
    if ticket == "after":
        assert (await kiosk.post("/centres/demo/visits", TICKET | {"id": visit})).status == 201
    assert (await look(cashier, told["id"]))["discrepancy"] is None
    assert await stops(kiosk, visit) == PAID
    assert (await cashier.post(path(visit), TAKEN)).code == "fee-paid"


async def test_a_manager_accepts_what_differs_and_it_settles(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    visit = await issued(kiosk)
    told = report(visit, *GOOD, amount=8000)
    await tell(kiosk, told)
    accept, key = f"{PAYMENTS}/{told['id']}/accept", new_id()
    assert (await cashier.post(accept)).status == 403
    first, repeated = [await manager.post(accept, None, key) for _ in range(2)]
    assert first.body == repeated.body
    assert first.body["payment"]["accepted_by"] is not None
    assert await stops(kiosk, visit) == PAID
    assert await waiting(cashier) == []
    assert (await cashier.post(path(visit), TAKEN)).code == "fee-paid"
    whole = await issued(kiosk)
    right = report(whole, *GOOD)
    await tell(kiosk, right)
    assert (await manager.post(f"{PAYMENTS}/{right['id']}/accept")).code == "payment-no-discrepancy"


async def test_what_differs_and_goes_back_needs_nobody_any_more(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    told = report(await issued(kiosk), *GOOD, amount=1)
    await tell(kiosk, told)
    refund = await refund_of(cashier, told["id"])
    assert (await manager.post(f"{refund}/confirm")).status == 200
    assert (await cashier.post(f"{refund}/settle", {"done": True})).status == 200
    assert await waiting(cashier) == []
    assert (await manager.post(f"{PAYMENTS}/{told['id']}/accept")).code == "payment-no-discrepancy"


async def test_a_payment_for_a_visit_that_was_cancelled_is_a_question(here: House) -> None:
    kiosk, (cashier, manager) = await here.kiosk(), await desk(here)
    visit = await issued(kiosk)
    assert (await manager.post(f"/centres/demo/visits/{visit}/cancel")).status == 200
    assert (await cashier.post(path(visit), TAKEN)).code == "visit-cancelled"
    waived = {"service": "uto-passport-renewal", "reason": "minor"}
    assert (await cashier.post(f"/centres/demo/visits/{visit}/waive", waived)).code == "visit-cancelled"
    told = report(visit, *GOOD)
    await tell(kiosk, told)
    assert (await look(cashier, told["id"]))["discrepancy"] == "cancelled"


async def test_what_was_taken_by_hand_meanwhile_is_paid_twice(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    visit = await issued(kiosk)
    assert (await cashier.post(path(visit), TAKEN)).status == 200
    told = report(visit, *GOOD)
    await tell(kiosk, told)
    assert (await look(cashier, told["id"]))["discrepancy"] == "not-owed"


async def test_a_payment_before_its_ticket_is_compared_when_the_ticket_comes(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await desk(here)
    visit = new_id()
    told = report(visit, *GOOD, services=["uto-permit-residence"], amount=14_000)
    await tell(kiosk, told)
    assert (await look(cashier, told["id"]))["discrepancy"] is None
    assert (await kiosk.post("/centres/demo/visits", TICKET | {"id": visit})).status == 201
    assert (await look(cashier, told["id"]))["discrepancy"] == "not-owed"
    assert await stops(kiosk, visit) == ALL
