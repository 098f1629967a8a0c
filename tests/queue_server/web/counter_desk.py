"""What a clerk does at the counter page in a browser, for several tests: calls, serves, puts aside."""

from collections.abc import Mapping
from types import MappingProxyType

from playwright.sync_api import Locator, expect

from queue_server.contract.base import People
from queue_server.contract.documents import DocumentReading
from queue_server.domain.values import VisitId
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reader import arrive


def call(
    desk: Desk,
    *readings: DocumentReading,
    people: tuple[People, ...] = (),
    faces: Mapping[int, bytes] = MappingProxyType({}),
) -> VisitId:
    """Let somebody come with documents, or without any, and call them."""
    visit = arrive(desk.centre, *readings, people=people, faces=faces) if readings else desk.centre.issue()
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    return visit.id


def start(desk: Desk) -> None:
    desk.press("Enter")
    desk.stage("serving")


def line(desk: Desk, text: str) -> None:
    """Wait until the line of the documents says this."""
    expect(desk.page.locator("#document .st").first).to_have_text(text)


def finish(desk: Desk) -> None:
    """Send the visit away, so that the next one comes."""
    for key in ("KeyP", "Enter"):
        desk.press(key)
    desk.stage("idle")


def opened(desk: Desk) -> Locator:
    """Return the dialog that is open."""
    return desk.page.locator("dialog[open]")


def redraw(desk: Desk) -> None:
    """Let a ticket be taken, so that the page is rendered once more."""
    waiting = int(desk.page.locator(".queue .count").inner_text())
    desk.centre.issue()
    desk.waits(waiting + 1)
