"""The manager page in Chromium: live, by keyboard, its dialogs, and without a line.

What it says in each state is in ``test_manager_states.py``.
"""

import time

import pytest
from playwright.sync_api import expect

from queue_server.domain.values import HelpKind
from tests.queue_server.web.manager.office import Office, issue_many
from tests.queue_server.web.manager.test_manager import choose_own


def test_however_much_happens_the_page_is_drawn_at_most_twice_a_second(office: Office) -> None:
    drawn: list[str] = []
    office.page.on("request", lambda request: drawn.append(request.url) if "/manager/page" in request.url else None)
    began = time.monotonic()
    issue_many(office.centre, ["uto-birth"] * 120)
    expect(office.figure("waiting").first).to_have_text("120")
    seconds = time.monotonic() - began
    # Twice a second for news, once for the time that passes (both settings of these tests).
    assert 1 <= len(drawn) <= 3 * seconds + 3
    assert len(drawn) < 60


def test_whoever_goes_on_with_tab_behind_the_last_control_is_not_called_back(office: Office) -> None:
    page, has_focus = office.page, "document.activeElement !== document.body"
    page.focus("#to-colleagues")
    while page.evaluate(has_focus):
        page.keyboard.press("Tab")
    drawn = page.locator("#now").get_attribute("data-now")
    expect(page.locator("#now")).not_to_have_attribute("data-now", str(drawn))
    assert not page.evaluate(has_focus)
    page.keyboard.press("Tab")
    expect(page.locator("nav.pages a").first).to_be_focused()


@pytest.mark.stops
def test_without_a_line_nothing_can_be_pressed_and_what_was_typed_stays(office: Office) -> None:
    office.may_be_cut = True
    office.centre.call_help(HelpKind.HELP)
    office.expect_alarms(1)
    choose_own(office.page)
    office.page.fill("#own-en", "Half a sentence")
    office.cut(office.server.stop)
    expect(office.find("#band")).to_be_visible()
    expect(office.find("#announce")).to_be_hidden()
    expect(office.find("#band")).to_contain_text("Go and look where it matters.")
    expect(office.find(".ticks").first).to_be_hidden()
    office.find(".alarms button").click()
    office.press("KeyA")
    office.find("#open-emergency").click()
    expect(office.find("dialog[open]")).to_have_count(0)
    office.server.start()
    office.is_live()
    office.press("KeyA")
    assert office.page.input_value("#own-en") == "Half a sentence"
    office.press("Escape")
    office.press("KeyH")
    office.expect_alarms(0)
