"""Roles that are given and taken while somebody works, and what signing in says to those without one."""

from playwright.sync_api import Browser, expect

from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.person import Person, hire
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_account import staff


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
        # Whoever serves at counters no more leaves the counter.
        person.roles("--role", "counter", "--role", "cashier")
        person.page.wait_for_url("**/sign-in/counter")
        person.page.check('input[name=counter][value="3"]')
        person.press("Enter")
        person.page.wait_for_url("**/counter")
        person.is_live()
        person.open()
        person.roles("--role", "cashier")
        page.wait_for_url("**/cash")
        person.is_live()
        person.roles("--none")
        page.wait_for_url("**/sign-in")


def test_signing_in_says_what_is_wrong_where_there_is_nowhere_to_work(client: PageClient) -> None:
    centre = client.centre
    login, password = hire(centre, "Amal Haddad", "cashier")
    other = next(known for known in centre.server.kiosks if known != centre.id)

    def refusal(where: str) -> str:
        client.get(f"/sign-in?centre={where}")
        sent = {"centre": where, "login": login, "password": password}
        return client.post("/sign-in", sent, 403).one("#error").text

    assert "You have no role at this centre. Choose one of yours:" in refusal(other)
    staff(centre.server, "disable", login)
    assert "This account is closed." in refusal(centre.id)
    staff(centre.server, "enable", login)
    staff(centre.server, "roles", login, "--centre", centre.id, "--none")
    assert "You have no role at any centre. Ask your manager." in refusal(centre.id)
    staff(centre.server, "roles", login, "--centre", centre.id, "--role", "cashier")
    assert client.enter(login, password).address.endswith("/cash")
