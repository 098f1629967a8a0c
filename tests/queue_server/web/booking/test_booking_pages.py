"""The public pages of appointments in a browser of 360 px: whole, readable, for everybody."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from queue_server.domain.appointments import read_link
from tests.queue_server.web.booking.browser import go, looked_at, press, telephone
from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.server import Centre


def to_times(page: Page, centre: Centre, language: str = "en") -> None:
    """Go from the first page to the times of the third day."""
    go(page, centre, f"/book/{centre.id}?lang={language}&government=UTO")
    page.locator('a[href*="service=uto-passport-renewal"]').click()
    page.select_option("#age-adult", "2")
    press(page)
    page.wait_for_url("**/times?*")
    page.locator("a.day").nth(2).click()
    page.wait_for_url("**day=*")


def choose(page: Page, number: int = 0) -> None:
    page.locator(".time").nth(number).click()


def test_with_scripts_the_telephone_works_while_somebody_looks(
    browser: Browser, centre: Centre, tmp_path: Path
) -> None:
    """Book by keyboard; a kiosk reads the code of the page; and the way back books nothing twice."""
    with telephone(browser) as page:
        to_times(page, centre)
        page.locator("input[name=at]").first.focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("input[name=at]").nth(1)).to_be_checked()
        expect(page.locator(".foot-bar button")).to_have_text(re.compile(r"^Continue: \w{3} \d+ \w{3}, \d\d:\d\d$"))
        expect(page.locator("#times-form")).to_have_attribute("data-proved", "yes")
        page.keyboard.press("Enter")
        expect(page.locator(".held")).to_be_visible()
        page.locator(".foot-bar button").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".shown-code")).to_be_visible()
        booked = page.url
        assert read_qr(page, tmp_path / "qr.png") == booked.partition("/b/")[2].partition("?")[0]
        page.go_back()
        expect(page.locator(".held")).to_be_visible()
        press(page)
        expect(page.locator(".shown-code")).to_be_visible()
        assert page.url == booked
        # Farther back another time is chosen: with a new proof, which is worked out anew.
        page.go_back()
        page.go_back()
        page.wait_for_url("**/times?*")
        expect(page.locator("#times-form")).to_have_attribute("data-proved", "yes")
        choose(page, 2)
        press(page)
        expect(page.locator(".held")).to_be_visible()
        quicker_than_the_telephone(page, centre)


def quicker_than_the_telephone(page: Page, centre: Centre) -> None:
    """Send the form before the proof is there: it goes by itself once it is."""
    held: list[Route] = []

    def hold_back(route: Route) -> None:
        held.append(route)

    to_times(page, centre)
    page.route("**/vendor/altcha-*", hold_back)
    page.reload()
    choose(page, 1)
    press(page)
    expect(page.locator("#proof-state")).to_have_text("One moment: we make sure that no machine books.")
    while not held:
        page.wait_for_timeout(5)
    held[0].continue_()
    expect(page.locator(".held")).to_be_visible()


def read_qr(page: Page, picture: Path) -> str | None:
    """Read the link of the page as a kiosk does."""
    page.locator(".qr-frame").screenshot(path=picture)
    found = zxingcpp.read_barcode(Image.open(picture))
    assert found is not None
    return read_link(found.text)


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
