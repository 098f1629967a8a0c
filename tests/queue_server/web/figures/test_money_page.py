"""Money on the page of figures: what moved in each currency, and one click from a number to its payments."""

from queue_server.web.payments.wording import claim
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.till import DOUBT, kiosk_tells

DINARS = "xmr-passport-renewal"


def test_a_number_of_money_leads_to_its_payments_and_back(manager: PageClient) -> None:
    first, second, third = (manager.centre.issue("uto-passport-renewal").id for _ in range(3))
    paid = {kiosk_tells(manager.centre, visit) for visit in (first, second)}
    kiosk_tells(manager.centre, third, amount=1_000, currency="USD")
    table = manager.get("/manager/figures?of=month").one("#money table")
    assert table.one("caption").text == "Payments"
    assert "EUR 165.00" in table.text
    assert "USD 10.00" in table.text
    page = manager.get(table.role("link", "2")["href"])
    assert page.address.startswith(f"{manager.address}/manager/figures/payments?")
    listed = page.texts(".figures-table tbody tr")
    assert len(listed) == 2
    for payment in paid:
        assert any(claim(payment) in row for row in listed)
    assert page.one('a[data-code="Escape"]')["href"].startswith("/manager/figures?")


def pay_in_every_way(centre: Centre) -> None:
    """Take money by card in two currencies, at the cash desk, not at all, and once in a way that nobody is sure of."""
    for _ in range(3):
        kiosk_tells(centre, centre.issue().id)
    kiosk_tells(centre, centre.issue(DINARS).id, service=DINARS, amount=18_250, currency="KWD")
    kiosk_tells(centre, centre.issue().id, DOUBT)
    copy = "uto-certified-copy"
    with PageClient(centre) as manager:
        manager.enter("elin.marsh")
        taken = {"services": [copy], "amount": 1200, "currency": "EUR", "slip": "T-1"}
        manager.api(f"visits/{centre.issue(copy).id}/manual-payments", taken)
        manager.api(f"visits/{centre.issue(copy).id}/waive", {"service": copy, "reason": "minor"})


def test_money_can_be_read_in_every_language(manager: PageClient) -> None:
    pay_in_every_way(manager.centre)
    for language in LANGUAGES:
        rows = manager.get(f"/manager/figures?of=week&lang={language}").all("#money tbody tr")
        assert len(rows) == 4
        assert all(amount["dir"] == "ltr" for row in rows for amount in row.all("bdi"))
        assert any(row.has("bdi") for row in rows)
        listed = manager.get(f"{rows[0].one('a')['href']}&lang={language}").all(".figures-table tbody tr")
        assert len(listed) == 3
        # The name of a kiosk keeps its own direction within a line of another language.
        assert listed[0].all("td bdi")[0].text == "Kiosk 2, entrance"
