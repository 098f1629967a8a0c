"""Every verb of the counter page by keyboard, in Chromium against a real server: what is pressed is what happens."""

import re

import pytest
from playwright.sync_api import expect

from tests.queue_server.web.counter_page import press
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient


def call(desk: Desk) -> None:
    desk.press("Space")
    desk.stage("called")


def serve(desk: Desk) -> None:
    call(desk)
    desk.press("Enter")
    desk.stage("serving")


def dialog(desk: Desk, key: str, name: str) -> None:
    desk.press(key)
    shown = desk.page.locator("dialog[open]")
    expect(shown).to_be_visible()
    assert name in (shown.get_attribute("id"), shown.get_attribute("data-shows"))


def closed(desk: Desk) -> None:
    expect(desk.page.locator("dialog[open]")).to_have_count(0)


def test_transfer_to_a_colleague_with_a_note(desk: Desk, other: PageClient) -> None:
    visit = desk.centre.issue()
    desk.waits(1)
    serve(desk)
    dialog(desk, "KeyT", "transfer")
    # Each place has its usual reason, until somebody has chosen one.
    desk.page.locator("dialog[open]").get_by_text("Interview").click()
    expect(desk.page.locator("dialog[open] select[name=reason]")).to_have_value("specialist")
    desk.press("Digit2")
    expect(desk.page.locator("dialog[open] select[name=reason]")).to_have_value("language")
    desk.page.locator("dialog[open] [data-note]").focus()
    desk.page.keyboard.type("Speak slowly, 1 or 2 sentences.")
    desk.press("Enter")
    closed(desk)
    desk.stage("idle")
    desk.waits(0)
    assert desk.note("undo").startswith("brings")
    page = press(other, "#act-call-next")
    assert page.one(".ticket .code").text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "") == visit.code
    (note,) = other.read_api(f"visits/{visit.id}/notes")["notes"]
    assert (note["text"], note["by"]) == ("Speak slowly, 1 or 2 sentences.", "Ines Moreau")
    assert (desk.centre.events("visit-transferred"), desk.centre.events("visit-noted")) == (1, 1)


#: Enter, pressed when a dialog has closed whose field the browser has not yet taken the focus from.
LEFT_BEHIND = """() => {
  const dialog = document.querySelector('dialog[open]');
  const field = dialog.querySelector('input:checked');
  dialog.close();
  field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', code: 'Enter', bubbles: true, cancelable: true}));
}"""


def test_a_key_that_follows_a_dialog_at_once_is_for_the_page(desk: Desk) -> None:
    desk.centre.issue()
    desk.waits(1)
    call(desk)
    dialog(desk, "KeyP", "park")
    desk.page.evaluate(LEFT_BEHIND)
    desk.stage("serving")
    assert (desk.centre.events("visit-started"), desk.centre.events("visit-parked")) == (1, 0)


@pytest.mark.stops
def test_without_a_connection_nothing_typed_is_lost_and_no_key_opens_what_needs_one(desk: Desk) -> None:
    desk.may_be_cut = True
    desk.centre.issue()
    desk.waits(1)
    serve(desk)
    dialog(desk, "KeyN", "note")
    desk.page.keyboard.type("Half a sentence")
    desk.cut(desk.server.stop)
    expect(desk.page.locator("body.away")).to_have_count(1)
    desk.press("Enter")
    expect(desk.page.locator("dialog[open] [data-error]")).to_have_text("comes back with the connection")
    desk.press("Escape")
    expect(desk.page.locator("#band")).to_be_visible()
    expect(desk.page.locator("#assist")).to_have_text(re.compile("not connected"))
    for hidden in ("Slash", "KeyC", "KeyN"):
        desk.press(hidden)
        desk.press("Shift+Slash")
        expect(desk.page.locator("dialog[open]")).to_have_attribute("id", "all-keys")
        desk.press("Escape")
    desk.server.start()
    desk.is_live()
    dialog(desk, "KeyN", "note")
    desk.page.keyboard.type("Half a sentence")
    desk.press("Enter")
    closed(desk)
    expect(desk.page.locator("#written")).to_contain_text("Half a sentence")
