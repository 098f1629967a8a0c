"""Money goes back: one cashier asks for it, another one agrees and gives it, as their page does over the API."""

from contextlib import AsyncExitStack
from typing import Any

from installer.demonstration.centre import DemoCentre
from installer.demonstration.process import DemoError
from installer.demonstration.staff_session import StaffSession, signed_in


async def refund(centre: DemoCentre, accounts: list[dict[str, Any]], visit: str) -> dict[str, Any]:
    """Give a whole payment of a visit back, by two cashiers; returns the refund as it then stands.

    Raises:
        DemoError: somebody was not let in, or something was refused.
    """
    async with AsyncExitStack() as stack:
        one, other = [
            await stack.enter_async_context(signed_in(centre.server_url, account)) for account in accounts[:2]
        ]
        payment = f"payments/{await _payment_of(one, visit)}"
        asked = (await one.post(f"{payment}/refunds", {"reason": "paid-twice"}))["payment"]["refunds"][-1]["id"]
        await other.post(f"{payment}/refunds/{asked}/confirm", {})
        settled = await other.post(f"{payment}/refunds/{asked}/settle", {"done": True, "reference": "R-0001"})
        refund: dict[str, Any] = settled["payment"]["refunds"][-1]
        return refund


async def _payment_of(cashier: StaffSession, visit: str) -> str:
    """Give the id of the first payment of a visit."""
    found = (await cashier.get(f"visits/{visit}/payments"))["payments"]
    if not found:
        raise DemoError(f"nothing was paid for {visit}")
    return str(found[0]["id"])
