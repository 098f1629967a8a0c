"""A counter page in Chromium against a real server: every key, by hand and by keyboard, and what must never happen."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Route, expect

from queue_server.domain.values import Category, HelpKind, HelpSubject
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_counter import draw_timeless, timeless


def test_what_a_press_has_done_is_fetched_once(desk: Desk) -> None:
    """The feed tells of it, and the answer: whichever is second finds it shown, or on its way."""
    desk.only_told()
    asked: list[Route] = []
    held: list[Route] = []
    holding = False

    def draw(route: Route) -> None:
        asked.append(route)
        if holding:
            held.append(route)
        else:
            draw_timeless(route)

    def settle() -> None:
        """Let the page do what it does by itself by now."""
        desk.page.evaluate("async () => (await fetch('/locked')).text()")

    desk.page.route("**/counter/page", draw)
    desk.centre.issue()
    desk.waits(1)
    for key, stage in (("Space", "called"), ("Enter", "serving"), ("KeyF", "idle")):
        settle()
        asked.clear()
        holding = True
        with desk.page.expect_response(re.compile(r"/counters/3/[a-z-]+$")) as answer:
            desk.press(key)
        answer.value.finished()
        while not held:
            desk.page.wait_for_timeout(5)
        settle()
        holding = False
        draw_timeless(held.pop())
        desk.stage(stage)
        settle()
        assert len(asked) == 1, key


def test_a_page_that_stays_behind_is_asked_for_ever_more_seldom(desk: Desk) -> None:
    desk.only_told()
    desk.page.route("**/counter/page", draw_timeless)
    desk.centre.issue()
    desk.waits(1)
    before = timeless(desk.page.content())
    desk.page.route("**/counter/page", lambda route: route.fulfill(body=before, content_type="text/html"))
    desk.page.evaluate(
        """() => {
          window.asked = [];
          const page = document.getElementById('page');
          page.addEventListener('htmx:finally:request', () => window.asked.push(performance.now()));
        }"""
    )
    desk.centre.issue()
    while desk.page.evaluate("window.asked.length") < 5:
        desk.page.wait_for_timeout(50)
    asked = desk.page.evaluate("window.asked")
    # The first of them may have been on its way already.
    gaps = [later - first for first, later in pairwise(asked)][1:4]
    assert all(gap >= pause for gap, pause in zip(gaps, (500, 1000, 2000), strict=True)), gaps
    desk.page.unroute("**/counter/page")
    desk.waits(2)


def test_a_server_that_was_restored_is_believed_that_it_has_not_got_so_far(desk: Desk) -> None:
    """Its copy is of the same day: what the page has heard of the server before it never comes."""
    asked: list[Route] = []

    def further(route: Route) -> None:
        answer = route.fetch()
        body = re.sub(r'(data-cursor="[^":]+:)(\d+)', lambda at: f"{at[1]}{int(at[2]) + 1000}", answer.text())
        route.fulfill(response=answer, body=timeless(body))

    def draw(route: Route) -> None:
        asked.append(route)
        draw_timeless(route)

    def settled() -> int:
        """Let the page do what it does by itself by now; gives how often it has asked."""
        before = -1
        while before != len(asked):
            before = len(asked)
            desk.page.evaluate("async () => (await fetch('/locked')).text()")
            expect(desk.page.locator("#page.htmx-request")).to_have_count(0)
        return before

    desk.page.goto("about:blank")
    desk.page.route("**/counter", further)
    desk.page.route("**/counter/page", draw)
    desk.page.clock.install()
    desk.go("/counter")
    desk.is_live()
    desk.only_told()
    desk.centre.issue()
    desk.waits(1)
    drawn = settled()
    # Less than after what time a request is given up.
    desk.page.clock.run_for(6_000)
    assert settled() == drawn


def test_a_slow_answer_says_sending_then_offers_another_try(desk: Desk) -> None:
    desk.may_be_cut = True
    desk.centre.issue()
    desk.waits(1)
    desk.page.evaluate("Object.assign(document.getElementById('page').dataset, {silence: 60000, unanswered: 1200})")
    desk.server.freeze()
    desk.press("Space")
    expect(desk.page.locator("#act-call-next .act-note")).to_have_text("sending")
    expect(desk.page.locator("#act-call-next .act-note")).to_have_text("no answer yet: try again")
    desk.server.thaw()
    desk.stage("called")
    assert desk.centre.events("visit-called") == 1


def test_the_ring_is_on_the_filled_key_until_tab_moves_it(desk: Desk) -> None:
    expect(desk.page.locator("#head")).to_be_focused()
    desk.centre.issue()
    desk.waits(1)
    expect(desk.page.locator("#act-call-next")).to_be_focused()
    desk.page.click("#act-call-next")
    desk.stage("called")
    expect(desk.page.locator("#act-start")).to_be_focused()
    while desk.page.evaluate("document.activeElement.id") != "act-recall":
        desk.press("Tab")
    # Enter is Start, but the person is on Recall.
    desk.press("Enter")
    expect(desk.page.locator("#act-recall .act-note")).to_have_text("1 so far")
    desk.stage("called")
    expect(desk.page.locator("#act-recall")).to_be_focused()
    # A key that was clicked is not pressed again by Enter or Space: they are Start and Call next.
    desk.page.click("#act-recall")
    expect(desk.page.locator("#act-recall .act-note")).to_have_text("2 so far")
    desk.press("Enter")
    desk.stage("serving")
    expect(desk.page.locator("#act-finish")).to_be_focused()
    # Whoever goes with Tab stays where they are.
    desk.press("Tab")
    expect(desk.page.locator("#act-call-next")).to_be_focused()
    desk.centre.issue()
    desk.waits(1)
    expect(desk.page.locator("#act-call-next")).to_be_focused()
    desk.page.click("#act-finish")
    desk.stage("idle")
    expect(desk.page.locator("#act-call-next")).to_be_focused()


def test_help_is_seen_heard_and_taken(desk: Desk) -> None:
    expect(desk.page.locator("#sound")).to_have_text("Sound for help calls is on")
    desk.centre.call_help(HelpKind.HELP, "ar", HelpSubject.PAYMENT)
    expect(desk.page.locator(".help")).to_contain_text("Kiosk 2, entrance")
    expect(desk.page.locator(".help")).to_contain_text("Arabic · at the payment · just now")
    expect(desk.page.locator("#say")).to_contain_text("Somebody asks for help")
    expect(desk.page.locator("#sound")).to_have_attribute("data-played", "1")
    desk.centre.call_help(HelpKind.PAPER)
    expect(desk.page.locator(".help").nth(1)).to_contain_text("Paper has run out")
    desk.press("KeyH")
    expect(desk.page.locator(".help")).to_have_count(1)
    desk.press("KeyH")
    expect(desk.page.locator(".help")).to_have_count(0)
    assert desk.centre.events("help-taken") == 2
    # A call that nobody needs any more says so, and has no key.
    call = desk.centre.call_help(HelpKind.HELP)
    expect(desk.page.locator(".help button")).to_have_count(1)
    desk.centre.withdraw_help(call)
    expect(desk.page.locator(".help")).to_contain_text("ended by itself")
    expect(desk.page.locator("#say")).to_contain_text("ended by itself")
    expect(desk.page.locator(".help button")).to_have_count(0)
    desk.centre.call_help(HelpKind.PRIVATE)
    # The line of the call that ended may stand there still: that of the new one has a key.
    expect(desk.page.locator(".help button")).to_have_count(1)
    desk.press("KeyH")
    expect(desk.page.locator(".help")).to_have_count(0)


def test_sound_waits_for_the_first_key(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.page.reload()
        desk.is_live()
        expect(desk.page.locator("#sound")).to_have_text("Press any key to hear help calls")
        centre.call_help(HelpKind.FAULT)
        expect(desk.page.locator(".help")).to_have_count(1)
        expect(desk.page.locator("#sound[data-played]")).to_have_count(0)
        desk.press("ArrowDown")
        # Not too late: the call still waits.
        expect(desk.page.locator("#sound")).to_have_attribute("data-played", "1")


@pytest.mark.stops
def test_the_server_goes_away_and_comes_back(desk: Desk) -> None:
    desk.may_be_cut = True
    visit = desk.centre.issue()
    desk.centre.issue(category=Category.WALK_IN)
    desk.waits(2)
    desk.press("Space")
    desk.stage("called")
    desk.press("Enter")
    desk.stage("serving")
    desk.cut(desk.server.stop)
    band = desk.page.locator("#band")
    expect(band).to_be_visible()
    expect(band).to_contain_text(re.compile(r"Not connected since\s+\d\d:\d\d:\d\d"))
    expect(band).to_contain_text(re.compile(r"trying again in \d s"))
    expect(desk.page.locator(".queue .promise")).to_be_hidden()
    expect(desk.page.locator(".queue .asof")).to_be_visible()
    expect(desk.page.locator("#act-finish .act-note")).to_have_text("comes back with the connection")
    desk.fits()
    before = desk.page.locator("#timer").inner_text()
    expect(desk.page.locator("#timer")).not_to_have_text(before)
    desk.press("KeyF")
    desk.server.start()
    expect(band).to_be_hidden()
    expect(desk.page.locator("#act-finish .act-note")).to_contain_text("to ")
    desk.stage("serving")
    assert desk.code() == visit.code
    desk.press("KeyF")
    desk.stage("idle")
    assert desk.centre.events("step-finished") == 1
    # Try now does not wait: after a first try that fails the page would do so for ten minutes.
    desk.page.evaluate(
        """() => {
          document.getElementById('page').dataset.retry = '600000';
          document.getElementById('feed').addEventListener('htmx:sse:before:connection', ({detail: {connection}}) => {
            Object.assign(connection.config, {reconnectDelay: 600000, reconnectMaxDelay: 600000});
            if (connection.attempt > 1) document.body.dataset.waits = 'long';
          });
        }"""
    )
    desk.cut(desk.server.stop)
    expect(desk.page.locator("body.away[data-waits=long]")).to_have_count(1)
    expect(band).to_be_visible()
    desk.server.start()
    desk.page.click("#try-now")
    expect(band).to_be_hidden()
