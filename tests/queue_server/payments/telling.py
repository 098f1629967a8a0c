"""Reports as a kiosk sends them, and staff at the cashier's desk."""

from typing import Any

from queue_server.domain.values import new_id
from tests.queue_server.house import TICKET, Client, Reply

PAYMENTS = "/centres/demo/payments"
GOOD = ("created", "preflight-ok", "sent", "approved", "goods-issued", "committed", "receipt-done")


def row(number: int, state: str, **more: object) -> dict[str, object]:
    return {"row": number, "state": state, "at": f"2026-11-25T10:00:{number:02}Z", **more}


def rows(*states: str, first: int = 1) -> list[dict[str, object]]:
    return [row(number, state) for number, state in enumerate(states, start=first)]


def report(visit: str, *states: str, **more: object) -> dict[str, Any]:
    """Make a report of a payment of 82.50 EUR; ``states`` are those of its journal, from the first row on."""
    return {
        "id": new_id(),
        "visit": visit,
        "services": ["uto-passport-renewal"],
        "amount": 8250,
        "currency": "EUR",
        "driver": "zvt+tcp",
        "terminal": "52500038",
        "rows": rows(*states),
    } | more


async def issued(client: Client, *services: str, **more: object) -> str:
    wanted = TICKET | ({"services": list(services)} if services else {}) | more
    visit: str = (await client.post("/centres/demo/visits", wanted)).body["visit"]["id"]
    return visit


async def tell(client: Client, told: dict[str, Any], key: str = "") -> int:
    answer = await client.post(PAYMENTS, told, key)
    assert answer.status == 200, answer
    assert answer.body["id"] == told["id"]
    number: int = answer.body["row"]
    return number


async def paid(kiosk: Client) -> str:
    """Have a visit pay, and give the payment."""
    told = report(await issued(kiosk), *GOOD)
    assert await tell(kiosk, told) == len(GOOD)
    payment: str = told["id"]
    return payment


async def look(client: Client, payment: str) -> dict[str, Any]:
    answer = await client.get(f"{PAYMENTS}/{payment}")
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body["payment"]
    return found


async def request_refund(client: Client, payment: str, amount: int | None = None) -> Reply:
    wanted = {"reason": "wrong-fee"} | ({} if amount is None else {"amount": amount})
    return await client.post(f"{PAYMENTS}/{payment}/refunds", wanted)


async def refund_of(client: Client, payment: str, amount: int | None = None) -> str:
    """Ask for a refund, and give the path of it."""
    asked = await request_refund(client, payment, amount)
    assert asked.status == 200, asked
    return f"{PAYMENTS}/{payment}/refunds/{asked.body['payment']['refunds'][-1]['id']}"
