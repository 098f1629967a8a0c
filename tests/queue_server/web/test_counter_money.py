"""Money at the counter: the line of a visit, and all that cashiers do about it, by keyboard against a real server."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Response, Route, expect

from queue_server.contract.visits import VisitView
from queue_server.domain.values import VisitState
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import wait_until_carried
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_controls import Presser
from tests.queue_server.web.till import DOUBT, RECEIPT, kiosk_tells

SIZES = ((1920, 1080), (1440, 900), (1280, 720))


class Till(Desk):
    def sit(self, login: str = "paula.costa", counter: str = "3") -> None:
        self.sign_in(login, counter)
        self.open()

    def call(self, service: str) -> VisitView:
        """Let somebody come and call them, whoever else waits."""
        visit = self.centre.issue(service)
        self.fetch(visit.code)
        return visit

    def fetch(self, code: str) -> None:
        expect(self.page.locator("#act-particular:not([aria-disabled=true])")).to_have_count(1)
        self.press("KeyG")
        self.page.fill("dialog[open] [data-search]", code)
        expect(self.page.locator("dialog[open] [data-found] input:checked")).to_have_count(1)
        self.press("Enter")
        self.stage("called")
        assert self.code() == code

    def line(self, text: str) -> None:
        expect(self.page.locator("#money-line")).to_have_text(text)

    def dialog(self, key: str) -> None:
        self.press(key)
        expect(self.page.locator("dialog[open]")).to_be_visible()
        if key == "KeyS":
            expect(self.page.locator("dialog[open] [data-found] > *")).to_have_count(1)

    def needs(self, count: int) -> None:
        shown = self.page.locator(".bar .count")
        expect(shown).to_have_count(1 if count else 0)
        if count:
            expect(shown).to_have_text(re.compile(rf"^{count} "))

    def closed(self) -> None:
        expect(self.page.locator("dialog[open]")).to_have_count(0)


@pytest.fixture
def till(browser: Browser, centre: Centre) -> Iterator[Till]:
    """Give a browser in which Paula Costa, a cashier, sits at counter 3."""
    with Till(browser, centre) as seated:
        seated.sit()
        yield seated


def test_a_fee_is_taken_by_hand_with_the_number_of_the_slip(till: Till) -> None:
    visit = till.call("uto-passport-renewal")
    till.line("To pay: EUR 82.50")
    till.dialog("KeyB")
    expect(till.page.locator("dialog[open] .amount")).to_contain_text("EUR 82.50")
    # Without a number nothing is written down, and a card's number is refused.
    till.press("Enter")
    expect(till.page.locator("dialog[open] input:invalid")).to_have_count(1)
    till.page.keyboard.type("4111111111111111")
    till.press("Enter")
    expect(till.page.locator("dialog[open] [data-error]")).to_contain_text("never type one")
    till.page.fill("dialog[open] input[name=slip]", "T-004711")
    till.press("Enter")
    till.closed()
    till.line("Paid: EUR 82.50")
    assert till.centre.events("visit-paid") == 1
    till.press("KeyB")
    till.closed()
    assert visit.state is VisitState.WAITING


def test_a_fee_is_waived_with_a_reason(till: Till) -> None:
    till.call("uto-certified-copy")
    till.line("To pay: EUR 12.00")
    till.dialog("KeyW")
    till.press("Digit3")
    till.press("Enter")
    till.closed()
    till.line("Waived: EUR 12.00")
    expect(till.page.locator("#money button, #money a")).to_have_count(0)


def test_a_receipt_is_printed_again_as_a_copy(till: Till) -> None:
    visit = till.centre.issue("uto-passport-renewal")
    payment = kiosk_tells(till.centre, visit.id)
    till.fetch(visit.code)
    till.line("Paid: EUR 82.50")
    with till.page.expect_popup() as opened:
        till.press("KeyY")
    opened.value.wait_for_load_state("domcontentloaded")
    assert opened.value.url.endswith(f"/counter/receipt/{payment}")
    till.go(f"/counter/receipt/{payment}")
    expect(till.page.locator("h1")).to_have_text("COPY")
    expect(till.page.locator("pre")).to_contain_text(RECEIPT[-1])
    expect(till.page.locator(".paper")).to_contain_text("EUR 82.50")
    expect(till.page.locator(".paper")).to_contain_text(f"By card, ending {RECEIPT[2][-4:]}")
    assert violations(till.page) == []


def test_money_taken_by_hand_gets_a_receipt(till: Till) -> None:
    visit = till.call("uto-passport-renewal")
    till.dialog("KeyB")
    till.page.fill("dialog[open] input[name=slip]", "T-004711")
    till.press("Enter")
    till.closed()
    till.line("Paid: EUR 82.50")
    with till.page.expect_popup() as opened:
        till.press("KeyY")
    opened.value.wait_for_load_state("domcontentloaded")
    till.go(opened.value.url.partition("/counter")[1] + opened.value.url.partition("/counter")[2])
    paper = till.page.locator(".paper")
    expect(till.page.locator("h1")).to_have_text("Receipt")
    for said in (
        f"{visit.code[0]}\u00a0{visit.code[1:]}",
        "EUR 82.50",
        "At the cash desk",
        "T-004711",
        "Keep this receipt",
    ):
        expect(paper).to_contain_text(said)
    expect(paper).not_to_contain_text("COPY")
    assert violations(till.page) == []


def test_one_asks_for_a_refund_and_only_somebody_else_confirms_it(till: Till, browser: Browser) -> None:
    till.call("uto-certified-copy")
    till.dialog("KeyB")
    till.page.keyboard.type("T-1")
    till.press("Enter")
    till.line("Paid: EUR 12.00")
    till.needs(0)
    till.dialog("KeyE")
    # A comma is a point, and one digit behind it is tens.
    till.page.fill("dialog[open] input[name=amount]", "7,5")
    till.press("Enter")
    till.closed()
    till.line("Paid: EUR 12.00 · 1 refund waits")
    till.needs(1)
    till.dialog("KeyS")
    own = till.page.locator("dialog[open] .refund")
    expect(own).to_contain_text("Refund of EUR 7.50")
    expect(own).to_contain_text("You asked for it: somebody else has to confirm it.")
    expect(own.locator("button")).to_have_text(["Take it back"])
    till.press("Escape")
    with Till(browser, till.centre) as other:
        other.sit("ivo.brandt", "4")
        other.needs(1)
        other.dialog("KeyS")
        expect(other.page.locator("dialog[open] .refund")).to_contain_text("Asked by Paula Costa")
        # By keyboard: from the field into the list.
        other.press("ArrowDown")
        other.press("Enter")
        other.closed()
        other.dialog("KeyS")
        expect(other.page.locator("dialog[open] .refund")).to_contain_text("Confirmed by Ivo Brandt")
        other.press("ArrowDown")
        other.page.keyboard.type("T-2")
        other.press("Enter")
        other.closed()
        other.needs(0)
    till.page.reload()
    till.is_live()
    till.line("Paid: EUR 4.50")


def test_the_page_behind_a_dialog_does_not_run_ahead_of_it(till: Till) -> None:
    """The server tells all pages of a change before the answer to it is here; the next keys are those of the page."""
    till.only_told()
    till.call("uto-certified-copy")
    page = till.page
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/manual-payments", lambda route: held.append((route, route.fetch())), times=1)
    wait_until_carried(page)
    till.dialog("KeyB")
    page.keyboard.type("T-1")
    drawn: list[Response] = []
    page.on("response", lambda answer: drawn.append(answer) if answer.url.endswith("/counter/page") else None)
    till.press("Enter")
    until = time.monotonic() + 60
    # The page of the call before may come only now.
    while not any("Paid" in answer.text() for answer in drawn):
        assert time.monotonic() < until
        page.wait_for_timeout(20)
    # Somebody who is quick: nothing of this is typed into the dialog, nor sent twice.
    page.keyboard.type("e")
    till.press("Enter")
    expect(page.locator("dialog[open] input[name=slip]")).to_have_value("T-1")
    till.line("To pay: EUR 12.00")
    ((route, answer),) = held
    route.fulfill(response=answer)
    till.closed()
    till.line("Paid: EUR 12.00")
    till.dialog("KeyE")
    till.press("Enter")
    till.closed()
    till.line("Paid: EUR 12.00 · 1 refund waits")


def test_a_dialog_stays_while_the_page_is_drawn_anew_behind_it(till: Till) -> None:
    till.call("uto-certified-copy")
    till.dialog("KeyB")
    till.page.keyboard.type("T-1")
    till.press("Enter")
    till.closed()
    till.line("Paid: EUR 12.00")
    till.dialog("KeyE")
    till.page.fill("dialog[open] input[name=amount]", "7.50")
    for count in (1, 2, 3):
        till.centre.issue("uto-certified-copy")
        till.waits(count)
    expect(till.page.locator("dialog[open] input[name=amount]")).to_have_value("7.50")
    # The page is drawn anew at the very moment of the key.
    till.page.evaluate("htmx.trigger(document.getElementById('page'), 'live:refresh')")
    till.press("Enter")
    till.closed()
    till.line("Paid: EUR 12.00 · 1 refund waits")


def test_more_than_what_is_left_does_not_go_back(till: Till) -> None:
    till.call("uto-certified-copy")
    till.dialog("KeyB")
    till.page.keyboard.type("T-1")
    till.press("Enter")
    till.line("Paid: EUR 12.00")
    till.dialog("KeyE")
    till.page.fill("dialog[open] input[name=amount]", "12.01")
    till.press("Enter")
    expect(till.page.locator("dialog[open] [data-error]")).to_have_text("More than what is left cannot go back.")
    for wrong in ("12.001", "1e1", "-1", "12..0"):
        till.page.fill("dialog[open] input[name=amount]", wrong)
        till.press("Enter")
        expect(till.page.locator("dialog[open] input:invalid")).to_have_count(1)


def test_a_claim_slip_is_found_and_staff_say_what_became_of_it(till: Till) -> None:
    visit = till.centre.issue("uto-passport-renewal")
    payment = kiosk_tells(till.centre, visit.id, DOUBT)
    other = kiosk_tells(till.centre, till.centre.issue("uto-passport-renewal").id, DOUBT)
    till.fetch(visit.code)
    till.line("Not certain: EUR 82.50")
    # What may have been charged is not taken a second time.
    expect(till.page.locator("#money button")).to_have_count(0)
    till.needs(2)
    tail = payment.replace("-", "")[-12:].upper()
    number = "-".join(tail[at : at + 4] for at in (0, 4, 8))
    found = till.page.locator("dialog[open] .payments li h3")
    for typed, count in (("ZZZZ", 0), ("%%%%", 2), (number.lower(), 1), (f"claim:{number}", 1)):
        till.dialog("KeyS")
        till.page.locator("dialog[open] [data-search]").press_sequentially(typed)
        expect(found).to_have_count(count)
        till.press("Escape")
    till.dialog("KeyS")
    till.page.locator("dialog[open] [data-search]").press_sequentially(number)
    expect(found).to_have_count(1)
    expect(found).to_contain_text(number)
    # What is still on its way for a part of the number would take the place of what is chosen.
    expect(till.page.locator("dialog[open] [data-find]")).to_have_attribute("data-shown", number)
    till.press("ArrowDown")
    till.press("Digit2")
    till.press("Enter")
    till.closed()
    till.line("To pay: EUR 82.50")
    till.needs(1)
    assert other != payment


def test_who_is_no_cashier_sees_the_line_and_touches_no_money(desk: Desk) -> None:
    desk.centre.issue("uto-passport-renewal")
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    expect(desk.page.locator("#money-line")).to_have_text("To pay: EUR 82.50")
    expect(desk.page.locator("#money button, #money a, [data-form=take], [data-dialog=payments]")).to_have_count(0)
    answer = desk.context.request.post(
        f"{desk.server.address}/cash/payments",
        form={"q": "", "csrf": desk.page.locator("#page").get_attribute("data-csrf") or ""},
        headers={"Origin": desk.server.address},
    )
    assert answer.status == 403


def test_every_control_of_money_does_something(till: Till) -> None:
    till.may_be_cut = True
    kiosk_tells(till.centre, till.centre.issue("uto-passport-renewal").id, DOUBT)
    till.call("uto-certified-copy")
    till.needs(1)
    presser = Presser(till)
    presser.page_itself()
    for key in ("KeyB", "KeyW", "KeyS"):
        presser.dialog(key)
    till.page.unroute_all()
    till.dialog("KeyB")
    till.page.keyboard.type("T-1")
    till.press("Enter")
    till.line("Paid: EUR 12.00")
    again = Presser(till)
    again.pressed.append("taken")
    again.dialog("KeyE")
    assert len(presser.pressed) > 14
    assert len(again.pressed) >= 4


@pytest.mark.stops
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(browser: Browser, centre: Centre, language: str) -> None:
    with Till(browser, centre, language=language) as till:
        till.may_be_cut = True
        till.sit()
        visit = centre.issue("uto-passport-renewal")
        kiosk_tells(centre, visit.id, DOUBT)
        centre.crowd(40)
        till.fetch(visit.code)
        every_size(till)
        till.dialog("KeyS")
        in_the_window(till)
        till.page.locator("dialog[open] [data-search]").fill("ZZZZ")
        expect(till.page.locator("dialog[open] li")).to_have_count(0)
        assert violations(till.page) == []
        till.press("Escape")
        till.press("KeyU")
        till.stage("idle")
        till.call("uto-certified-copy")
        every_size(till)
        for key in ("KeyB", "KeyW"):
            till.dialog(key)
            in_the_window(till)
            till.press("Escape")
        till.dialog("KeyB")
        till.page.keyboard.type("T-1")
        till.press("Enter")
        expect(till.page.locator("[data-dialog=refund]")).to_be_visible()
        every_size(till)
        till.dialog("KeyE")
        in_the_window(till)
        till.press("Enter")
        till.closed()
        till.needs(2)
        till.dialog("KeyS")
        in_the_window(till)
        till.press("Escape")
        till.cut(till.server.stop)
        expect(till.page.locator("#band")).to_be_visible()
        every_size(till)
        expect(till.page.locator("#money-line")).to_be_visible()
        expect(till.page.locator("[data-dialog=payments]")).to_be_hidden()


def every_size(till: Till) -> None:
    for width, height in SIZES:
        till.page.set_viewport_size({"width": width, "height": height})
        till.fits()
        # One line in every window of a counter.
        assert (till.page.locator("#money").bounding_box() or {"height": 99})["height"] < 72
    till.page.set_viewport_size({"width": 1440, "height": 900})
    assert violations(till.page) == []


def in_the_window(till: Till) -> None:
    assert violations(till.page) == []
    shown = till.page.locator("dialog[open]")
    for width, height in ((1280, 720), (720, 450)):
        till.page.set_viewport_size({"width": width, "height": height})
        box = shown.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        assert 0 <= box["y"] <= box["y"] + box["height"] <= height
        assert till.page.evaluate("document.documentElement.scrollWidth") <= width
    till.page.set_viewport_size({"width": 1440, "height": 900})
