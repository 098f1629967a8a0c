"""Appointments by telephone and video in Chromium: the page of whoever has booked, and that of the counter."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.accounts.model import Role
from queue_server.appointments.settings import AppointmentSettings
from queue_server.web.site import LANGUAGES
from tests.queue_server.appointments.booked import SetClock
from tests.queue_server.appointments.test_remote import (
    CALLED,
    NUMBER,
    REACHED,
    SEEN,
    TEN,
    book,
    until_visits,
    with_remote_services,
)
from tests.queue_server.house import QUICK, Client, House, house
from tests.queue_server.web.accessibility import violations

TELEPHONE = (360, 740)
DESK = (1280, 800)
PATIENCE_MS = 60_000
#: The language in which axe looks at pages: their structure is the same in all.
STRUCTURE = "ar"


class Aside:
    """A loop in a thread of its own: the thread of the test belongs to the browser."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE_MS / 1000)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


class Office(NamedTuple):
    aside: Aside
    here: House
    clock: SetClock
    client: Client

    def book(self, service: str, **more: Any) -> str:
        return self.aside.run(book(self.client, service, **more))[1]


@pytest.fixture
def office(data: Path) -> Iterator[Office]:
    aside, clock = Aside(), SetClock(TEN)
    held = house(data, QUICK.but(AppointmentSettings(remote_s=0.03)), clock=clock)
    try:
        here = aside.run(held.__aenter__())
        try:
            aside.run(with_remote_services(here))
            yield Office(aside, here, clock, aside.run(here.manager()))
        finally:
            aside.run(held.__aexit__(None, None, None))
    finally:
        aside.stop()


def opened(browser: Browser, size: tuple[int, int]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def is_whole(page: Page, language: str) -> None:
    """Check that nobody has to move the page to its side, and in one language that axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), language
    assert language != STRUCTURE or violations(page) == []


def test_whoever_has_booked_sees_what_to_do_and_the_video(browser: Browser, office: Office) -> None:
    office.clock.now = TEN.replace(hour=8)
    called, seen = office.book(CALLED, contact=REACHED), office.book(SEEN)
    page = opened(browser, TELEPHONE)
    for language, token in product(LANGUAGES, (called, seen)):
        page.goto(f"{office.here.address}/b/{token}?lang={language}")
        expect(page.locator("a[href^='https://video.example']")).to_have_count(0)
        is_whole(page, language)
    office.clock.now = TEN.replace(hour=9, minute=50)
    for language in LANGUAGES:
        page.goto(f"{office.here.address}/b/{seen}?lang={language}")
        video = page.locator("a[href^='https://video.example']")
        expect(video).to_be_visible()
        box = video.bounding_box()
        assert box is not None
        assert box["height"] >= 44, "a finger finds it"
        is_whole(page, language)


def test_the_counter_calls_the_number_or_opens_the_video(browser: Browser, office: Office) -> None:
    office.clock.now = TEN.replace(hour=8)
    office.book(CALLED, contact=REACHED)
    office.clock.now = TEN
    office.aside.run(until_visits(office.here, 1))
    clerk, _ = office.aside.run(office.here.staff(Role.COUNTER, "1"))
    assert office.aside.run(clerk.post("/centres/demo/counters/1/open")).status == 200
    assert office.aside.run(clerk.post("/centres/demo/counters/1/call-next")).status == 200
    name, _, value = clerk.headers["Cookie"].partition("=")
    page = opened(browser, DESK)
    page.context.add_cookies([{"name": name, "value": value, "url": office.here.address}])
    for language in LANGUAGES:
        # The browser remembers the language for the page that opens beside.
        page.goto(f"{office.here.address}/counter?lang={language}")
        number = page.locator("a[href^='/counter/remote/']")
        expect(number).to_be_visible()
        is_whole(page, language)
        with page.context.expect_page() as beside:
            number.click()
        shown = beside.value
        expect(shown.locator("html")).to_have_attribute("lang", language)
        link = shown.locator(f"a[href='tel:{NUMBER.replace(' ', '')}']")
        expect(link).to_be_visible()
        # Whoever works without a mouse calls with one key.
        expect(link).to_be_focused()
        is_whole(shown, language)
        shown.close()
