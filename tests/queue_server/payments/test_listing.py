"""Lists of payments and of ends of day, piece by piece, over the network."""

from typing import Any

import pytest

from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from tests.queue_server.house import Client, House
from tests.queue_server.payments.telling import GOOD, PAYMENTS, issued, paid, report, request_refund, tell

pytestmark = pytest.mark.asyncio(loop_scope="module")

RECONCILIATIONS = "/centres/demo/reconciliations"


async def pieces(client: Client, path: str, name: str) -> list[list[dict[str, Any]]]:
    """Ask for one piece after the other until there is none."""
    found, after = [], ""
    while True:
        answer = await client.get(f"{path}{after}")
        assert answer.status == 200, answer
        found.append(answer.body[name])
        if answer.body["next"] is None:
            return found
        after = f"&after={answer.body['next']}"


async def test_a_list_that_is_cut_says_so_and_goes_on(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    told = [await paid(kiosk) for _ in range(5)]
    found = await pieces(manager, f"{PAYMENTS}?limit=2", "payments")
    assert [[one["id"] for one in piece] for piece in found] == [told[:2], told[2:4], told[4:]]
    whole = (await manager.get(PAYMENTS)).body
    assert ([one["id"] for one in whole["payments"]], whole["next"]) == (told, None)


async def test_a_payment_that_comes_meanwhile_is_in_the_next_piece(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    told = [await paid(kiosk) for _ in range(3)]
    first = (await manager.get(f"{PAYMENTS}?limit=2")).body
    told.append(await paid(kiosk))
    rest = (await manager.get(f"{PAYMENTS}?after={first['next']}")).body
    assert [one["id"] for one in (*first["payments"], *rest["payments"])] == told


async def test_payments_by_what_is_certain_by_day_and_by_who_has_to_act(here: House) -> None:
    kiosk, (manager, _) = await here.kiosk(), await here.staff(Role.MANAGER, None)
    charged = await paid(kiosk)
    declined = report(await issued(kiosk), *GOOD[:3], "declined")
    await tell(kiosk, declined)
    by_hand = report(await issued(kiosk), *GOOD[:3], driver="manual", attended=True)
    await tell(kiosk, by_hand)
    waits = await paid(kiosk)
    assert (await request_refund(manager, waits)).status == 200

    async def listed(query: str) -> list[str]:
        return [one["id"] for one in (await manager.get(f"{PAYMENTS}?{query}")).body["payments"]]

    assert await listed("standing=not-charged") == [declined["id"]]
    assert await listed("standing=charged") == [charged, waits]
    assert await listed("waits=yes") == [by_hand["id"], waits]
    today = (await manager.get("/centres/demo/queue")).body["queue"]["day"]
    assert await listed(f"day={today}&standing=charged&limit=1") == [charged]
    assert await listed("day=2020-01-01") == []


async def test_ends_of_day_are_listed_the_newest_first(here: House) -> None:
    kiosk, (manager, _) = await here.kiosk(), await here.staff(Role.MANAGER, None)
    told: list[str] = []
    for hour, amount in enumerate((0, 100, 0)):
        reconciliation = {
            "id": new_id(),
            "driver": "zvt+tcp",
            "terminal": "52500038",
            "at": f"2026-11-25T1{hour}:00:00Z",
            "totals": [{"currency": "EUR", "amount": amount}],
        }
        assert (await kiosk.post(RECONCILIATIONS, reconciliation)).status == 200
        told.insert(0, str(reconciliation["id"]))
    found = await pieces(manager, f"{RECONCILIATIONS}?limit=2", "reconciliations")
    assert [[one["id"] for one in piece] for piece in found] == [told[:2], told[2:]]
    (alarming,) = (await manager.get(f"{RECONCILIATIONS}?alarms=yes")).body["reconciliations"]
    assert alarming["id"] == told[1]
    assert (await manager.post(f"{RECONCILIATIONS}/{told[1]}/acknowledge")).status == 200
    assert (await manager.get(f"{RECONCILIATIONS}?alarms=yes")).body["reconciliations"] == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        *(("limit=0", "limit"), ("limit=501", "limit"), ("limit=two", "limit"), ("after=abc", "after")),
        *(("after=WzEsIlx1MDAwMCJd", "after"), ("after=WzldMTIzNDU2Nzg5MDEyMzQ1Njc4OTAsImEiXQ", "after")),
        *(("standing=rich", "standing"), ("day=today", "day"), ("day=9999-12-31", "day")),
        ("waits=no", "waits"),
    ],
)
async def test_what_is_no_piece_is_refused(here: House, query: str, name: str) -> None:
    refused = await (await here.manager()).get(f"{PAYMENTS}?{query}")
    assert (refused.status, refused.code, refused.body["placeholders"]) == (400, "query-invalid", {"name": name})


async def test_auditors_look_and_counters_do_not(here: House) -> None:
    auditor, _ = await here.staff(Role.AUDITOR, None)
    counter, _ = await here.staff(Role.COUNTER, "1")
    assert (await auditor.get(PAYMENTS)).body == {"payments": [], "next": None}
    assert (await counter.get(PAYMENTS)).code == "not-permitted"
