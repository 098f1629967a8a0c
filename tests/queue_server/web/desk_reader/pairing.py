"""What staff do with the reader of their desk, in Chromium."""

from playwright.sync_api import Locator, expect

from queue_server.contract.base import People
from tests.peripherals.serve.bench import Bench
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reader import arrive


def dialog(desk: Desk) -> Locator:
    return desk.page.locator("#desk[open]")


def step(desk: Desk, text: str) -> None:
    expect(dialog(desk).locator("[data-desk=step]")).to_have_text(text)


def pair(desk: Desk, agent: Bench, key: str = "KeyI") -> None:
    desk.press(key)
    field = dialog(desk).locator("[data-desk=digits]")
    expect(field).to_be_focused()
    code = agent.code()
    field.fill(f"{code[:4]} {code[4:]}")
    desk.press("Enter")
    expect(field).to_be_hidden()


def leave(desk: Desk) -> None:
    desk.press("Escape")
    expect(dialog(desk)).to_have_count(0)


def call(desk: Desk, *people: People) -> str:
    """Call somebody who had no document at the kiosk."""
    visit = arrive(desk.centre, people=people) if people else desk.centre.issue()
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    return visit.id
