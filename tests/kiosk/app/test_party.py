"""A party of four with two services: one number and one payment, at a whole kiosk and a real server."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.kit import fonts
from kiosk.kit.papers import PaperFoot, PaperReceipt, PaperTicket
from kiosk.kit.slips import row_in
from peripherals.money import Amount
from queue_server.accounts.model import Role
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import Stand, stand
from tests.kiosk.app.terminals import Zvt
from tests.kiosk.app.test_by_hand import QUICK
from tests.queue_server.conftest import template  # noqa: F401 - a fixture
from tests.queue_server.house import TICKET, Client, House, copy_of, house

PASSPORT, COPY = "uto-passport-renewal", "uto-certified-copy"
#: Two adults and a child, 82.50 and 41.25 each; a small child for nothing; one copy for all, 12.00.
WHOLE = 2 * 8250 + 4125 + 1200
FAMILY = [{"band": "adult", "count": 2}, {"band": "child", "count": 1}, {"band": "small-child", "count": 1}]


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


@pytest.fixture
async def here(template: Path, tmp_path: Path) -> AsyncIterator[House]:  # noqa: F811 - the fixture
    async with house(await asyncio.to_thread(copy_of, template, tmp_path / "server")) as one:
        yield one


async def choose(kiosk: Stand, page: str, wanted: str) -> None:
    """Choose something, wherever it stands behind "Something else"."""
    while wanted not in (ids := [one["id"] for one in (await kiosk.shows(page))["choices"]]):
        kiosk.act("more")
        await until(lambda ids=ids: [one["id"] for one in kiosk.model["choices"]] != ids)  # type: ignore[misc]
    kiosk.act("choose", wanted)


async def choose_service(kiosk: Stand, kind: str, service: str) -> None:
    await choose(kiosk, "kind", kind)
    await choose(kiosk, "service", service)
    await kiosk.shows("more")


async def pay_for_all(kiosk: Stand) -> str:
    """Come as a party of four with two services, and pay; gives the number."""
    await kiosk.shows("language")
    kiosk.act("language", "en")
    await kiosk.shows("identify")
    kiosk.act("no-document")
    await choose(kiosk, "government", "UTO")
    await choose_service(kiosk, "passport-id", PASSPORT)
    kiosk.act("party")
    await kiosk.shows("party", people=1)
    for band in ("adult", "child", "small-child"):
        kiosk.act("plus", band)
    await kiosk.shows("party", people=4)
    kiosk.act("people")
    await kiosk.shows("more", people=4)
    kiosk.act("add")
    await choose_service(kiosk, "papers", COPY)
    kiosk.act("go-on")
    await kiosk.shows("confirm", fee=True, services=2, people=4)
    kiosk.act("confirm")
    fee = await kiosk.shows("fee", can_pay=True)
    assert fee["fee"] == {"minor": WHOLE, "currency": "EUR", "exponent": 2}
    kiosk.act("pay")
    ticket = await kiosk.shows("ticket", paper="taken", paid=True)
    return str(ticket["code"])


async def visit_of(client: Client, code: str) -> dict[str, Any]:
    found: dict[str, Any] | None = None
    async with asyncio.timeout(60):
        while found is None:
            # A paid ticket is told once it is on paper.
            visits = (await client.get("/centres/demo/queue")).body["queue"]["visits"]
            found = next((one for one in visits if one["code"] == code), None)
    return found


async def test_a_party_of_four_with_two_services_is_one_number_and_one_bill(
    here: House,
    tmp_path: Path,
    papers: list[PaperTicket | PaperReceipt],
) -> None:
    """What it has paid stays paid, and what another ticket owes is owed, whichever of the two goes on."""
    terminal = Zvt(tmp_path)
    await terminal.start()
    manager, cashier = (await here.staff(Role.MANAGER, None))[0], (await here.staff(Role.CASHIER, None))[0]
    try:
        async with stand(tmp_path, here.address, settings=QUICK, terminal=terminal.device(10)) as kiosk:
            await kiosk.shows("setup")
            for digit in await here.enrol_code("kiosk"):
                kiosk.act("digit", digit)
            kiosk.act("submit")
            for into_paid in (True, False):
                code = await pay_for_all(kiosk)
                visit = await visit_of(manager, code)
                async with asyncio.timeout(30):
                    # The payment may come after its ticket.
                    while "payment" in [stop["id"] for stop in visit["steps"]]:
                        visit = await visit_of(manager, code)
                assert (visit["services"], visit["party_size"], visit["people"]) == ([PASSPORT, COPY], 4, FAMILY)
                path = f"/centres/demo/visits/{visit['id']}"
                (paid,) = (await cashier.get(f"{path}/payments")).body["payments"]
                assert (paid["amount"], paid["standing"], paid["discrepancy"]) == (WHOLE, "charged", None)
                # An aunt comes with a ticket of her own, and goes on with them, or they with her.
                aunt = (await manager.post("/centres/demo/visits", TICKET)).body["visit"]["id"]
                ends, goes_on = (aunt, visit["id"]) if into_paid else (visit["id"], aunt)
                merged = await manager.post(f"/centres/demo/visits/{ends}/merge", {"into": goes_on})
                assert (merged.status, merged.body["visit"]["party_size"]) == (200, 5)
                take = {"services": [PASSPORT], "amount": 8250, "currency": "EUR", "slip": f"T-{code}"}
                assert (await cashier.post(f"/centres/demo/visits/{goes_on}/manual-payments", take)).status == 200
                again = await cashier.post(f"/centres/demo/visits/{goes_on}/manual-payments", take)
                assert again.code == "fee-paid"
                kiosk.act("done")
                await kiosk.shows("language")
            assert terminal.charged == 2 * WHOLE
            await until(lambda: sum(isinstance(one, PaperReceipt) for one in papers) == 2)
    finally:
        await terminal.stop()
    receipt = next(one for one in papers if isinstance(one, PaperReceipt))
    rows = [
        [
            (label.replace("\u2066", "").replace("\u2069", ""), paid)
            for label, paid in (row_in(row, "en") for row in one.rows)
        ]
        for one in receipt.blocks
    ]
    assert rows == [
        # A small child pays nothing, which is said; the copy is paid once by all.
        [("2 \u00d7 82.50 Adults", "165.00"), ("1 \u00d7 41.25 Children", "41.25"), ("1 \u00d7 Small children", "")],
        [("1 \u00d7 12.00", "12.00")],
    ]
    assert receipt.paid == Amount(21825, "EUR")
    ticket = next(one for one in papers if isinstance(one, PaperTicket))
    assert ticket.people == 4
    assert {one.foot for one in papers} == {
        PaperFoot("1 Specimen Square, 1000 Exampleton", (("00:00-24:00",),) * 7),
    }
