"""Signing in and the counter in every state and language: axe-core finds nothing, and nothing is cut off."""

import pytest
from playwright.sync_api import Browser, expect

from queue_server.domain.values import HelpKind
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        '<html lang="en"><title>x</title><main><h1>x</h1><button></button><p style="color:#ccc">pale words</p>'
    )
    assert {found.split(":")[0] for found in violations(page)} >= {"button-name", "color-contrast"}
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_in(browser: Browser, centre: Centre, language: str) -> None:
    with Desk(browser, centre, language=language) as desk:
        desk.go("/sign-in")
        assert violations(desk.page) == []
        desk.enter("ines.moreau")
        assert violations(desk.page) == []


SIZES = ((1280, 720), (1440, 900), (1920, 1080))
AT_COUNTER = {"transfer": "KeyT", "park": "KeyP", "change": "KeyC", "note": "KeyN", "application": "KeyA"}
IDLE = {"particular": "KeyG", "parked": "KeyK", "pause": "Shift+KeyP"}
ALWAYS = {"find": "Slash", "all-keys": "Shift+Slash"}


def look(desk: Desk, state: str) -> None:
    """Check the page as it stands in every window, then with axe in the middling one."""
    for width, height in SIZES:
        desk.page.set_viewport_size({"width": width, "height": height})
        desk.fits()
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    assert violations(desk.page) == [], state


def large_letters(desk: Desk) -> None:
    """Check the page at twice its size: it scrolls one way alone, and every control can be reached."""
    desk.page.set_viewport_size({"width": 720, "height": 450})
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 720
    cut = desk.page.evaluate(
        """() => Array.from(document.querySelectorAll('#page button, #page h1, #page h2, #page p'))
          .filter((one) => one.checkVisibility() && !one.classList.contains('hidden-text'))
          .filter((one) => {
            one.scrollIntoView({block: 'center'});
            const box = one.getBoundingClientRect();
            return box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1;
          }).map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert cut == []
    desk.page.evaluate("scrollTo(0, 0)")
    desk.page.set_viewport_size({"width": 1440, "height": 900})


def look_at_dialogs(desk: Desk, keys: dict[str, str]) -> None:
    for name, key in keys.items():
        desk.press(key)
        shown = desk.page.locator("dialog[open]")
        expect(shown).to_be_visible()
        if name in ("find", "particular"):
            expect(shown.locator("[data-found] li")).not_to_have_count(0)
        assert violations(desk.page) == [], name
        desk.page.set_viewport_size({"width": 1280, "height": 720})
        box = shown.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 1280, name
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 720, name
        desk.page.set_viewport_size({"width": 1440, "height": 900})
        desk.press("Escape")
        expect(shown).to_have_count(0)


@pytest.mark.stops
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_counter_in_every_state(browser: Browser, centre: Centre, language: str) -> None:
    with Desk(browser, centre, language=language) as desk:
        desk.may_be_cut = True
        desk.sign_in("ines.moreau", "3")
        assert desk.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        look(desk, "closed")
        desk.open()
        look(desk, "empty")
        centre.crowd(200)
        desk.waits(200)
        for key in ("Space", "KeyP", "Digit2", "Enter"):
            desk.press(key)
            if key == "Space":
                desk.stage("called")
        desk.stage("idle")
        centre.call_help(HelpKind.HELP)
        expect(desk.page.locator(".help")).to_have_count(1)
        look(desk, "crowded")
        look_at_dialogs(desk, {**IDLE, **ALWAYS})
        desk.press("Space")
        desk.stage("called")
        look(desk, "called")
        code, size = desk.page.locator(".ticket .code").bounding_box(), desk.page.viewport_size
        assert code is not None
        assert size is not None
        assert (code["x"] > size["width"] / 2) == (language == "ar")
        desk.press("Enter")
        desk.stage("serving")
        look(desk, "serving")
        large_letters(desk)
        look_at_dialogs(desk, AT_COUNTER)
        desk.cut(desk.server.stop)
        expect(desk.page.locator("#band")).to_be_visible()
        look(desk, "disconnected")
