"""Alarms that look ahead on the page: with a keyboard, to axe-core, and who sees to one."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from queue_server.domain.values import Category
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.manager.office import Office, issue_many
from tests.queue_server.web.server import Centre

SIZES = ((1920, 1080), (1280, 720), (720, 450))


def crowd(office: Office, centre: Centre) -> None:
    """Let seven come who are promised a quarter of an hour, to one counter that needs ten minutes for each."""
    issue_many(centre, ["uto-birth"] * 7)
    office.post("counters/5/open", {})
    snapshot = office.context.request.get(f"{office.server.address}/api/v1/centres/{centre.id}/queue").json()
    for visit in snapshot["queue"]["visits"]:
        office.post(f"visits/{visit['id']}/reclassify", {"category": Category.PRIORITY.value})


def press(office: Office, alarm: Locator) -> None:
    """Come to its button by Tab, as Enter presses nothing else, and press it."""
    alarm.locator("button").focus()
    office.press("Shift+Tab")
    office.press("Tab")
    expect(alarm.locator("button")).to_be_focused()
    office.press("Enter")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_promises_that_will_break(browser: Browser, centre: Centre, language: str) -> None:
    with Office(browser, centre, language=language) as office:
        office.look()
        crowd(office, centre)
        alarm = office.find("#alarm-promise-documents")
        expect(alarm).to_be_visible()
        press(office, alarm)
        expect(alarm.locator(".taken")).to_be_visible()
        for width, height in SIZES:
            office.page.set_viewport_size({"width": width, "height": height})
            assert office.cut_off() == [], (width, height)
        assert violations(office.page) == []
        office.page.set_viewport_size({"width": 1440, "height": 900})
        # Given back, it is for anybody again.
        press(office, alarm)
        expect(alarm.locator(".taken")).to_have_count(0)
        if language == "en":
            expect(alarm.locator("button")).to_contain_text("I do it")
