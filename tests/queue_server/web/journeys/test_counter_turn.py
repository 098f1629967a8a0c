"""Keys at a counter between an answer and the page that shows it: they are meant for no page that anybody has seen."""

from playwright.sync_api import APIResponse, Browser, Route, expect

from queue_server.domain.values import Category
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import HeldRequests, wait_until_carried
from tests.queue_server.web.server import QUICK, Centre, Server
from tests.queue_server.web.test_counter_turn import PAGES


def test_a_page_that_did_not_come_is_fetched_and_then_its_keys_work(desk: Desk) -> None:
    desk.only_told()
    desk.may_be_cut = True
    desk.centre.issue("uto-birth")
    desk.waits(1)
    pages = HeldRequests(desk.page, PAGES)
    with desk.page.expect_response("**/call-next"):
        desk.press("Space")
    pages.one_waits()
    pages.cut_off()
    pages.let_come()
    desk.stage("called")
    desk.press("Enter")
    desk.stage("serving")


def test_a_search_closes_when_its_visit_waits_again_though_its_list_was_drawn_anew_meanwhile(
    browser: Browser, server: Server
) -> None:
    with Desk(browser, Centre(server, QUICK[3])) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        page = desk.page
        visit = desk.centre.issue(category=Category.WALK_IN)
        desk.waits(1)
        desk.press("Space")
        desk.stage("called")
        desk.press("KeyR")
        expect(page.locator("#act-missed .act-note")).to_have_text("nobody came")
        desk.press("KeyM")
        desk.stage("idle")
        desk.press("Slash")
        page.keyboard.type(visit.code[:-1])
        found = page.locator("dialog[open] [data-found] li")
        expect(found).to_contain_text("missed at counter 3")
        lists = HeldRequests(page, "**/counter/find")
        page.keyboard.type(visit.code[-1])
        lists.one_waits()
        answers: list[tuple[Route, APIResponse]] = []
        page.route("**/reinstate", lambda route: answers.append((route, route.fetch())), times=1)
        wait_until_carried(page)
        found.get_by_text("Let it wait again").click()
        while not answers:
            page.wait_for_timeout(5)
        lists.let_come()
        expect(found).to_contain_text("waits for")
        route, answer = answers[0]
        route.fulfill(response=answer)
        expect(page.locator("dialog[open]")).to_have_count(0)
        desk.waits(1)
