"""Own day, messages and breaks in Chromium, by keyboard."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from queue_server.catalogue import toml
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import COMMAND, Centre
from tests.queue_server.web.test_accessibility import large_letters

MESSAGE = "Form 12 is new from today"


@pytest.fixture
def lead(browser: Browser, centre: Centre) -> Iterator[Desk]:
    with Desk(browser, centre) as desk:
        desk.enter("lea.brunet")
        desk.page.wait_for_url("**/team")
        desk.is_live()
        yield desk


@pytest.fixture
def clerk(browser: Browser, centre: Centre) -> Iterator[Desk]:
    with Desk(browser, centre) as desk:
        desk.enter("ines.moreau")
        desk.sit_at("3")
        yield desk


def write(desk: Desk) -> None:
    desk.page.fill("#write-text", MESSAGE)
    desk.press("Tab")
    desk.press("Enter")
    desk.page.wait_for_url("**/team?done=sent")
    desk.is_live()


def all_day(centre: Centre, folder: Path) -> None:
    """Plan a break for every counter that is due whenever a test runs."""
    file = folder / "centre.toml"
    shown = subprocess.run(
        [COMMAND, "export", centre.id, "--data", centre.server.data], check=True, capture_output=True, text=True
    )
    setup = toml.parse(shown.stdout)
    breaks = ("00:00-04:00", "04:00-24:00")
    staffing = tuple(replace(pool, breaks=breaks) for pool in setup.staffing)
    rules = replace(setup.rules, staff_figures=True)
    file.write_text(toml.write(replace(setup, staffing=staffing, rules=rules)))
    subprocess.run([COMMAND, "import", str(file), "--data", centre.server.data], check=True, capture_output=True)


def test_a_message_waits_for_the_end_of_a_visit_and_is_confirmed_with_a_key(client: PageClient, clerk: Desk) -> None:
    clerk.open()
    clerk.centre.issue()
    clerk.waits(1)
    clerk.press("Space")
    clerk.stage("called")
    client.enter("lea.brunet")
    sent = client.submit(client.get("/team").one("#team-write"), text=MESSAGE)
    assert "Nobody has read it yet" in sent.one(".staff-messages").text
    clerk.press("Enter")
    clerk.stage("serving")
    expect(clerk.page.locator(".between")).to_have_count(0)
    clerk.press("f")
    clerk.stage("idle")
    expect(clerk.page.locator(".between")).to_contain_text(MESSAGE)
    clerk.press("Shift+R")
    expect(clerk.page.locator(".between")).to_have_count(0)
    assert "Read by: Ines Moreau" in client.get("/team").one(".staff-messages").text
    clerk.press("Shift+D")
    clerk.page.wait_for_url("**/my-day")
    clerk.is_live()
    expect(clerk.page.locator(".own-figures b").first).to_have_text("1")
    expect(clerk.page.locator(".staff-messages")).to_contain_text("You have read it at")
    clerk.page.fill(".own-note textarea", "Bring the blue folder back")
    clerk.press("Tab")
    clerk.press("Enter")
    clerk.page.wait_for_url("**/my-day?done=noted")
    clerk.is_live()
    expect(clerk.page.locator(".own-note textarea")).to_have_value("Bring the blue folder back")
    clerk.press("Escape")
    clerk.page.wait_for_url("**/counter")


def test_a_break_that_is_due_pauses_only_when_it_is_begun(lead: Desk, clerk: Desk, tmp_path: Path) -> None:
    all_day(clerk.centre, tmp_path)
    clerk.open()
    expect(clerk.page.locator("#act-take-break")).to_be_visible()
    write(lead)
    expect(clerk.page.locator("#act-read-message")).to_be_visible()
    clerk.fits()
    assert violations(clerk.page, ".between") == []
    clerk.press("Shift+B")
    clerk.stage("paused")
    assert violations(lead.page) == []
    large_letters(lead)
    lead.go("/team")
    row = lead.page.locator('[data-counter="3"]')
    expect(row).to_contain_text("break")
    expect(row).to_contain_text("Ines Moreau")
    expect(lead.page.locator(".team-table thead").first).to_contain_text("Served today")
    clerk.press("Shift+P")
    clerk.stage("idle")
    expect(clerk.page.locator("#act-take-break")).to_have_count(0)
