"""Three questions lead whoever does not know what to choose to a service, or to the door."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

from tests.queue_server.web.booking.browser import go, looked_at, telephone
from tests.queue_server.web.server import Centre


def steps(page: Page, centre: Centre, language: str) -> Iterator[str]:
    """Answer as whoever can wait, then as whoever cannot, then as whoever does not know."""
    go(page, centre, f"/book/{centre.id}?government=UTO&lang={language}")
    page.locator('a[href*="/questions"]').click()
    page.wait_for_url("**/questions?*")
    first = page.url
    yield "first"
    page.locator('a[href*="today=no"]').click()
    page.wait_for_url("**today=no*")
    second = page.url
    yield "second"
    page.locator('a[href*="about=group-help"]').click()
    page.wait_for_url("**about=*")
    yield "third"
    page.locator('.offer[href*="about=unsure"]').click()
    page.wait_for_url("**about=unsure*")
    expect(page.locator('a[href*="/info?"]')).to_be_visible()
    yield "ask"
    page.goto(first)
    page.locator('a[href*="today=yes"]').click()
    page.wait_for_url("**today=yes*")
    yield "urgent"
    page.locator('a[href*="today=no"]').click()
    page.wait_for_url(second)
    page.locator('a[href*="about=group-passport-id"]').click()
    page.locator('a[href*="service=uto-passport-lost"]').click()
    page.wait_for_url("**/people?*service=uto-passport-lost*")


def test_everybody_can_answer(browser: Browser, centre: Centre) -> None:
    """No rule of axe is broken, nothing is cut off or too small, also with letters of twice the size.

    In other languages ``tests/journeys/pages`` looks.
    """
    with telephone(browser) as page:
        found = looked_at(page, "questions", "ar", steps(page, centre, "ar"))
        assert {name: one for name, one in found.items() if one} == {}
        assert len(found) == 5
