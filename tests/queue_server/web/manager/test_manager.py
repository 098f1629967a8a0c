"""The manager page in Chromium: live, by keyboard, its dialogs, and without a line.

What it says in each state is in ``test_manager_states.py``.
"""

from playwright.sync_api import Page, expect

from queue_server.domain.values import HelpKind
from tests.queue_server.web.manager.office import Office


def test_what_happens_is_shown_at_once_in_the_language_that_was_asked_for(office: Office) -> None:
    """Help is heard of and answered by a key, and a service is closed by one."""
    office.go("/manager?lang=ar")
    office.is_live()
    office.centre.issue("uto-birth")
    office.stage("live")
    expect(office.find(".figure-line")).to_contain_text("في الانتظار")
    office.go("/manager?lang=en")
    office.is_live()
    expect(office.column("documents").locator(".step-number b")).to_have_text("1")
    office.post("counters/5/open", {})
    office.expect_alarms(0)
    office.centre.call_help(HelpKind.PRIVATE)
    expect(office.alarm("Private room")).to_contain_text("say nothing aloud")
    expect(office.find("#say")).to_contain_text("Private room")
    office.press("KeyH")
    office.expect_alarms(0)
    assert office.centre.events("help-taken") == 1
    office.press("KeyS")
    panel = office.find("#panel-services")
    expect(panel).to_be_visible()
    panel.locator("#service-uto-birth summary").click()
    panel.locator("#act-service-close-uto-birth").click()
    expect(panel.locator("#act-service-reopen-uto-birth")).to_contain_text("Give it again")
    office.press("Escape")
    expect(panel).to_be_hidden()
    assert office.centre.events("service-closed") == 1


def test_a_counter_is_reached_by_keyboard_alone(office: Office) -> None:
    office.post("counters/3/open", {})
    line, page = office.find("#at-every_step-3"), office.page
    expect(line).to_contain_text("free")
    page.focus("#at-every_step-2")
    page.keyboard.press("Tab")
    expect(line).to_be_focused()
    page.keyboard.press("Enter")
    expect(office.find("#panel-3")).to_be_visible()
    page.keyboard.press("Tab")
    expect(office.find("#close-3")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(office.find("#act-pause-3-break")).to_be_focused()
    page.keyboard.press("Space")
    expect(office.find("#panel-3")).to_contain_text("Paused since")
    page.keyboard.press("Escape")
    expect(office.find("#panel-3")).to_be_hidden()
    expect(line).to_be_focused()
    assert office.centre.events("counter-paused") == 1


def choose_own(page: Page) -> None:
    page.keyboard.press("a")
    page.keyboard.press("5")


def test_announcements_are_shown_and_ended(office: Office) -> None:
    page = office.page
    choose_own(page)
    page.keyboard.press("Enter")
    # Nothing to show: the form stays and asks for it.
    expect(office.find("#announce")).to_be_visible()
    page.fill("#own-en", "Lift 2 is closed.")
    page.focus("#own-ar")
    page.keyboard.type("المصعد 2 مغلق.")
    page.keyboard.press("Enter")
    expect(office.find("#announce")).to_be_hidden()
    shown = office.find(".notices li")
    expect(shown).to_contain_text("Lift 2 is closed.")
    expect(shown).to_contain_text("everywhere")
    # What was typed is not there any more, and the prepared sentence is chosen again.
    page.keyboard.press("a")
    assert page.input_value("#own-en") == ""
    page.keyboard.press("2")
    page.select_option("#minutes", "")
    page.check("input[name=where][value=boards]")
    page.click("#act-announce-now")
    expect(shown).to_have_count(2)
    expect(shown.first).to_contain_text("The centre closes soon.")
    expect(shown.first).to_contain_text("on boards")
    expect(shown.first).to_contain_text("until it is ended")
    for left in (1, 0):
        shown.first.locator("button").click()
        expect(shown).to_have_count(left)
    assert office.centre.events("notice-ended") == 2


def open_emergency(office: Office) -> None:
    office.find("#open-emergency").click()
    office.press("Digit2")


def test_an_emergency_needs_two_seconds_and_a_choice(office: Office) -> None:
    page, hold, shown = office.page, office.find("#hold"), office.find(".notices .emergency")
    office.find("#open-emergency").click()
    hold.hover()
    page.mouse.down()
    expect(office.find("#hold-note")).to_have_text("Choose what it says first.")
    page.mouse.up()
    office.press("Digit1")
    # Neither Enter in the list, nor a press, nor a double click is enough.
    page.keyboard.press("Enter")
    hold.click()
    hold.dblclick()
    expect(office.find("#hold-note")).to_contain_text("Hold the button")
    expect(office.find("#emergency")).to_be_visible()
    office.press("Escape")
    assert office.centre.events("notice-shown") == 0
    open_emergency(office)
    hold.hover()
    page.mouse.down()
    expect(shown).to_contain_text("Stay inside the building.")
    page.mouse.up()
    expect(office.find("#emergency")).to_be_hidden()
    shown.locator("button").click()
    expect(shown).to_have_count(0)
    # By keyboard alone.
    open_emergency(office)
    hold.focus()
    page.keyboard.down("Enter")
    expect(shown).to_have_count(1)
    page.keyboard.up("Enter")
    assert office.centre.events("notice-shown") == 2
    # Who cannot hold presses twice, with time between.
    shown.locator("button").click()
    expect(shown).to_have_count(0)
    open_emergency(office)
    press = "document.getElementById('hold').click()"
    page.evaluate(press)
    page.evaluate(press)
    expect(office.find("#hold-note")).to_contain_text("press it again")
    armed = page.evaluate("performance.now()")
    page.wait_for_function("since => performance.now() - since > 650", arg=armed)
    assert office.centre.events("notice-shown") == 2
    page.evaluate(press)
    expect(shown).to_have_count(1)
    assert office.centre.events("notice-shown") == 3
