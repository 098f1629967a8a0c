"""Alarms that look ahead on the page, with a keyboard: who sees to one."""

from playwright.sync_api import Locator, expect

from queue_server.domain.values import Category
from tests.queue_server.web.manager.office import Office, issue_many
from tests.queue_server.web.server import Centre


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


def test_a_promise_that_will_break_is_taken_and_given_back(office: Office) -> None:
    crowd(office, office.centre)
    alarm = office.find("#alarm-promise-documents")
    expect(alarm).to_be_visible()
    press(office, alarm)
    expect(alarm.locator(".taken")).to_be_visible()
    # Given back, it is for anybody again.
    press(office, alarm)
    expect(alarm.locator(".taken")).to_have_count(0)
    expect(alarm.locator("button")).to_contain_text("I do it")
