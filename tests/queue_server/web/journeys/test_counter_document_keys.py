"""The document of the visit at the counter in Chromium: its dialog by keyboard, and how often the page reads it."""

from playwright.sync_api import expect

from tests.queue_server.web.counter_desk import call, finish, line, opened, redraw, start
from tests.queue_server.web.counter_page import FAMILY
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reader import COPIED, DOUBTFUL, GENUINE, of
from tests.queue_server.web.vault_look import reads

SIGNED = "Document read: signed, unchanged, no copy"


def test_the_dialog_opens_by_a_key_and_the_line_follows_what_was_done_in_it(desk: Desk) -> None:
    call(desk)
    line(desk, "No document was read")
    desk.press("KeyD")
    expect(opened(desk)).to_have_count(0)
    finish(desk)
    call(desk, DOUBTFUL)
    line(desk, "Document: a character of its number may be wrong")
    desk.press("KeyD")
    expect(opened(desk).locator(".button.filled")).to_be_focused()
    opened(desk).locator("input[name=number]").fill("l898902c3")
    desk.press("Enter")
    expect(opened(desk)).to_have_count(0)
    line(desk, "Document: only its printed lines were read")
    desk.press("KeyD")
    expect(opened(desk)).to_contain_text("L898902C3")
    expect(opened(desk)).to_contain_text("Number put right by")
    expect(opened(desk).locator(".button.filled")).to_be_focused()
    desk.press("Enter")
    expect(opened(desk)).to_have_count(0)
    finish(desk)
    # What is said of a document follows from the application that is named.
    call(desk, GENUINE)
    line(desk, SIGNED)
    for key in ("KeyA", "Digit1", "Enter"):
        desk.press(key)
    line(desk, f"{SIGNED}, the one that the application knows")


def test_of_a_family_each_document_is_opened_in_turn(desk: Desk) -> None:
    read = (of(COPIED, "L898902C3", 0, "adult"), of(GENUINE, "K01234567", 3, "small-child"))
    visit = call(desk, *read, people=FAMILY)
    line(desk, "Documents read: 2 of 4, 1 to look at")
    desk.press("KeyD")
    shown = opened(desk)
    expect(shown.get_by_text("L898902C3")).to_be_hidden()
    # The one to look at is a key away, and each other one behind it.
    desk.press("Enter")
    expect(shown.get_by_text("L898902C3")).to_be_visible()
    expect(shown.get_by_text("K01234567")).to_be_hidden()
    shown.locator("summary", has_text="Small children").focus()
    desk.press("Enter")
    expect(shown.get_by_text("K01234567")).to_be_visible()
    desk.press("Escape")
    expect(shown).to_have_count(0)
    assert reads(desk.centre, visit) == 2


def test_a_document_is_read_once_a_visit_and_never_stands_beside_the_next(desk: Desk) -> None:
    visit = call(desk, COPIED)
    line(desk, "Document: look at it closely")
    assert reads(desk.centre, visit) == 1
    start(desk)
    desk.press("KeyU")
    desk.stage("called")
    start(desk)
    redraw(desk)
    redraw(desk)
    line(desk, "Document: look at it closely")
    assert reads(desk.centre, visit) == 1
    finish(desk)
    desk.page.route("**/counter/document", lambda route: route.fulfill(status=403, body="no"))
    desk.press("Space")
    desk.stage("called")
    expect(desk.page.locator("#document")).to_have_text("What was read of the document cannot be shown now.")
