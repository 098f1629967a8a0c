"""The custody desk in Chromium: where the focus is, what a scanner does, and the keyboard."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.queue_server.web.custodian import hand_in, send
from tests.queue_server.web.custody_browser import CustodyBrowser
from tests.queue_server.web.proxy import Line
from tests.queue_server.web.server import PASSWORD


def mark_two_of_four(custody: CustodyBrowser) -> None:
    """Do something with several documents at once, by keyboard."""
    hand_in(custody, 4)
    custody.page.reload()
    custody.is_live()
    expect(custody.page.locator("#act-batch-ready")).to_have_attribute("aria-disabled", "true")
    custody.press("ArrowDown")
    custody.press("Space")
    custody.press("ArrowDown")
    custody.press("Space")
    expect(custody.page.locator("#act-batch-ready .act-note")).to_have_text("2 marked")
    custody.press("F4")
    custody.said("2 of 2 done.")
    expect(custody.page.locator("[data-can~=hand-over]")).to_have_count(2)
    custody.press("F9")
    expect(custody.page.locator("#act-batch-ready .act-note")).to_have_text("2 of the 4 marked")


def test_the_field_has_the_focus_whatever_was_done(custody: CustodyBrowser) -> None:
    mark_two_of_four(custody)
    items = hand_in(custody, 3)
    custody.scan(items[0]["barcode"])
    custody.said("Kept here")
    expect(custody.page.locator(".sleeve")).to_contain_text(items[0]["label"])
    custody.is_at_field()
    # Two scans at once: each is done in its turn, on the page that the one before has left.
    custody.scan(items[1]["barcode"])
    custody.scan("2-D-15")
    custody.said("lies in 2-D-15")
    expect(custody.page.locator(".item-state")).to_contain_text("2-D-15")
    custody.press("F3")
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")
    custody.is_at_field()
    # A key that does nothing says why, and does nothing.
    assert custody.note("ready") == "that is so already"
    custody.press("F3")
    custody.press("F2")
    expect(custody.page.locator("dialog[open]")).to_be_visible()
    custody.press("Digit2")
    custody.press("Enter")
    expect(custody.page.locator(".item-state")).to_contain_text("Handed over")
    custody.is_at_field()
    # Wherever the focus went, the next scan goes into the field.
    custody.page.locator(".custody-scroll").focus()
    custody.scan(items[2]["barcode"])
    expect(custody.page.locator(".sleeve")).to_contain_text(items[2]["label"])
    custody.press("F9")
    custody.press("Digit5")
    expect(custody.page.locator(".item-state")).to_contain_text("not known")
    custody.is_at_field()
    # A refused scan is said, and the next one is read.
    first, second = hand_in(custody, 2)
    custody.scan(first["barcode"])
    custody.scan("2-D-15")
    custody.said("lies in 2-D-15")
    custody.scan(second["barcode"])
    custody.scan("2-D-15")
    custody.said("Another document lies in this place")
    custody.scan("2-D-16")
    custody.said("lies in 2-D-16")


def test_handing_in_keeps_what_belongs_to_the_person_and_lays_nothing_of_before_there(custody: CustodyBrowser) -> None:
    page = custody.page
    custody.press("Alt+Digit1")
    custody.scan("1")
    expect(page.locator("#last")).to_be_visible()
    custody.scan("2-D-15")
    custody.said("lies in 2-D-15")
    # After a refusal nothing was handed in just now: a place that is scanned is for no document.
    email = page.locator("[name='contact.email']")
    email.fill("amina at example.org")
    page.locator("#scan").focus()
    custody.scan("1")
    expect(page.locator("body")).to_contain_text("This is no e-mail address")
    expect(page.locator("#scan-said")).to_have_text("")
    custody.scan("2-D-16")
    custody.said("Hand something in first")
    expect(page.locator("#last")).to_have_count(0)
    # How somebody is told is asked once, and goes with the person.
    email.fill("amina.example@example.org")
    page.locator("[name='contact.language']").select_option("ar")
    before = ""
    for _ in range(2):
        custody.press("F2")
        expect(page.locator(f"#last:not([data-item='{before}'])")).to_be_visible()
        before = page.locator("#last").get_attribute("data-item") or ""
        contact = custody.read_api(f"custody/items/{before}/contact")["contact"]
        assert (contact["language"], contact["has_email"], contact["has_telephone"]) == ("ar", True, False)
        expect(email).to_have_value("amina.example@example.org")
    custody.press("F4")
    expect(email).to_have_value("")
    expect(page.locator("[name='contact.language']")).to_have_value("en")
    # What is being handed in is kept when a newer release is served.
    number, lying = page.locator("[name=document]"), page.locator("#lying-head .count")
    at_desks = int(lying.inner_text())
    number.fill("X1234567")
    page.evaluate("document.getElementById('page').dataset.release = 'older'")
    hand_in(custody, 1)
    expect(lying).to_have_text(str(at_desks + 1))
    expect(number).to_have_value("X1234567")
    number.fill("")
    hand_in(custody, 1)
    expect(page.locator("#page")).not_to_have_attribute("data-release", "older")
    expect(lying).to_have_text(str(at_desks + 2))


#: Notes of each function key whether the browser was kept from doing something else with it.
NOTE_KEYS = """() => {
  window.kept = [];
  window.addEventListener('keydown', (event) => window.kept.push([event.code, event.defaultPrevented]));
}"""


def test_what_was_counted_is_compared_or_given_up_and_not_left_by_the_way(custody: CustodyBrowser) -> None:
    page = custody.page
    (stray,) = hand_in(custody, 1)
    send(custody, "bags", {"government": "UTO", "direction": "back", "seal": "UT-9001"})
    custody.press("Alt+Digit5")
    custody.scan("2-D")
    expect(page.locator("#head")).to_contain_text("2-D")
    custody.is_at_field()
    ways: tuple[Callable[[], object], ...] = (
        lambda: custody.press("Alt+Digit1"),
        lambda: custody.scan("3-A"),
        lambda: custody.scan("UT-9001"),
        lambda: page.evaluate("history.back()"),
    )
    for way in ways:
        custody.scan(stray["barcode"])
        custody.said(stray["label"])
        way()
        custody.said("Compare first (F2): what was scanned would be lost.")
        expect(page.locator("#seen-count")).to_have_text("1")
    # Keys that this page lacks are not the browser's: F6 would leave for its address bar. They say what they are for.
    page.evaluate(NOTE_KEYS)
    keys = ["F3", "F4", "F6", "F7", "F9", "F10"]
    for key in (*keys, "F12"):
        custody.press(key)
    assert page.evaluate("window.kept") == [*([key, True] for key in keys), ["F12", False]]
    custody.press("F6")
    expect(page.locator("#notice-text")).to_contain_text("F6 does nothing now. The other keys of the page")
    custody.press("F8")
    expect(page.locator("dialog[open]")).to_contain_text("What was scanned is not kept")
    # Whoever scans on has it not given up: a scanner sends Enter.
    custody.scan("D")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#seen-count")).to_have_text("1")
    custody.press("F8")
    custody.press("Tab")
    custody.press("Enter")
    expect(page.locator("#head")).to_have_text("Count a drawer")
    custody.is_at_field()
    custody.press("Alt+Digit1")
    expect(page.locator("#receive-form")).to_be_visible()


def test_a_scan_while_a_key_has_no_answer_says_so(custody: CustodyBrowser) -> None:
    page = custody.page
    custody.may_be_cut = True
    (item,) = hand_in(custody, 1)
    custody.scan(item["barcode"])
    # The words beside the field come before the page.
    expect(page.locator(".sleeve")).to_contain_text(item["label"])
    # Without the page anew nothing but a second try tells what became of the first.
    with Line(page, re.compile(r"/ready$"), lose=1):
        page.route("**/custody/page?*", lambda route: route.abort())
        custody.press("F3")
        expect(page.locator("#act-ready .act-note")).to_have_text("no answer yet: try again")
        custody.scan("2-D-15")
        custody.said("no answer yet: try again")
        page.unroute("**/custody/page?*")
        custody.press("F3")
        expect(page.locator(".item-state")).to_contain_text("Ready to be collected")


def bag_comes_back(custody: CustodyBrowser, label: str) -> None:
    """Receive a bag with one document, where dialogs are clicked: the next scan goes into the field all the same."""
    page = custody.page
    custody.press("F4")
    page.click("#act-acknowledge-now")
    expect(page.locator("dialog[open]")).to_have_count(0)
    custody.press("Alt+Digit4")
    page.locator("#act-bag-came").wait_for()
    custody.is_at_field()
    custody.scan("R300112")
    page.click("#act-bag-came-now")
    expect(page.locator("#in-bag")).to_have_text("0")
    custody.scan(label)
    expect(page.locator("#in-bag")).to_have_text("1")
    custody.press("F6")
    page.fill("dialog[open] [name=expected]", "1")
    page.click("#act-finish-now")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_short_day_by_scanner_and_keyboard_alone(custody: CustodyBrowser) -> None:
    page = custody.page
    # Handed in: Alt 1, the number of what it is, the place.
    custody.press("Alt+Digit1")
    expect(page.locator("#receive-form")).to_be_visible()
    labels: list[str] = []
    for number, place in (("1", "2-D-15"), ("1", "2-D-16"), ("5", "2-D-17")):
        before = page.locator("#last").get_attribute("data-item") if labels else None
        custody.scan(number)
        expect(page.locator("#last")).to_be_visible()
        if before:
            expect(page.locator(f'#last[data-item="{before}"]')).to_have_count(0)
        labels.append(page.locator("#last .barcode").inner_text())
        custody.scan(place)
        custody.said(f"lies in {place}")
    assert len(set(labels)) == 3
    # Into a bag: Alt 4, F2, the first government, each label, the number on the bag, a second person.
    custody.press("Alt+Digit4")
    expect(page.locator("#act-open-bag")).to_be_visible()
    custody.press("F2")
    custody.press("Digit1")
    custody.press("Enter")
    expect(page.locator("#in-bag")).to_have_text("0")
    custody.is_at_field()
    for label in labels:
        custody.scan(label)
    expect(page.locator("#in-bag")).to_have_text("3")
    custody.scan("S209447")
    expect(page.locator("dialog[open] [name=seal]")).to_have_value("S209447")
    custody.press("Tab")
    page.keyboard.type("sofia.rossi")
    custody.press("Tab")
    page.keyboard.type(PASSWORD)
    custody.press("Enter")
    expect(page.locator("#next-step")).to_contain_text("Give it to the carrier")
    custody.is_at_field()
    custody.press("F3")
    expect(page.locator("#next-step")).to_contain_text("Once the authority says")
    bag_comes_back(custody, labels[0])
    # The drawer is empty now, and what else lies there is named.
    (stray,) = hand_in(custody, 1)
    custody.press("Alt+Digit5")
    expect(page.locator("#head")).to_have_text("Count a drawer")
    custody.scan("2-D")
    expect(page.locator("#seen-count")).to_have_text("0")
    custody.scan(stray["barcode"])
    custody.scan(stray["barcode"])
    expect(page.locator("#seen-count")).to_have_text("1")
    custody.press("F2")
    expect(page.locator("#differences")).to_have_text("1 difference")
    custody.is_at_field()
