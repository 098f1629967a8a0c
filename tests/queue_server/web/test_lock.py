"""An empty desk locks itself in Chromium, and goes on where it was; whatever a stranger does at it opens nothing."""

import json
import re
from contextlib import suppress

from playwright.sync_api import Browser, Error, Page, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import PASSWORD, Centre
from tests.queue_server.web.test_account import person

NOTE = "A made-up note that nobody has sent yet"


def is_locked(page: Page) -> None:
    expect(page.locator("#lock")).to_be_visible()


def is_open(page: Page) -> None:
    expect(page.locator("#lock")).to_be_hidden()
    expect(page.locator("#page")).to_have_attribute("data-live", "on")


def type_password(page: Page, password: str) -> None:
    """Press any key, then type."""
    page.keyboard.press("x")
    expect(page.locator("#lock-password")).to_be_focused()
    expect(page.locator("#lock-password")).to_have_value("")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def seen(page: Page) -> str:
    """Read what can be seen, as innerText has it: nothing that is hidden."""
    return str(page.evaluate("document.body.innerText"))


def serve_somebody(desk: Desk) -> str:
    """Serve a visit, with a note begun; returns its code."""
    desk.open()
    desk.centre.issue()
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    desk.press("Enter")
    desk.stage("serving")
    code = desk.code()
    desk.press("KeyN")
    desk.page.keyboard.type(NOTE)
    return code


def refuses_everything(desk: Desk) -> None:
    """Check that a locked session gets neither pages nor what the API knows."""
    for address in (
        "/counter/page",
        "/account/page",
        f"/api/v1/centres/{desk.centre.id}/queue",
        f"/api/v1/centres/{desk.centre.id}/events",
    ):
        answer = desk.context.request.get(desk.server.address + address)
        assert (answer.status, json.loads(answer.body())["code"]) == (423, "session-locked"), address


def guess_until_refused(desk: Desk) -> None:
    """Try wrong passwords until one has to wait."""
    error, tries = desk.page.locator("#lock [data-lock=error]"), 0
    type_password(desk.page, "wrong")
    expect(error).to_be_visible()
    while "Too many wrong tries" not in error.inner_text():
        tries += 1
        assert tries < 20
        desk.page.fill("#lock-password", "wrong")
        with desk.page.expect_response("**/unlock"):
            desk.page.press("#lock-password", "Enter")
        expect(error).to_be_visible()


def test_a_locked_desk_shows_nothing_of_the_visit_and_goes_on_where_it_was(browser: Browser, centre: Centre) -> None:
    password = person(centre, "olga.varga")
    with Desk(browser, centre) as desk:
        desk.may_be_cut = True
        desk.enter("olga.varga", password)
        desk.sit_at("3")
        code = serve_somebody(desk)
        note = desk.page.locator("dialog[open] textarea")
        expect(note).to_have_value(NOTE)
        with desk.page.expect_response("**/lock"):
            desk.page.evaluate("document.querySelector('[data-lock-now]').click()")
        is_locked(desk.page)
        shown = seen(desk.page)
        assert "Olga Varga" in shown
        assert not {NOTE, code[1:], "Renewal", "passport"} & set(shown.split())
        assert NOTE not in shown
        assert code[1:] not in shown.replace("\n", " ").split()
        assert desk.page.title() == "Locked"
        # No key reaches the page, and none closes the lock.
        for key in ("Escape", "Escape", "KeyF", "Tab"):
            desk.press(key)
        is_locked(desk.page)
        # The dialog and what was typed are there again.
        desk.page.fill("#lock-password", "wrong")
        desk.page.press("#lock-password", "Enter")
        expect(desk.page.locator("#lock [data-lock=error]")).to_contain_text("The password is wrong")
        desk.page.fill("#lock-password", password)
        desk.page.press("#lock-password", "Enter")
        is_open(desk.page)
        expect(note).to_have_value(NOTE)
        desk.press("Enter")
        expect(desk.page.locator("#written li")).to_have_count(1)
        with desk.page.expect_response("**/lock"):
            desk.page.evaluate("document.querySelector('[data-lock-now]').click()")
        is_locked(desk.page)
        # The locked page may reload itself at the same time: then its document is gone before the answer.
        with suppress(Error):
            desk.page.evaluate("setTimeout(() => location.reload())")
        desk.page.wait_for_url(re.compile(r".*/locked\?to=/counter$"))
        refuses_everything(desk)
        desk.page.fill("#password", "wrong")
        desk.page.press("#password", "Enter")
        expect(desk.page.locator("#error")).to_contain_text("The password is wrong")
        desk.page.fill("#password", password)
        desk.page.press("#password", "Enter")
        desk.page.wait_for_url("**/counter")
        desk.stage("serving")
        assert desk.code() == code


def test_guessing_at_a_locked_desk_has_to_wait(browser: Browser, centre: Centre) -> None:
    """Somebody else signs in there all the same."""
    password = person(centre, "umar.farouk")
    with Desk(browser, centre) as desk:
        desk.may_be_cut = True
        desk.enter("umar.farouk", password)
        desk.sit_at("6")
        desk.open()
        desk.press("Shift+KeyL")
        is_locked(desk.page)
        guess_until_refused(desk)
        is_locked(desk.page)
        desk.page.get_by_role("link", name="Somebody else signs in").click()
        desk.page.fill("#login", "samir.nasser")
        desk.page.fill("#password", PASSWORD)
        desk.page.press("#password", "Enter")
        desk.page.wait_for_url("**/sign-in/counter")
        # The counter of who is gone was closed, and is free.
        desk.page.press('button[name=counter][value="6"]', "Enter")
        desk.page.wait_for_url("**/counter")
        desk.is_live()
        expect(desk.page.locator(".who")).to_contain_text("Samir Nasser")
        assert centre.events("counter-closed") == 1
