"""The page of auditors in Chromium: the record is read by keyboard, in every view and language."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.journeys.test_cash_desk import busy
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.person import Person
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_accessibility import SIZES, large_letters
from tests.queue_server.web.till import kiosk_tells


@pytest.fixture
def auditor(browser: Browser, centre: Centre) -> Iterator[Person]:
    with Person(browser, centre, "Ada Sorensen", "auditor") as person:
        yield person


def cells(auditor: Person, row: int) -> list[str]:
    return auditor.page.locator(".audit-table tbody tr").nth(row).locator("th, td").all_inner_texts()


def look_for_a_payment(auditor: Person) -> None:
    """Look by the slip, by the end of the card, by the amount: each finds it; the focus is then on it."""
    for said, found in (("0042", 1), ("82.5", 1), ("0019", 0), ("0018", 1)):
        auditor.press("Slash")
        expect(auditor.page.locator("#payment-q")).to_be_focused()
        auditor.page.locator("#payment-q").fill(said)
        auditor.press("Enter")
        if found:
            expect(auditor.page.locator("#found tbody tr")).to_contain_text("EUR 82.50")
            expect(auditor.page.locator("#found-head")).to_be_focused()
        else:
            expect(auditor.page.locator("#found-head")).to_contain_text("No payment has")


def ask_for_a_refund(cashier: PageClient) -> None:
    """Print a copy of a receipt, and ask that the money goes back."""
    visit = cashier.centre.issue("uto-passport-renewal")
    payment = kiosk_tells(cashier.centre, visit.id)
    cashier.enter("paula.costa")
    cashier.get(f"/counter/receipt/{payment}")
    form = cashier.get(f"/cash?visit={visit.id}").one("form[data-act=refund]")
    cashier.press(form, amount=8250, reason=form.fields()["reason"])
    assert cashier.get(f"/cash?visit={visit.id}").one("#act-refund .act-note").text == "nothing is left to give back"


def test_an_auditor_reads_the_record_by_keyboard(auditor: Person, client: PageClient) -> None:
    ask_for_a_refund(client)
    auditor.come("/audit")
    auditor.press("KeyV")
    expect(auditor.page.locator(".check")).to_contain_text("The record is whole", timeout=120_000)
    look_for_a_payment(auditor)
    auditor.walk(auditor.page.locator("#found a").inner_text())
    auditor.page.wait_for_url("**/audit?view=money&subject=*")
    auditor.is_live()
    chain = auditor.page.locator(".chain tbody tr")
    expect(chain).to_have_count(10)
    expect(chain.last).to_contain_text("Refund asked for")
    expect(chain.last).to_contain_text("Paula Costa")
    expect(auditor.page.locator(".chain .st.good")).to_have_count(10)
    auditor.press("KeyL")
    auditor.page.wait_for_url("**view=looked")
    looked = [cells(auditor, row)[1:3] for row in range(4)]
    assert looked[-1] == ["Paula Costa", "a receipt, to print a copy"]
    assert looked[0] == ["Ada Sorensen", "the end of a card, to find what was paid with it"]
    auditor.press("KeyA")
    auditor.page.wait_for_url("**view=acted")
    assert cells(auditor, 0)[1:3] == ["Paula Costa", "Refund asked for"]
    auditor.page.select_option("select[name=actor]", label="devices and the server too")
    auditor.walk("Show")
    expect(auditor.page.locator(".audit-table")).to_contain_text("Ticket issued")
    expect(auditor.page.locator(".audit-table")).to_contain_text("Kiosk 2, entrance")
    # It reads only, and reads this alone.
    assert auditor.page.locator("[data-act]:not(#act-verify), form[data-act]").count() == 0
    for path in ("/cash", "/manager", "/reception"):
        auditor.go(path)
        expect(auditor.page.locator("h1")).to_have_text("This page is not for you")
    client.get("/audit/page", 403)


def fits(auditor: Person) -> None:
    """Check the view in every window, and at twice its size."""
    for width, height in SIZES:
        auditor.page.set_viewport_size({"width": width, "height": height})
        auditor.fits()
    large_letters(auditor)


def test_every_view_of_auditors_fits_and_axe_finds_nothing(auditor: Person) -> None:
    page = auditor.page
    busy(auditor.centre)
    auditor.come("/audit")
    for language in ("en", "ar"):
        auditor.go(f"/audit?lang={language}")
        auditor.is_live()
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.locator("#payment-q").fill("82.50")
        auditor.press("Enter")
        expect(page.locator("#found tbody tr")).to_have_count(3)
        assert violations(page) == [], language
        fits(auditor)
    for address in (
        page.locator("#found a").first.get_attribute("href"),
        "/audit?view=looked",
        "/audit?view=acted&actor=",
    ):
        auditor.go(f"{address}&lang=en")
        auditor.is_live()
        assert violations(page) == [], address
        fits(auditor)
    expect(page.locator(".audit-table tbody tr")).not_to_have_count(0)
    auditor.press("Shift+Slash")
    assert violations(page, "dialog[open]") == []
