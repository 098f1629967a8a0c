"""Whoever has paid is not sent to the cash desk, in whatever order the server hears of ticket and payment."""

import asyncio

import pytest

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.domain.values import new_id
from tests.queue_server.house import TICKET, Client, House
from tests.queue_server.payments.telling import GOOD, PAYMENTS, issued, refund_of, report, rows, tell
from tests.queue_server.payments.test_two_servers import Two, at

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALL = ["reception", "documents", "biometrics", "payment", "submission"]
PAID = ["reception", "documents", "biometrics", "submission"]
#: Documents, then the cash desk; 12.00 EUR, which may be waived.
COPY = TICKET | {"services": ["uto-certified-copy"]}


async def stops(client: Client, visit: str) -> list[str]:
    shown = (await client.get(f"/centres/demo/visits/{visit}")).body["visit"]
    return [stop["id"] for stop in shown["steps"]]


async def skips(here: House) -> int:
    day = here.server[Centres][here.centre].writer.state.day
    return sum(event.type == "stops-skipped" for event in await here.server.log.read(f"queue/{here.centre}/{day}"))


async def at_counter(client: Client, counter: str, *verbs: str, **body: object) -> None:
    for verb in verbs:
        answer = await client.post(f"/centres/demo/counters/{counter}/{verb}", body)
        assert answer.status == 200, answer


async def test_the_stop_goes_when_the_card_is_charged_and_not_before(here: House) -> None:
    kiosk = await here.kiosk()
    visit = await issued(kiosk)
    told = report(visit, *GOOD)
    for last in range(1, 8):
        await tell(kiosk, told | {"rows": told["rows"][:last]})
        assert await stops(kiosk, visit) == (PAID if last >= 6 else ALL)
    await tell(kiosk, told)
    assert await skips(here) == 1


async def test_a_payment_before_its_ticket(here: House) -> None:
    kiosk, visit = await here.kiosk(), new_id()
    await tell(kiosk, report(visit, *GOOD))
    for _ in range(2):
        assert (await kiosk.post("/centres/demo/visits", TICKET | {"id": visit})).status == 201
    assert await stops(kiosk, visit) == PAID
    assert await skips(here) == 1


async def test_both_at_once(here: House) -> None:
    kiosk = await here.kiosk()
    for _ in range(10):
        visit = new_id()
        ticket = kiosk.post("/centres/demo/visits", TICKET | {"id": visit})
        await asyncio.gather(ticket, *(tell(kiosk, told) for told in [report(visit, *GOOD)] * 2))
        assert await stops(kiosk, visit) == PAID
    assert await skips(here) == 10


@pytest.mark.parametrize(
    "states",
    [GOOD[:5], ("created", "sent", "in-doubt"), (*GOOD, "reversed"), ("created", "sent", "declined")],
)
async def test_what_is_not_charged_or_went_back_settles_nothing(here: House, states: tuple[str, ...]) -> None:
    kiosk = await here.kiosk()
    visit = await issued(kiosk)
    await tell(kiosk, report(visit, *states))
    assert await stops(kiosk, visit) == ALL


async def test_what_is_about_to_go_back_is_named_and_settles_nothing(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await here.staff(Role.CASHIER, None)
    visit = await issued(kiosk)
    told = report(visit, *GOOD, "refund-requested")
    await tell(kiosk, told)
    assert await stops(kiosk, visit) == ALL
    shown = (await cashier.get(f"/centres/demo/visits/{visit}")).body["visit"]
    assert shown["payments"] == [told["id"]]


async def test_staff_who_find_that_a_card_was_charged(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await here.staff(Role.CASHIER, None)
    for standing, expected in (("not-charged", ALL), ("charged", PAID)):
        visit = await issued(kiosk)
        told = report(visit, "created", "sent", "needs-staff")
        await tell(kiosk, told)
        assert (await cashier.post(f"{PAYMENTS}/{told['id']}/resolve", {"standing": standing})).status == 200
        assert await stops(kiosk, visit) == expected


async def test_a_fee_that_staff_take_or_waive(here: House) -> None:
    kiosk, (cashier, _) = await here.kiosk(), await here.staff(Role.CASHIER, None)
    taken = {"services": ["uto-certified-copy"], "amount": 1200, "currency": "EUR", "slip": "T-1"}
    waived = {"service": "uto-certified-copy", "reason": "hardship"}
    for verb, wanted in (("manual-payments", taken), ("waive", waived)):
        visit, key = (await kiosk.post("/centres/demo/visits", COPY)).body["visit"]["id"], new_id()
        for _ in range(2):
            assert (await cashier.post(f"/centres/demo/visits/{visit}/{verb}", wanted, key)).status == 200
        assert await stops(kiosk, visit) == ["documents"]
    assert await skips(here) == 2


async def test_hours_later_it_goes_on_from_the_cash_desk_or_is_finished_there(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    visits = [await issued(kiosk) for _ in range(2)]
    await at_counter(manager, "1", "open")
    for visit in visits:
        await at_counter(manager, "1", "call", visit=visit, reason="agreed")
        await at_counter(manager, "1", "start")
        await at_counter(manager, "1", "transfer", step="payment", reason="next-step")
    await at_counter(manager, "1", "call", visit=visits[1], reason="agreed")
    for visit in visits:
        await tell(kiosk, report(visit, *GOOD))
    one, other = [(await manager.get(f"/centres/demo/visits/{visit}")).body["visit"] for visit in visits]
    assert (one["state"], one["step"]) == ("waiting", "submission")
    assert (other["state"], other["step"]) == ("called", "payment")
    await at_counter(manager, "1", "start", "finish")
    assert (await manager.get(f"/centres/demo/visits/{visits[1]}")).body["visit"]["step"] == "submission"


async def test_money_that_goes_back_later_does_not_bring_the_stop_back(here: House) -> None:
    kiosk, (cashier, _), (manager, _) = (
        await here.kiosk(),
        await here.staff(Role.CASHIER, None),
        await here.staff(Role.MANAGER, None),
    )
    visit = await issued(kiosk)
    told = report(visit, *GOOD)
    await tell(kiosk, told)
    refund = await refund_of(cashier, told["id"])
    await manager.post(f"{refund}/confirm")
    await cashier.post(f"{refund}/settle", {"done": True})
    await tell(kiosk, told | {"rows": rows(*GOOD)})
    assert await stops(kiosk, visit) == PAID


async def test_a_ticket_that_goes_on_with_another(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    child = (await kiosk.post("/centres/demo/visits", COPY)).body["visit"]["id"]
    parent = await issued(kiosk)
    assert (await manager.post(f"/centres/demo/visits/{child}/merge", {"into": parent})).status == 200
    told = report(child, *GOOD, services=["uto-certified-copy"], amount=1200)
    await tell(kiosk, told)
    shown = (await manager.get(f"/centres/demo/visits/{parent}")).body["visit"]
    assert [(stop["id"], stop["service"]) for stop in shown["steps"]] == [
        *((stop, "uto-passport-renewal") for stop in ALL),
        ("documents", "uto-certified-copy"),
    ]
    assert shown["payments"] == [told["id"]]


async def test_what_came_paid_with_another_ticket_is_not_taken_again(here: House) -> None:
    kiosk, manager, (cashier, _) = await here.kiosk(), await here.manager(), await here.staff(Role.CASHIER, None)
    copy = {"services": ["uto-certified-copy"], "amount": 1200, "currency": "EUR", "slip": "T-1"}
    passport = {"services": ["uto-passport-renewal"], "amount": 8250, "currency": "EUR", "slip": "T-2"}
    both = TICKET | {"services": ["uto-certified-copy", "uto-passport-renewal"]}
    child = (await kiosk.post("/centres/demo/visits", both)).body["visit"]["id"]
    parent = await issued(kiosk)
    await tell(kiosk, report(child, *GOOD, services=both["services"], amount=9450))
    assert (await manager.post(f"/centres/demo/visits/{child}/merge", {"into": parent})).status == 200
    path = f"/centres/demo/visits/{parent}/manual-payments"
    assert (await cashier.post(path, copy)).code == "fee-paid"
    assert "payment" in await stops(kiosk, parent), "both had a passport, and one is paid"
    assert (await cashier.post(path, passport)).status == 200
    assert await stops(kiosk, parent) == [*PAID, "documents"]


@pytest.mark.asyncio(loop_scope="function")
async def test_two_servers_skip_it_once(two: Two) -> None:
    one, other = two
    kiosk = await one.kiosk()
    for _ in range(5):
        visit = new_id()
        told = report(visit, *GOOD)
        places = [at(kiosk, house) for house in two] * 2
        tickets = (place.post("/centres/demo/visits", TICKET | {"id": visit}) for place in places)
        await asyncio.gather(*tickets, *(tell(place, told) for place in places))
        for house in two:
            await house.server[Centres].find(house.centre).writer.catch_up()
            assert await stops(at(kiosk, house), visit) == PAID
    assert await skips(one) == await skips(other) == 5
