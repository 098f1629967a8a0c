"""Money on the page of figures: what moved in each currency, and one click from a number to its payments."""

from playwright.sync_api import Browser, expect

from queue_server.web.payments.wording import claim
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.figures.conftest import Figures
from tests.queue_server.web.figures.test_figures_page import leave
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_accessibility import large_letters
from tests.queue_server.web.till import DOUBT, kiosk_tells

DINARS = "xmr-passport-renewal"


def test_a_number_of_money_leads_to_its_payments_and_back(figures: Figures) -> None:
    first, second, third = (figures.centre.issue("uto-passport-renewal").id for _ in range(3))
    paid = {kiosk_tells(figures.centre, visit) for visit in (first, second)}
    kiosk_tells(figures.centre, third, amount=1_000, currency="USD")
    figures.look("of=month")
    table = figures.page.get_by_role("table", name="Payments")
    expect(table).to_contain_text("EUR\N{NO-BREAK SPACE}165.00")
    expect(table).to_contain_text("USD\N{NO-BREAK SPACE}10.00")
    assert violations(figures.page) == []
    table.get_by_role("link", name="2").click()
    figures.page.wait_for_url("**/manager/figures/payments?*")
    figures.is_live()
    for payment in paid:
        expect(figures.page.get_by_text(claim(payment))).to_be_visible()
    expect(figures.page.locator(".figures-table tbody tr")).to_have_count(2)
    figures.press("Escape")
    figures.page.wait_for_url("**/manager/figures?*")


def pay_in_every_way(browser: Browser, centre: Centre) -> None:
    """Take money by card in two currencies, at the cash desk, not at all, and once in a way that nobody is sure of."""
    for _ in range(3):
        kiosk_tells(centre, centre.issue().id)
    kiosk_tells(centre, centre.issue(DINARS).id, service=DINARS, amount=18_250, currency="KWD")
    kiosk_tells(centre, centre.issue().id, DOUBT)
    copy = "uto-certified-copy"
    with Office(browser, centre) as office:
        office.look()
        taken = {"services": [copy], "amount": 1200, "currency": "EUR", "slip": "T-1"}
        office.post(f"visits/{centre.issue(copy).id}/manual-payments", taken)
        office.post(f"visits/{centre.issue(copy).id}/waive", {"service": copy, "reason": "minor"})


def test_money_can_be_read_in_every_language_and_in_large_letters(
    browser: Browser, figures: Figures, centre: Centre
) -> None:
    pay_in_every_way(browser, centre)
    for language in LANGUAGES:
        figures.look(f"of=week&lang={language}")
        rows = figures.page.locator("#money tbody tr")
        expect(rows).to_have_count(4)
        for amount in rows.locator("bdi").all():
            assert amount.get_attribute("dir") == "ltr"
        assert violations(figures.page) == [], language
        large_letters(figures)
        leave(figures, f"money-{language}")
        rows.first.get_by_role("link").click()
        figures.page.wait_for_url("**/manager/figures/payments?*")
        figures.is_live()
        listed = figures.page.locator(".figures-table tbody tr")
        expect(listed).to_have_count(3)
        # The name of a kiosk keeps its own direction within a line of another language.
        expect(listed.first.locator("td bdi").first).to_have_text("Kiosk 2, entrance")
        assert violations(figures.page) == [], language
        large_letters(figures)
        leave(figures, f"payments-behind-{language}")
        if language == "ar":
            figures.page.set_viewport_size({"width": 720, "height": 450})
            leave(figures, "payments-behind-large-ar")
            figures.look("of=week")
            leave(figures, "money-large-ar")
