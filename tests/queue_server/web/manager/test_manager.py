"""The manager page in Chromium against a real server: live, every control, by hand and by keyboard; without a line."""

import re
import sqlite3
import time
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from queue_server.contract.devices import PartStatus, StatusRequest
from queue_server.domain.values import HelpKind
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.manager.office import WELL, Office, ask_priority, issue_many, report
from tests.queue_server.web.server import Centre

PAPER_OUT = PartStatus("printer", "userError", "printer-paper-out")


KIND = """one => one.dataset.act ? 'act' : one.dataset.dialog ? 'dialog'
    : one.hasAttribute('popovertarget') ? 'popover' : 'link'"""

#: Where it is told who sees to an alarm.
TAKING = re.compile("/(warnings|alarms)/")
DRAWN = """([id, slot]) => {
  const one = document.getElementById(id);
  return one?.dataset.slot !== slot || one.getAttribute('aria-disabled') === 'true';
}"""


def all_events(centre: Centre) -> int:
    with closing(sqlite3.connect(f"file:{centre.server.data / 'queue.sqlite'}?mode=ro", uri=True)) as database:
        (count,) = database.execute(
            "SELECT count(*) FROM events WHERE stream LIKE ?", (f"queue/{centre.id}/%",)
        ).fetchone()
    return int(count)


def test_before_anybody_comes_it_says_so_and_what_lacks_then_fills_by_itself(office: Office) -> None:
    expect(office.find("#now")).to_have_attribute("data-stage", "before")
    expect(office.find("#head")).to_have_text("Nobody has come yet today")
    checks = office.find(".checks li")
    expect(checks.filter(has_text="Every step has a counter")).to_contain_text("done")
    expect(checks.filter(has_text="13 counters are not open yet")).to_contain_text("to do")
    expect(checks.filter(has_text="No board is enrolled")).to_contain_text("not yet")
    expect(office.column("documents").locator(".step-number")).to_have_text("0 nobody waiting")
    expect(office.find(".strip")).to_contain_text("1 of 1 in order")
    office.centre.issue("uto-birth")
    office.stage("live")
    expect(office.figure("waiting").first).to_have_text("1")
    expect(office.column("documents").locator(".step-number b")).to_have_text("1")
    expect(office.find(".hours td.now, .hours .present td").filter(has_text="1").first).to_be_visible()
    expect(office.find(".bars")).to_have_attribute("aria-label", re.compile("1 visits arrived"))


def test_the_language_that_is_asked_for_stays_when_the_page_is_drawn_anew(office: Office) -> None:
    office.go("/manager?lang=ar")
    office.centre.issue("uto-birth")
    office.stage("live")
    expect(office.find(".figure-line")).to_contain_text("في الانتظار")


def test_a_device_says_what_is_wrong_until_it_is_well(office: Office) -> None:
    row = office.find(".devices tbody tr")
    expect(row).to_contain_text("not known")
    report(office.centre, StatusRequest("in-service", (PAPER_OUT,), waiting=3, refused=2, version="0.0.9"))
    expect(office.alarm("no paper")).to_contain_text("Load paper.")
    expect(office.alarm("2 tickets were refused")).to_be_visible()
    expect(row).to_contain_text("3 not sent yet, 2 refused")
    expect(row).to_contain_text("0.0.9: older than the server")
    report(office.centre, StatusRequest("out-of-order"))
    expect(office.alarm("is out of order")).to_be_visible()
    report(office.centre, WELL)
    office.expect_alarms(0)
    expect(row).to_contain_text("in service")


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


def test_help_and_wishes_are_answered_from_the_page(office: Office) -> None:
    office.centre.call_help(HelpKind.PRIVATE)
    expect(office.alarm("Private room")).to_contain_text("say nothing aloud")
    expect(office.find("#say")).to_contain_text("Private room")
    office.press("KeyH")
    office.expect_alarms(0)
    assert office.centre.events("help-taken") == 1
    office.post("counters/3/open", {})
    first, second = ask_priority(office.centre), ask_priority(office.centre)
    office.expect_alarms(2)
    office.find(f"#act-alarm-reclassify-{first.id}-priority").click()
    office.expect_alarms(1)
    office.find(f"#act-alarm-reclassify-{second.id}-walk-in").click()
    office.expect_alarms(0)
    assert office.centre.events("visit-reclassified") == 2


def test_a_counter_is_paused_closed_and_relieved_from_afar(browser: Browser, office: Office) -> None:
    visit = office.centre.issue("uto-birth")
    with Desk(browser, office.centre) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        desk.press("Space")
        desk.stage("called")
        line = office.find("#at-every_step-3")
        expect(line).to_contain_text("Ines Moreau")
        line.click()
        panel = office.find("#panel-3")
        expect(panel).to_contain_text("is called since")
        expect(panel.locator("#act-close-3")).to_have_attribute("aria-disabled", "true")
        panel.locator("#act-hand-back-3").click()
        desk.stage("idle")
        assert desk.code() == visit.code
        panel.locator("#act-pause-3-training").click()
        desk.stage("paused")
        expect(panel).to_contain_text("training")
        expect(office.alarm("Counter 3: training")).to_be_visible()
        panel.locator("#act-open-3").click()
        desk.stage("idle")
        expect(line).to_contain_text("Ines Moreau")
        office.expect_alarms(0)
        panel.locator("#act-close-3").click()
        desk.stage("closed")
        office.press("Escape")
        expect(panel).to_be_hidden()


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


def test_who_cannot_hold_presses_twice_with_time_between(office: Office) -> None:
    open_emergency(office)
    press = "document.getElementById('hold').click()"
    office.page.evaluate(press)
    office.page.evaluate(press)
    expect(office.find("#hold-note")).to_contain_text("press it again")
    armed = office.page.evaluate("performance.now()")
    office.page.wait_for_function("since => performance.now() - since > 650", arg=armed)
    assert office.centre.events("notice-shown") == 0
    office.page.evaluate(press)
    expect(office.find(".notices .emergency")).to_have_count(1)
    assert office.centre.events("notice-shown") == 1


def test_kiosks_stop_and_go_on_issuing(office: Office) -> None:
    office.find("#open-full").click()
    office.find("#act-full-now").click()
    expect(office.find(".intake")).to_contain_text("no more tickets today")
    office.find("#act-intake-open").click()
    expect(office.find("#open-full")).to_be_visible()
    assert office.centre.events("intake-changed") == 2


def test_a_service_is_closed_for_today_by_one_key_and_one_press_and_given_again(office: Office) -> None:
    office.press("KeyS")
    panel = office.find("#panel-services")
    expect(panel).to_be_visible()
    service = panel.locator("#act-service-close-uto-birth")
    expect(service).to_contain_text("close for today")
    service.click()
    expect(panel.locator("#act-service-reopen-uto-birth")).to_contain_text("closed: give it again")
    office.press("Escape")
    expect(panel).to_be_hidden()
    expect(office.find(".intake")).to_contain_text("Closed for today")
    office.find("#act-service-again-uto-birth").click()
    expect(office.find(".intake")).not_to_contain_text("Closed for today")
    assert (office.centre.events("service-closed"), office.centre.events("service-reopened")) == (1, 1)


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


@pytest.mark.parametrize("login", ["ines.moreau", None])
def test_the_page_is_for_managers(browser: Browser, centre: Centre, login: str | None) -> None:
    with Desk(browser, centre) as desk:
        if login is None:
            desk.go("/manager")
            desk.page.wait_for_url("**/sign-in")
            return
        desk.enter(login)
        desk.go("/manager")
        expect(desk.page.locator("h1")).to_have_text("This page is not for you")
        answer = desk.context.request.get(desk.server.address + "/manager/page")
        assert answer.status == 403


def test_every_control_changes_something(browser: Browser, office: Office) -> None:
    """Press whatever can be pressed, once: the day gets an event, something opens, or another place is shown."""
    issue_many(office.centre, ["uto-birth"] * 3)
    ask_priority(office.centre)
    office.centre.call_help(HelpKind.FAULT)
    with Desk(browser, office.centre) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        desk.press("Space")
        desk.stage("called")
        expect(office.find("#at-every_step-3")).to_contain_text("min")
        office.expect_alarms(2)
        pressed = sweep(office)
    assert {"act", "dialog", "popover", "link"} <= pressed


def sweep(office: Office) -> set[str]:
    page, seen, kinds = office.page, set[str](), set[str]()
    while True:
        ids = page.eval_on_selector_all(
            "main button:not([aria-disabled=true]), .strip a, .panel button:not([aria-disabled=true])",
            "found => found.map(one => one.id)",
        )
        assert all(ids)
        fresh = [one for one in ids if one not in seen]
        if not fresh:
            return kinds
        seen.add(fresh[0])
        kinds.add(press(office, fresh[0]))


def is_of_a_press(answer: Response) -> bool:
    """Tell whether the page asked for this because something was pressed; by itself it says that somebody is there."""
    return answer.request.method == "POST" and not answer.url.endswith("/active")


def press(office: Office, ident: str) -> str:
    """Press one control, and see what it does; leave the page as it was."""
    page = office.page
    control = page.locator(f"[id='{ident}']")
    kind = control.evaluate(KIND)
    before = all_events(office.centre)
    if kind == "popover" and ident.startswith("close-"):
        panel = page.locator(f"#panel-{ident.removeprefix('close-')}")
        panel.evaluate("one => one.showPopover()")
        control.click()
        expect(panel).to_be_hidden()
    elif kind == "popover":
        control.click()
        expect(page.locator(".panel:popover-open")).to_have_count(1)
        page.keyboard.press("Escape")
    elif kind == "dialog":
        control.click()
        expect(page.locator("dialog[open]")).to_have_count(1)
        page.locator("dialog[open] [data-close]").last.click()
        expect(page.locator("dialog[open]")).to_have_count(0)
    elif kind == "act":
        control.evaluate("one => one.closest('[popover]')?.showPopover()")
        slot = control.get_attribute("data-slot")
        with page.expect_response(is_of_a_press) as answered:
            control.click()
        assert answered.value.status == 200, ident
        # Who sees to an alarm is no event of the day: that the page shows it is waited for below.
        assert all_events(office.centre) > before or TAKING.search(answered.value.url), ident
        # The page shows what came of it before the next is chosen.
        page.wait_for_function(DRAWN, arg=[ident, slot])
        page.evaluate("document.querySelector(':popover-open')?.hidePopover()")
    elif (where := control.get_attribute("href")) and where.startswith("/"):
        control.click()
        page.wait_for_url(f"**{where}")
        page.go_back()
        office.is_live()
    else:
        control.click()
        assert page.url.endswith("#devices")
        expect(page.locator("#devices")).to_be_focused()
    return str(kind)
