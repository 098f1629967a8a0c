"""The form of the reception desk in Chromium against a real server: tickets are issued by keyboard alone.

One walk each: what the form does, what is typed before an answer, and answers that are lost.
"""

import re

from playwright.sync_api import Locator, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.proxy import Line
from tests.queue_server.web.reception_desk import DOCUMENT, issued, keys

ISSUE = re.compile(r"/visits$")
#: Keys that choose a service: government, kind and service.
PASSPORT, BIRTH = ("1", "1", "1"), ("1", "3", "1")


def picked(desk: Desk) -> Locator:
    return desk.page.locator("#picked li")


def is_issued(desk: Desk, count: int) -> None:
    """Wait for the ticket and for its answer: the list may be pushed before the form begins anew."""
    issued(desk, count)
    expect(picked(desk)).to_have_count(0)
    expect(desk.page.locator("#pick")).to_be_focused()


def complains(desk: Desk, of: str) -> None:
    expect(desk.page.locator("#issue-error")).to_contain_text(of)


def list_goes_back_and_takes_out(reception: Desk) -> None:
    page, way = reception.page, reception.page.locator("#way")
    keys(reception, "1", "1", "Backspace")
    expect(way).to_have_text("Utopia")
    keys(reception, "Escape")
    expect(way).to_have_text("All governments")
    keys(reception, "ArrowDown", "ArrowDown", "Enter")
    expect(way).to_have_text("Republic of Aldova")
    keys(reception, "1", "1")
    expect(picked(reception)).to_have_count(1)
    expect(page.locator("#act-issue")).to_have_attribute("aria-disabled", "false")
    keys(reception, "Backspace")
    expect(picked(reception)).to_have_count(0)
    # Without a service there is nothing to issue.
    keys(reception, "Enter")
    expect(page.locator("#act-issue .act-note")).to_have_text("choose a service first")
    page.keyboard.type("xyzzy", delay=2)
    expect(way).to_contain_text("Nothing fits")
    keys(reception, "Escape")
    page.dblclick("#options li >> nth=0")
    expect(way).to_have_text("Utopia")
    keys(reception, "Escape")


def wrong_field_is_named_and_nothing_is_lost(reception: Desk) -> None:
    page = reception.page
    keys(reception, *PASSPORT)
    page.fill("#document", "12")
    page.press("#document", "Enter")
    complains(reception, "4 to 32 letters and digits")
    expect(page.locator("#document")).to_be_focused()
    page.fill("#document", "")
    page.fill("#party", "21")
    page.press("#party", "Enter")
    complains(reception, "1 to 20 people")
    expect(picked(reception)).to_have_count(1)
    page.fill("#party", "4")
    page.fill("#age-child", "5")
    page.press("#age-child", "Enter")
    complains(reception, "more than the people in all")
    reception.press("F2")
    expect(picked(reception)).to_have_count(0)
    expect(page.locator("#party")).to_have_value("1")
    assert reception.centre.events("visit-issued") == 0


def test_the_form_issues_by_keyboard_alone(reception: Desk) -> None:
    page = reception.page
    list_goes_back_and_takes_out(reception)
    wrong_field_is_named_and_nothing_is_lost(reception)
    # Who is of no other age is of the first.
    keys(reception, *PASSPORT)
    page.fill("#party", "4")
    page.fill("#age-child", "1")
    page.fill("#age-small-child", "1")
    page.press("#age-small-child", "Enter")
    is_issued(reception, 1)
    expect(page.locator("#hand")).to_contain_text("Adults 2")
    expect(page.locator("#hand")).to_contain_text("Small children 1")
    # By words of any language, by a double click, by two keys at once.
    page.keyboard.type("pass ren uto", delay=2)
    keys(reception, "Enter", "Enter")
    is_issued(reception, 2)
    expect(page.locator("#hand h3")).to_have_text("Renew a passport")
    keys(reception, *PASSPORT)
    page.dblclick("#act-issue")
    is_issued(reception, 3)
    keys(reception, *BIRTH, "Enter", "Enter")
    is_issued(reception, 4)
    # Five services are one ticket; a sixth is not offered.
    for path in (PASSPORT, ("1", "1", "2"), BIRTH, ("1", "3", "2"), ("1", "4", "1")):
        # So many digits at once would be a scanner's; another key says that they are a hand's.
        keys(reception, *path, "End")
    expect(picked(reception)).to_have_count(5)
    expect(page.locator("#way")).to_have_text("A ticket has at most 5 services.")
    keys(reception, "1", "Enter")
    is_issued(reception, 5)
    expect(page.locator("#hand h3")).to_contain_text(" + ")
    # Two services, three people, in Arabic, urgent.
    keys(reception, *PASSPORT, *BIRTH)
    expect(picked(reception)).to_have_count(2)
    keys(reception, "Tab")
    while page.evaluate("document.activeElement.id") != "party":
        reception.press("Tab")
    page.keyboard.type("3")
    reception.press("Tab")
    page.keyboard.type("Arab")
    while page.evaluate("document.activeElement.name") != "category":
        reception.press("Tab")
    keys(reception, "ArrowRight", "ArrowRight", "Enter")
    issued(reception, 6)
    expect(page.locator("#hand .tags")).to_contain_text("Urgent")
    expect(page.locator("#hand .tags")).to_contain_text("Party of 3")
    expect(page.locator("#hand .say b[lang]")).to_have_attribute("lang", "ar")
    expect(page.locator("#say")).to_contain_text("Issued:")
    assert reception.centre.events("visit-issued") == 6


def test_an_answer_that_is_lost_is_one_ticket_or_none(reception: Desk) -> None:
    reception.may_be_cut = True
    page, centre = reception.page, reception.centre
    note = page.locator("#act-issue .act-note")
    keys(reception, *PASSPORT)
    with Line(page, ISSUE, lose=1) as line:
        reception.press("Enter")
        expect(note).to_have_text("no answer yet: try again")
        # With other words the same key would be another ticket: the form is held.
        expect(page.locator("#party")).to_be_disabled()
        page.click("#act-issue")
        expect(page.locator("#pick")).to_be_focused()
        assert len(line.keys) == 2
        assert line.keys[0] == line.keys[1]
    is_issued(reception, 1)
    # A look-up without an answer issues nothing, and leaves the form free: the document is looked up again.
    keys(reception, *PASSPORT)
    page.fill("#document", DOCUMENT)
    with Line(page, re.compile("/documents/find$"), lose=1):
        page.press("#document", "Enter")
        complains(reception, "no answer yet: try again")
        assert centre.events("visit-issued") == 1
        page.press("#document", "Enter")
        is_issued(reception, 2)
    # A form without an answer can be left.
    keys(reception, *PASSPORT)
    with Line(page, ISSUE, lose=1):
        reception.press("Enter")
        page.click("#leave-it")
    complains(reception, "Look in the list")
    expect(page.locator("#party")).to_be_enabled()
    issued(reception, 3)
    assert centre.events("visit-issued") == 3
