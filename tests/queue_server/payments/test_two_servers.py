"""Two servers of one PostgreSQL: the fence lets one of them be first, and the other sees it."""

import asyncio
from collections import Counter

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.eventlog.verify import verify
from queue_server.payments import store
from queue_server.vault.keys import Keys
from tests.queue_server.house import Client, House
from tests.queue_server.payments.telling import (
    GOOD,
    PAYMENTS,
    issued,
    look,
    paid,
    refund_of,
    report,
    request_refund,
    tell,
)

Two = tuple[House, House]


def at(client: Client, house: House) -> Client:
    """Let the same client speak to another server."""
    headers = client.headers | ({"Origin": house.address} if "Origin" in client.headers else {})
    return Client(house.http, house.address, headers)


async def types(house: House, payment: str) -> list[str]:
    return [event.type for event in await house.server.log.read(store.PAYMENTS.stream(payment))]


async def test_the_same_report_at_two_servers_is_one_payment(two: Two) -> None:
    one, other = two
    kiosk = await one.kiosk()
    desk = await one.manager()
    for _ in range(5):
        visit = await issued(kiosk)
        told = report(visit, *GOOD, receipts=[{"number": 1, "kind": "merchant", "lines": ["SPECIMEN"]}])
        places = [at(kiosk, house) for house in two] * 3
        assert await asyncio.gather(*(tell(place, told) for place in places)) == [7] * 6
        assert Counter(await types(one, told["id"])) == {
            "payment-initiated": 1,
            "journal-row-reported": 7,
            "receipt-stored": 1,
        }
        for house in two:
            shown = await at(desk, house).get(f"/centres/demo/visits/{visit}/payments")
            assert [found["standing"] for found in shown.body["payments"]] == ["charged"]
    writer = one.server[Centres].find("demo").writer
    await writer.catch_up()
    assert [len(visit.settlement_ids) for visit in writer.state.visits.values()] == [1] * 5
    assert (await verify(other.server.database, other.server[Keys].signer().verifier)).ok


async def test_two_confirm_the_same_refund_at_two_servers_and_it_is_confirmed_once(two: Two) -> None:
    one, other = two
    kiosk = await one.kiosk()
    cashier = (await one.staff(Role.CASHIER, None))[0]
    first, second = [(await one.staff(Role.MANAGER, None))[0] for _ in range(2)]
    for _ in range(5):
        payment = await paid(kiosk)
        refund = await refund_of(cashier, payment, 8250)
        answers = await asyncio.gather(
            first.post(f"{refund}/confirm"),
            at(second, other).post(f"{refund}/confirm"),
            at(cashier, other).post(f"{refund}/confirm"),
        )
        assert [answer.status for answer in answers].count(200) == 1
        codes = [answer.code for answer in answers if answer.status != 200]
        assert sorted(codes) == ["refund-same-person", "refund-state"]
        assert (await types(one, payment)).count("refund-confirmed") == 1
        assert (await look(at(first, other), payment))["refunds"][0]["state"] == "confirmed"


async def test_two_ask_for_all_of_it_at_two_servers_and_one_gets_it(two: Two) -> None:
    one, other = two
    kiosk = await one.kiosk()
    first, second = [(await one.staff(Role.CASHIER, None))[0] for _ in range(2)]
    for _ in range(5):
        payment = await paid(kiosk)
        wanted = {"reason": "paid-twice", "amount": 8250}
        places = (first, at(second, other), at(first, other), second)
        answers = await asyncio.gather(*(place.post(f"{PAYMENTS}/{payment}/refunds", wanted) for place in places))
        assert Counter(answer.status for answer in answers) == {200: 1, 409: 3}
        assert (await look(first, payment))["remaining"] == 0


async def test_64_ask_for_a_refund_at_two_servers_at_once_and_each_has_an_answer(two: Two) -> None:
    """Done while there is something left, the rule's refusal after that, and nobody is told to come again."""
    one, other = two
    cashiers = [(await one.staff(Role.CASHIER, None))[0] for _ in range(4)]
    places = [at(cashiers[n % 4], two[n % 2]) for n in range(64)]
    payment = await paid(await one.kiosk())
    answers = await asyncio.gather(*(request_refund(place, payment, 200) for place in places))
    codes = Counter("" if answer.status == 200 else answer.code for answer in answers)
    assert codes == {"": 41, "refund-exceeds-payment": 23}
    found = await look(at(cashiers[0], other), payment)
    assert (found["remaining"], len(found["refunds"])) == (50, 41)
    # Each was answered with the refund that it asked for.
    own = [answer.body["payment"]["refunds"][-1]["id"] for answer in answers if answer.status == 200]
    assert sorted(own) == sorted(refund["id"] for refund in found["refunds"])


async def test_two_waive_the_same_fee_at_two_servers_and_one_does(two: Two) -> None:
    one, other = two
    kiosk, cashier = await one.kiosk(), (await one.staff(Role.CASHIER, None))[0]
    wanted = {"service": "uto-certified-copy", "reason": "emergency"}
    for _ in range(5):
        path = f"/centres/demo/visits/{await issued(kiosk, 'uto-certified-copy')}/waive"
        await other.server[Centres].find("demo").writer.catch_up()
        answers = await asyncio.gather(cashier.post(path, wanted), at(cashier, other).post(path, wanted))
        assert sorted(answer.status for answer in answers) == [200, 409]
