"""Keys at a counter between an answer and the page that shows it: they are meant for no page that anybody has seen."""

import re

from playwright.sync_api import Request, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import HeldRequests

PAGES = "**/counter/page"
VERBS = re.compile(r"/counters/3/[a-z-]+$")


def test_a_key_that_is_pressed_again_before_its_page_has_come_does_nothing_more(desk: Desk) -> None:
    desk.only_told()
    page, sent = desk.page, list[str]()
    visit = desk.centre.issue("uto-birth")
    desk.centre.issue("uto-birth")
    desk.waits(2)

    def note(request: Request) -> None:
        if request.method == "POST" and VERBS.search(request.url):
            sent.append(request.url.rpartition("/")[2])

    page.on("request", note)
    pages = HeldRequests(page, PAGES)
    with page.expect_response("**/call-next"):
        desk.press("Space")
    pages.one_waits()
    # The page from before is still there, and whoever sees no change presses once more.
    for key in ("Space", "Shift+KeyP", "Shift+KeyC", "KeyG"):
        desk.press(key)
    page.click("#act-call-next")
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator("dialog[open]")).to_have_count(0)
    pages.let_come()
    desk.stage("called")
    assert desk.code() == visit.code
    assert sent == ["call-next"]
    desk.press("Enter")
    desk.stage("serving")
    assert sent == ["call-next", "start"]


def test_a_choice_stays_where_what_is_typed_finds_the_same_visits(desk: Desk) -> None:
    page = desk.page
    first, second = desk.centre.issue(), desk.centre.issue()
    desk.waits(2)
    desk.press("KeyG")
    page.keyboard.type(first.code[0])
    chosen = page.locator("dialog[open] [data-found] li", has_text=second.code[-3:]).locator("input")
    chosen.check()
    page.locator("dialog[open] [data-search]").press("End")
    page.keyboard.type(first.code[1])
    expect(page.locator("dialog[open] [data-find]")).to_have_attribute("data-shown", first.code[:2])
    expect(chosen).to_be_checked()
