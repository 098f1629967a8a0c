"""The public pages of appointments in every language, and without scripts (with `--all`)."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.queue_server.web.booking.browser import PATIENCE_MS, looked_at, press, telephone, without_scripts
from tests.queue_server.web.booking.journeys import test_booking_pages as booking
from tests.queue_server.web.booking.journeys import test_questions as questions
from tests.queue_server.web.booking.journeys import test_waiting_pages as waiting
from tests.queue_server.web.booking.letter_box import LetterBox
from tests.queue_server.web.booking.test_booking_pages import choose, to_times
from tests.queue_server.web.server import Centre


@pytest.mark.usefixtures("strict")
def test_everybody_can_book(browser: Browser, centre: Centre) -> None:
    with telephone(browser) as page:
        found = looked_at(page, "book", "ar", booking.steps(page, centre, "ar"), ("en", "fr"))
        assert {name: one for name, one in found.items() if one} == {}
        assert len(found) == 13


def test_everybody_can_answer(browser: Browser, centre: Centre) -> None:
    with telephone(browser) as page:
        found = looked_at(page, "questions", "ar", questions.steps(page, centre, "ar"), ("en", "fr"))
        assert {name: one for name, one in found.items() if one} == {}
        assert len(found) == 5


def test_everybody_can_wait(browser: Browser, centre: Centre, letters: LetterBox) -> None:
    with telephone(browser) as page:
        found = looked_at(page, "waitlist", "ar", waiting.steps(page, centre, "ar", letters), ("en",))
        assert {name: one for name, one in found.items() if one} == {}
        assert len(found) == 12


def test_without_scripts_every_step_of_waiting_is_a_form(browser: Browser, centre: Centre, letters: LetterBox) -> None:
    with telephone(browser, scripts=False) as page:
        found = without_scripts(page, "waitlist", "fr", waiting.steps(page, centre, "fr", letters))
        assert {name: one for name, one in found.items() if one} == {}
        assert len(found) == 12


def test_without_scripts_every_step_of_booking_is_a_form(browser: Browser, centre: Centre) -> None:
    with telephone(browser, scripts=False) as page:
        to_times(page, centre)
        choose(page, 2)
        press(page)
        expect(page.locator("h1")).to_have_text(re.compile("A short wait|You can go on"))
        # It goes on by itself once the wait is over.
        expect(page.locator("h1")).to_have_text("You can go on", timeout=PATIENCE_MS)
        expect(page.locator(".foot-bar button")).to_have_text("Continue")
        press(page)
        expect(page.locator(".held")).to_be_visible()
        press(page)
        expect(page.locator(".shown-code")).to_be_visible()
        page.locator('a[href*="/cancel"]').click()
        page.locator("main form button").click()
        expect(page.locator(".standing")).to_have_text("Cancelled")
