"""The pages of whoever waits for a time, or wants no reminders, in a browser of 360 px."""

import time
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

from tests.queue_server.web.booking.browser import go, looked_at, press, telephone
from tests.queue_server.web.booking.conftest import set_up
from tests.queue_server.web.booking.letter_box import LetterBox, address
from tests.queue_server.web.booking.phone import PATIENCE_S, Phone
from tests.queue_server.web.server import Centre

#: Nothing is given away, so nobody is offered anything; and then much is.
CLOSED, OPEN = "walk_in_percent = 100", "walk_in_percent = 40"
PARTY = "service=uto-passport-renewal&age-adult=2&age-child=1"


def changed_to(centre: Centre, rule: str, *, is_open: bool) -> None:
    """Change whether the centre has times to give, and wait until its server knows."""
    set_up(centre, "confirm_document = true", rule)
    phone, end = Phone(centre.server.address, centre.id), time.monotonic() + PATIENCE_S
    while bool(phone.open(f"{phone.home}/times?{PARTY}").days) is not is_open and time.monotonic() < end:
        time.sleep(0.1)


def until_shown(page: Page, what: str) -> None:
    """Look again until the page shows it: it changes when the server gets there."""
    end = time.monotonic() + PATIENCE_S
    while not page.locator(what).count() and time.monotonic() < end:
        page.wait_for_timeout(100)
        page.reload()
    expect(page.locator(what)).to_be_visible()


def join(page: Page, centre: Centre, language: str, email: str) -> str:
    """Wait from the third day on; gives the address of the page that it leads to."""
    go(page, centre, f"/book/{centre.id}/waitlist?{PARTY}&lang={language}")
    page.select_option("#from", index=2)
    page.fill("#email", email)
    press(page)
    page.wait_for_url("**/w/*")
    return page.url


def path(address_: str) -> str:
    """Give an address without its server and what was asked of it."""
    return "/" + address_.split("/", 3)[3].partition("?")[0]


def steps(page: Page, centre: Centre, language: str, letters: LetterBox) -> Iterator[str]:
    """Go through every page; each is named as it stands."""
    name = f"{centre.id}.{language}@example.org"
    changed_to(centre, CLOSED, is_open=False)
    go(page, centre, f"/book/{centre.id}/times?{PARTY}&lang={language}")
    yield "none-free"
    page.locator('a[href*="/waitlist"]').click()
    page.wait_for_url("**/waitlist?*")
    yield "join"
    page.select_option("#from", index=3)
    page.select_option("#to", index=1)
    page.fill("#email", "somebody")
    press(page)
    expect(page.locator("#error-email")).to_be_visible()
    yield "join-wrong"
    waiting = join(page, centre, language, name)
    yield "waits"
    changed_to(centre, OPEN, is_open=True)
    until_shown(page, "#document")
    assert path(address(letters.letter(name, "/w/"), "/w/")) == path(waiting)
    yield "offered"
    first = page.locator(".free-time").inner_text()
    page.fill("#document", "!?")
    page.locator('form[action*="/take"] button').click()
    expect(page.locator(".error")).to_be_visible()
    yield "offered-wrong"
    page.locator('form[action*="/decline"] button').click()
    page.wait_for_url(waiting)
    until_shown(page, "#document")
    assert page.locator(".free-time").inner_text() != first
    page.fill("#document", "P1234567")
    page.locator('form[action*="/take"] button').click()
    page.wait_for_url("**/b/*")
    expect(page.locator(".shown-code")).to_be_visible()
    page.goto(waiting)
    yield "served"
    yield from without_reminders(page, centre, language, address(letters.letter(name, "/reminders/"), "/reminders/"))
    changed_to(centre, CLOSED, is_open=False)
    join(page, centre, language, f"other.{name}")
    page.locator("summary").click()
    page.locator('form[action*="/leave"] button').click()
    expect(page.locator('form[action*="/leave"]')).to_have_count(0)
    yield "left"
    go(page, centre, f"/w/{'A' * 43}?lang={language}")
    yield "unknown"


def without_reminders(page: Page, centre: Centre, language: str, link: str) -> Iterator[str]:
    """Go where a letter leads, and want none."""
    page.goto(link)
    yield "reminders"
    page.locator("main form button").click()
    expect(page.locator("main form")).to_have_count(0)
    yield "reminders-over"
    go(page, centre, f"/reminders/{'A' * 43}?lang={language}")
    yield "reminders-unknown"


def test_everybody_can_use_every_page(browser: Browser, centre: Centre, letters: LetterBox) -> None:
    """No rule of axe is broken, nothing is cut off or too small, also with letters of twice the size.

    In other languages and without scripts ``tests/journeys/pages`` looks.
    """
    with telephone(browser) as page:
        found = looked_at(page, "waitlist", "ar", steps(page, centre, "ar", letters))
        assert {name: one for name, one in found.items() if one} == {}
        assert len(found) == 12
