"""Pages of staff that show the beginning of a list say how much more there is, and how it is found; every language."""

from pathlib import Path

import pytest

from queue_server.accounts.model import Role, Session
from queue_server.payments.rules import PaymentRules
from tests.queue_server.house import QUICK, Client, House, house
from tests.queue_server.payments.telling import paid, request_refund

#: One row of a list, and no more.
SHORT = QUICK.but(PaymentRules(max_listed=1))


async def page(here: House, client: Client, path: str, form: dict[str, str] | None = None) -> str:
    method = "GET" if form is None else "POST"
    async with here.http.request(method, f"{here.address}{path}", headers=client.headers, data=form) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.text()


async def three_wait(here: House) -> tuple[Client, Session, list[str]]:
    """Leave three payments for somebody to look at: refunds that nobody has confirmed."""
    kiosk = await here.kiosk()
    manager, session = await here.staff(Role.MANAGER, None)
    told = [await paid(kiosk) for _ in range(3)]
    for payment in told:
        assert (await request_refund(manager, payment)).status == 200
    return manager, session, told


@pytest.mark.parametrize(
    ("language", "more", "alarm"),
    [
        ("en", "and 2 more. They come up here", "2 more payments need somebody"),
        ("fr", "et 2 autres", "2 autres paiements attendent"),
        ("ar", "ودفعتان أخريان", "دفعتان أخريان"),
    ],
)
async def test_a_page_says_how_many_are_not_listed(data: Path, language: str, more: str, alarm: str) -> None:
    async with house(data, SHORT) as here:
        manager, session, told = await three_wait(here)
        listed = await page(here, manager, f"/cash/payments?lang={language}", {"q": "", "csrf": session.csrf})
        assert listed.count("<h3>") == 1
        assert more in listed
        # The others are found by their numbers.
        for one in told:
            found = await page(here, manager, "/cash/payments", {"q": one.replace("-", "")[-12:], "csrf": session.csrf})
            assert found.count("<h3>") == 1
            assert "more" not in found
        desk = await page(here, manager, f"/cash/page?lang={language}")
        assert '<span class="count">3</span>' in desk
        assert alarm in await page(here, manager, f"/manager/page?lang={language}")


async def test_a_page_that_shows_all_says_nothing(here: House) -> None:
    manager, session, _ = await three_wait(here)
    assert "more" not in await page(here, manager, "/cash/payments", {"q": "", "csrf": session.csrf})
    assert "more payment" not in await page(here, manager, "/manager/page")
