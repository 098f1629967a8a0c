"""Forms of a visit on a page of staff: filled in together, opened with code and PIN, read by whoever serves."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.counter_page import call, press
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.filling.typed import FORM, PIN, TYPED, code_of, save
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre


@pytest.fixture
def front(client: PageClient) -> PageClient:
    client.enter("noor.haddad")
    return client


def surname(page: HtmlPage) -> str:
    return page.one('[name="f-surname"]')["value"]


def send(client: PageClient, page: HtmlPage, typed: Mapping[str, str]) -> HtmlPage:
    """Send the form of the page with some fields typed; what is wrong is shown once more."""
    form = page.all("main form")[0]
    return client.post(form["action"], form.fields() | dict(typed), status=None)


def test_a_form_is_filled_in_together_at_the_counter(clerk: PageClient) -> None:
    call(clerk, service=FORM)
    line = press(clerk, "#act-start").one("#visit-forms")
    assert line.text == "Forms"
    asked = clerk.get(line["href"])
    page = clerk.get(asked.one(f'a[href*="form={FORM}"]')["href"])
    page = send(clerk, page, TYPED | {"f-surname": ""})
    assert page.texts(".wrong-ones a") == ["Surname"]
    page = send(clerk, page, {"f-surname": "ERIKSSON"})
    page = clerk.get(page.one('a[href*="filled="]')["href"])
    assert surname(page) == "ERIKSSON"
    assert page.one('[name="f-stolen-number"]')["value"] == "L898902C3"
    page = send(clerk, page, {"f-surname": "SMITH"})
    page = clerk.get(page.one('a[href*="filled="]')["href"])
    assert surname(page) == "SMITH"
    assert page.one(".back-link")["data-code"] == "Escape"
    assert page.one(".back-link")["href"] == "/counter"
    assert clerk.get("/counter").one("#visit-forms").text == "1 form filled in"
    page = clerk.submit(page.one("main details form"))
    assert not page.has('a[href*="filled="]')
    assert clerk.get("/counter").one("#visit-forms").text == "Forms"


def test_a_form_from_home_is_opened_at_the_reception(front: PageClient, phone: Phone) -> None:
    code = code_of(save(phone))
    visit = front.centre.issue(FORM)
    page = front.get(f"/visit-forms?visit={visit.id}")
    page = front.submit(page.one(".visit-forms-open"), status=None, code=code, pin="314159")
    assert "Code and PIN do not open a form." in page.one("main .error").text
    page = front.submit(page.one(".visit-forms-open"), code=code.lower(), pin=PIN)
    assert surname(page) == "ERIKSSON"
    assert code not in page.address


def test_what_is_being_typed_stays_while_the_day_goes_on(desk: Desk, centre: Centre) -> None:
    page = desk.page
    visit = centre.issue(FORM)
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    desk.press("Enter")
    desk.stage("serving")
    desk.go(f"/visit-forms?visit={visit.id}&form={FORM}")
    desk.is_live()
    page.locator('[name="f-surname"]').fill("ERIKS")
    with page.expect_response("**/visit-forms/page?*"):
        centre.issue(FORM)
    expect(page.locator('[name="f-surname"]')).to_have_value("ERIKS")
    # Beside the fields a key leads back.
    page.locator("#head").focus()
    page.keyboard.press("Escape")
    page.wait_for_url("**/counter")
    expect(page.locator("#visit-forms")).to_have_text("Forms")
