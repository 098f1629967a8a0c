"""A counter page in Chromium against a real server: every key, by hand and by keyboard, and what must never happen."""

import re

from playwright.sync_api import Route, expect

from tests.queue_server.web.counter_page import press
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.proxy import Line
from tests.queue_server.web.server import Centre

CALL_NEXT = re.compile(r"/call-next$")


def test_a_whole_visit_by_keyboard_alone(desk: Desk) -> None:
    visit = desk.centre.issue("uto-birth")
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    assert desk.code() == visit.code
    expect(desk.page.locator("#act-recall .act-note")).to_have_text("none so far")
    desk.press("KeyR")
    expect(desk.page.locator("#act-recall .act-note")).to_have_text("1 so far")
    for _ in visit.steps:
        if desk.page.locator("#now").get_attribute("data-stage") == "idle":
            desk.press("Space")
            desk.stage("called")
        desk.press("Enter")
        desk.stage("serving")
        desk.press("KeyF")
        desk.stage("idle")
    expect(desk.page.locator(".figures section").first).to_contain_text("served to the end")
    assert desk.centre.events("visit-done") == 1
    assert desk.centre.events("visit-recalled") == 1


def test_what_others_do_appears_by_itself(centre: Centre, desk: Desk) -> None:
    first, second = centre.issue(), centre.issue()
    desk.waits(2)
    with PageClient(centre) as other:
        other.sign_in("samir.nasser", "4")
        other.open("4")
        page = press(other, "#act-call-next")
        assert page.one("#notes-of")["data-url"].endswith(f"/visits/{first.id}/notes")
        desk.waits(1)
        expect(desk.page.locator(".colleagues li").first).to_contain_text("called")
        expect(desk.page.locator(".idle-row .code").first).to_contain_text(second.code[1:])


def test_two_browsers_at_one_counter_call_one_person(centre: Centre, desk: Desk) -> None:
    for _ in range(4):
        centre.issue()
    desk.waits(4)
    twin = desk.context.new_page()
    twin.goto(desk.server.address + "/counter")
    expect(twin.locator("#now")).to_have_attribute("data-stage", "idle")
    expect(twin.locator("#page")).to_have_attribute("data-live", "on")
    # Both presses are on their way before either answer is back.
    with Line(desk.page, CALL_NEXT) as mine, Line(twin, CALL_NEXT) as theirs:
        desk.page.evaluate("document.getElementById('act-call-next').click()")
        twin.evaluate("document.getElementById('act-call-next').click()")
        desk.stage("called")
        expect(twin.locator("#now")).to_have_attribute("data-stage", "called")
        assert len(mine.keys) + len(theirs.keys) >= 1
    assert centre.events("visit-called") == 1
    desk.waits(3)


def _press_twice(desk: Desk, how: str) -> None:
    if how == "double click":
        desk.page.dblclick("#act-call-next")
    elif how == "double key":
        desk.press("Space")
        desk.press("Space")
    else:
        desk.press("Space")
        desk.page.evaluate("document.getElementById('act-call-next')?.click()")


def test_a_double_press_is_one_press(desk: Desk) -> None:
    for _ in range(3):
        desk.centre.issue()
    desk.waits(3)
    for called, how in enumerate(("double click", "double key", "key and click"), 1):
        _press_twice(desk, how)
        desk.stage("called")
        desk.waits(3 - called)
        assert desk.centre.events("visit-called") == called
        assert desk.centre.events("visit-started") == called - 1
        desk.page.dblclick("#act-start")
        desk.stage("serving")
        desk.page.locator("#act-start").wait_for(state="detached")
        assert desk.centre.events("step-finished") == 0
        desk.press("KeyP")
        desk.press("Enter")
        desk.stage("idle")


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_key(desk: Desk) -> None:
    desk.only_told()
    desk.may_be_cut = True
    for _ in range(2):
        desk.centre.issue()
    desk.waits(2)
    # Without the live line the page cannot learn the outcome by itself: only the second try tells it.
    with Line(desk.page, CALL_NEXT, lose=1) as line:
        desk.page.route("**/counter/page", lambda route: route.abort())
        desk.press("Space")
        expect(desk.page.locator("#act-call-next .act-note")).to_have_text("no answer yet: try again")
        expect(desk.page.locator("#act-call-next")).to_have_attribute("data-unanswered", "")
        desk.page.unroute("**/counter/page")
        desk.press("Space")
        desk.stage("called")
        assert len(line.keys) == 2
        assert line.keys[0] == line.keys[1]
    assert desk.centre.events("visit-called") == 1


def timeless(text: str) -> str:
    """Keep a page from being drawn anew because time has passed."""
    return re.sub(r'data-refresh-at="(\d+)"', lambda at: f'data-refresh-at="{int(at[1]) + 3_600_000}"', text)


def draw_timeless(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=timeless(answer.text()))


def test_a_page_of_a_server_that_has_not_heard_yet_is_asked_for_again(desk: Desk) -> None:
    """Behind a balancer another server may draw the page than the one that has decided, or whose feed is heard."""
    desk.only_told()
    desk.page.route("**/counter/page", draw_timeless)
    desk.centre.issue()
    desk.waits(1)
    before = timeless(desk.page.content())
    desk.page.route("**/counter/page", lambda route: route.fulfill(body=before, content_type="text/html"), times=1)
    desk.press("Space")
    desk.stage("called")


def test_keys_of_the_page_are_off_where_they_would_surprise(desk: Desk) -> None:
    desk.centre.issue()
    desk.waits(1)
    # In a dialog.
    desk.press("Shift+KeyP")
    expect(desk.page.locator("dialog#pause")).to_be_visible()
    desk.press("Digit3")
    expect(desk.page.locator("dialog#pause input:checked")).to_have_value("training")
    desk.press("KeyU")
    desk.press("Space")
    desk.press("Enter")
    desk.stage("paused")
    expect(desk.page.locator(".work .line .second").first).to_contain_text("training")
    desk.press("Shift+KeyP")
    desk.stage("idle")
    # Escape leaves a dialog, and changes nothing.
    desk.page.click("#act-pause")
    desk.press("Escape")
    expect(desk.page.locator("dialog[open]")).to_have_count(0)
    expect(desk.page.locator("#act-pause")).to_be_focused()
    # Where somebody has switched single keys off.
    desk.press("Shift+Slash")
    expect(desk.page.locator("dialog#all-keys")).to_be_visible()
    desk.page.uncheck("#single-keys")
    desk.press("Escape")
    desk.stage("idle")
    desk.press("Space")
    desk.press("KeyC")
    assert desk.centre.events("visit-called") == 0
    desk.page.click("#act-call-next")
    desk.stage("called")
    assert desk.centre.events("visit-called") == 1


def test_a_refusal_is_said_in_words(desk: Desk) -> None:
    desk.centre.issue()
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    with desk.page.expect_response(CALL_NEXT) as response:
        desk.page.evaluate(
            """() => {
              const old = document.getElementById('act-start');
              old.dataset.url = old.dataset.url.replace(/start$/, 'call-next');
              old.dataset.body = '{}';
              old.click();
            }"""
        )
    assert response.value.status == 409
    expect(desk.page.locator("#notice")).to_contain_text("Somebody is at this counter already.")
    desk.page.click("#notice-close")
    expect(desk.page.locator("#notice")).to_be_hidden()
