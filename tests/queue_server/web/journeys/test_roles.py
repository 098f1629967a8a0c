"""A role that is given or taken while somebody works reaches the open page."""

from playwright.sync_api import Browser, expect

from tests.queue_server.web.person import Person
from tests.queue_server.web.server import Centre


def test_a_role_that_is_given_or_taken_reaches_an_open_page(browser: Browser, centre: Centre) -> None:
    with Person(browser, centre, "Hana Kovac", "cashier") as person:
        page, person.may_be_cut = person.page, True
        person.come("/cash")
        expect(page.locator("nav.pages")).to_have_count(0)
        person.roles("--role", "cashier", "--role", "reception")
        expect(page.locator("nav.pages a")).to_have_text(["Reception", "Cash desk"])
        person.roles("--role", "reception")
        page.wait_for_url("**/reception")
        person.go("/cash")
        expect(page.locator("h1")).to_have_text("This page is not for you")
        page.get_by_role("link", name="Go to my page").press("Enter")
        page.wait_for_url("**/reception")
        person.is_live()
        # A person who no longer has a role at counters leaves the counter page.
        person.roles("--role", "counter", "--role", "cashier")
        person.page.wait_for_url("**/sign-in/counter")
        person.page.click('button[name=counter][value="3"]')
        person.page.wait_for_url("**/counter")
        person.is_live()
        person.open()
        person.roles("--role", "cashier")
        page.wait_for_url("**/cash")
        person.is_live()
        person.roles("--none")
        page.wait_for_url("**/sign-in")
