"""The public pages of appointments in a browser of 360 px: whole, readable, for everybody."""

import re
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from queue_server.domain.appointments import read_link
from tests.queue_server.web.booking.browser import go, press, telephone
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
