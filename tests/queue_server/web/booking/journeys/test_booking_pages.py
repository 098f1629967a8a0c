"""The public pages of appointments in a browser of 360 px: whole, readable, for everybody."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.queue_server.web.booking.browser import go, looked_at, press, telephone
from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.booking.test_booking_pages import choose
from tests.queue_server.web.server import Centre


def steps(page: Page, centre: Centre, language: str) -> Iterator[str]:
    """Go through every page; each is named as it stands."""
    go(page, centre, f"/book?lang={language}")
    yield "centres"
    go(page, centre, f"/book/{centre.id}?lang={language}")
    yield "governments"
    page.locator('a[href*="government=UTO"]').click()
    page.wait_for_url("**government=UTO*")
    yield "services"
    page.locator('a[href*="service=uto-passport-renewal"]').click()
    page.wait_for_url("**/people?*")
    yield "people"
    page.select_option("#age-adult", "2")
    page.select_option("#age-child", "1")
    press(page)
    page.wait_for_url("**/times?*")
    page.locator("a.day").nth(2).click()
    page.wait_for_url("**day=*")
    choose(page)
    yield "times"
    expect(page.locator("#times-form")).to_have_attribute("data-proved", re.compile("yes|no"))
    times = page.url
    press(page)
    page.wait_for_url("**/details?*")
    yield "details"
    press(page)
    expect(page.locator("#error-document")).to_be_visible()
    yield "wrong"
    page.fill("#document", "P1234567")
    press(page)
    page.wait_for_url("**/b/*")
    yield "booked"
    booked = page.url
    page.locator('a[href*="/change"]').click()
    page.wait_for_url("**/change?*")
    yield "change"
    page.goto(booked)
    page.locator('a[href*="/cancel"]').click()
    page.wait_for_url("**/cancel?*")
    yield "cancel"
    page.locator("main form button").click()
    page.wait_for_url(booked)
    yield "cancelled"
    go(page, centre, f"/b/{'A' * 43}?lang={language}")
    yield "unknown"
    # The slower way, as without scripts; it stays on the page for as long as somebody looks.
    page.context.add_init_script("HTMLFormElement.prototype.submit = () => {}")
    phone = Phone(centre.server.address, centre.id, language=language)
    seen = phone.open(times.removeprefix(centre.server.address))
    waiting = phone.post_once(seen.action, {"at": seen.times[1]})
    go(page, centre, waiting.headers["Location"])
    yield "wait"


@pytest.mark.usefixtures("strict")
def test_everybody_can_use_every_page(browser: Browser, centre: Centre) -> None:
    """No rule of axe is broken, nothing is cut off or too small, also with letters of twice the size.

    In other languages ``tests/journeys/pages`` looks.
    """
    with telephone(browser) as page:
        found = looked_at(page, "book", "ar", steps(page, centre, "ar"))
        assert {name: one for name, one in found.items() if one} == {}
        assert len(found) == 13
