"""Every verb of the counter page by keyboard, in Chromium against a real server: what is pressed is what happens."""

import re

from playwright.sync_api import Browser, expect

from queue_server.domain.values import Category
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import QUICK, Centre, Server
from tests.queue_server.web.test_counter_verbs import (
    call,
    closed,
    dialog,
    serve,
)


def test_park_and_take_back(desk: Desk) -> None:
    first, second = desk.centre.issue(), desk.centre.issue()
    desk.waits(2)
    for number in ("3", "2"):
        call(desk)
        dialog(desk, "KeyP", "park")
        desk.press(f"Digit{number}")
        desk.press("Enter")
        desk.stage("idle")
    expect(desk.page.locator(".parked h2")).to_contain_text("2")
    expect(desk.page.locator(".parked li").first).to_contain_text("has a photo taken")
    dialog(desk, "KeyK", "parked")
    desk.press("Digit2")
    desk.press("Enter")
    desk.stage("called")
    assert desk.code() == second.code
    desk.press("KeyU")
    desk.stage("idle")
    dialog(desk, "KeyK", "parked")
    desk.page.click("#act-wait-again")
    closed(desk)
    desk.waits(1)
    expect(desk.page.locator(".queue li")).to_contain_text(first.code[1:])
    assert desk.centre.events("visit-resumed") == 1


def test_a_particular_visit_is_the_one_that_was_typed(desk: Desk) -> None:
    visits = [desk.centre.issue() for _ in range(12)]
    desk.waits(12)
    # Enter at once: what was found for fewer letters is never called instead.
    dialog(desk, "KeyG", "particular")
    desk.page.keyboard.type(visits[10].code[1:].lstrip("0"))
    desk.press("Enter")
    desk.stage("called")
    assert desk.code() == visits[10].code
    assert desk.centre.events("visit-called") == 1
    desk.press("KeyU")
    desk.stage("idle")
    # A ticket that there is not: nothing is called, and nothing that was typed is lost.
    dialog(desk, "KeyG", "particular")
    desk.page.keyboard.type("X999")
    desk.press("Enter")
    expect(desk.page.locator("dialog[open] [data-found]")).to_contain_text("No visit of today has this ticket.")
    desk.press("Escape")
    desk.stage("idle")
    # By the list: arrow down, arrow down.
    dialog(desk, "KeyG", "particular")
    expect(desk.page.locator("dialog[open] [data-found] li")).to_have_count(9)
    desk.press("ArrowDown")
    desk.press("ArrowDown")
    desk.press("Enter")
    desk.stage("called")
    assert desk.code() == visits[1].code


def test_change_answers_a_wish_for_priority(desk: Desk) -> None:
    desk.centre.issue(asks_priority=True)
    desk.waits(1)
    expect(desk.page.locator(".idle-row .tags")).to_contain_text("Asks for priority")
    call(desk)
    dialog(desk, "KeyC", "change")
    expect(desk.page.locator("dialog[open] .asks")).to_be_visible()
    desk.press("Digit2")
    desk.press("Enter")
    closed(desk)
    expect(desk.page.locator(".tags")).to_contain_text("Priority")
    expect(desk.page.locator(".tags")).not_to_contain_text("Asks for priority")
    dialog(desk, "KeyC", "change")
    desk.page.fill("dialog[open] [name=party_size]", "3")
    desk.page.select_option("dialog[open] [name=language]", "ar")
    desk.page.select_option("dialog[open] select[name=services]", "uto-birth")
    desk.page.click("#act-change-now")
    closed(desk)
    expect(desk.page.locator(".tags")).to_contain_text("Party of 3")
    expect(desk.page.locator(".tags")).to_contain_text("Arabic")
    assert (desk.centre.events("visit-reclassified"), desk.centre.events("visit-changed")) == (1, 1)
    # What is refused is said beside what was typed.
    dialog(desk, "KeyC", "change")
    for box in desk.page.locator("dialog[open] [name=services][type=checkbox]").all():
        box.uncheck()
    desk.page.select_option("dialog[open] select[name=services]", "uto-collection")
    desk.page.click("#act-change-now")
    expect(desk.page.locator("dialog[open] [data-error]")).to_have_text("A service that was begun cannot be left out.")
    expect(desk.page.locator("dialog[open] select[name=services]")).to_have_value("uto-collection")


def test_notes_and_applications_show_only_with_their_visit(desk: Desk) -> None:
    reads = []
    desk.page.on("request", lambda request: reads.append(request.url) if request.method == "GET" else None)
    for _ in range(2):
        desk.centre.issue("uto-birth")
    desk.waits(2)
    serve(desk)
    for text in ("First <b>note</b>", "Second note"):
        dialog(desk, "KeyN", "note")
        desk.page.keyboard.type(text)
        desk.press("Enter")
        closed(desk)
        expect(desk.page.locator("#written")).to_contain_text(text)
    dialog(desk, "KeyA", "application")
    desk.press("Enter")
    closed(desk)
    row = desk.page.locator("#applications li")
    expect(row).to_contain_text("Draft")
    row.locator("summary").click()
    row.get_by_role("button").click()
    expect(row).to_contain_text("Received, ")
    reference = row.locator("b").inner_text()
    desk.press("KeyP")
    desk.press("Enter")
    desk.stage("idle")
    call(desk)
    expect(desk.page.locator("#written")).to_have_text("No notes.")
    # Notes are read once for each that was written: that somebody looked is recorded.
    assert len([url for url in reads if url.endswith("/notes")]) == 2
    expect(row).to_have_text("No applications.")
    dialog(desk, "KeyA", "application")
    desk.page.fill("dialog[open] [name=reference]", reference)
    desk.press("Enter")
    closed(desk)
    expect(row).to_contain_text(reference)
    expect(row).to_contain_text("Received")
    desk.page.click("[data-dialog=application]")
    desk.page.fill("dialog[open] [name=reference]", "UTO-AAAA-AAAA")
    desk.press("Enter")
    expect(desk.page.locator("dialog[open] [data-error]")).to_have_text(
        "There is no application with this reference here."
    )


def test_a_visit_that_was_missed_waits_again(browser: Browser, server: Server) -> None:
    centre = Centre(server, QUICK[1])
    with Desk(browser, centre) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        visit = centre.issue(category=Category.WALK_IN)
        desk.waits(1)
        call(desk)
        # The page finds out by itself that the time has come.
        expect(desk.page.locator("#act-missed .act-note")).to_have_text("recall first")
        desk.press("KeyM")
        desk.press("KeyR")
        expect(desk.page.locator("#act-missed .act-note")).to_have_text("nobody came")
        assert centre.events("visit-missed") == 0
        desk.press("KeyM")
        desk.stage("idle")
        desk.waits(0)
        assert centre.events("visit-missed") == 1
        assert desk.note("undo").startswith("brings")
        dialog(desk, "Slash", "find")
        desk.page.keyboard.type(visit.code)
        found = desk.page.locator("dialog[open] [data-found] li")
        expect(found).to_contain_text("missed at counter 3")
        found.get_by_text("Let it wait again").click()
        closed(desk)
        desk.waits(1)
        dialog(desk, "Slash", "find")
        expect(found).to_contain_text("waits for")
        found.get_by_text("Call here").click()
        expect(desk.page.locator("dialog#particular")).to_be_visible()
        expect(desk.page.locator("dialog#particular [data-search]")).to_have_value(visit.code)
        desk.press("Enter")
        desk.stage("called")
        assert (centre.events("visit-reinstated"), centre.events("visit-called")) == (1, 2)


def test_assist_is_held_and_nobody_sees_it_here(desk: Desk, other: PageClient) -> None:
    # A short press calls nobody; what comes after it is seen, so nothing was sent before.
    desk.press("F8")
    desk.page.click("#assist")
    desk.page.locator("#assist").focus()
    desk.press("Enter")
    desk.centre.issue()
    desk.waits(1)
    assert desk.centre.events("help-called") == 0
    desk.page.evaluate("document.getElementById('assist').dataset.hold = 100")
    expect(desk.page.locator(".colleagues li")).to_have_count(1)

    def shown() -> str:
        # A minute may begin meanwhile.
        return re.sub(r"\d\d:\d\d|in \d+ min", "", desk.page.locator("main").inner_text())

    before = shown()
    desk.page.keyboard.down("F8")
    expect(desk.page.locator("#assisted")).to_have_text(".")
    desk.page.keyboard.up("F8")
    assert shown().replace("Assist.", "Assist") == before
    expect(desk.page.locator(".help")).to_have_count(0)
    expect(desk.page.locator("#say")).to_have_text("")
    (asked,) = other.get("/counter").all(".help")
    assert "Counter 3" in asked.text
    other.press(asked.one("[data-act]"))
    expect(desk.page.locator("#assisted")).to_have_count(0)
    assert desk.centre.events("help-called") == 1


def test_a_letter_is_the_key_that_says_it_and_no_address_has_what_is_searched_for(desk: Desk) -> None:
    # By the letter where keys stand elsewhere, by the place where their letters are others.
    press = """([key, code]) => document.body.dispatchEvent(new KeyboardEvent("keydown", {key, code, bubbles: true}))"""
    desk.centre.issue()
    desk.waits(1)
    desk.page.evaluate(press, ["g", "KeyV"])
    expect(desk.page.locator("dialog#particular")).to_be_visible()
    desk.press("Escape")
    desk.page.evaluate(press, ["\N{ARABIC LETTER LAM}", "KeyG"])
    expect(desk.page.locator("dialog#particular")).to_be_visible()
    desk.press("Escape")
    desk.page.evaluate(press, ["/", "Period"])
    expect(desk.page.locator("dialog#find")).to_be_visible()
    desk.press("Escape")
    # A scanner types a document's number into whatever has the focus; proxies and browsers keep addresses.
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.press("Slash")
    desk.page.locator("dialog[open] [data-search]").fill("UT123456")
    expect(desk.page.locator("dialog[open] [data-find]")).to_have_attribute("data-shown", "UT123456")
    assert any("/counter/find" in url for url in asked)
    assert not any("UT12" in url for url in asked)
