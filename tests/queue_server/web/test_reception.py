"""The reception desk in Chromium against a real server: issuing and finding, by keyboard alone and by hand scanner."""

import re

import pytest
from playwright.sync_api import expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import HeldRequests
from tests.queue_server.web.proxy import Line
from tests.queue_server.web.reception_desk import DOCUMENT, in_hand, issued, keys, scan, shows

ISSUE = re.compile(r"/visits$")


# --- issuing -------------------------------------------------------------------------------------------------------


def test_ten_visits_by_keyboard_alone(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    by_digits = [("1", "1", "1"), ("1", "3", "2"), ("2", "1", "1"), ("1", "7", "2"), ("3", "1", "1")]
    for number, path in enumerate(by_digits, 1):
        keys(reception, *path, "Enter")
        issued(reception, number)
        # The list may be pushed before the answer is here: the form begins anew with that.
        expect(page.locator("#picked li")).to_have_count(0)
        expect(page.locator("#pick")).to_be_focused()
    for number, words in enumerate(("utopia birth", "pass ren uto", "vacc", "evacua"), 6):
        page.keyboard.type(words, delay=2)
        keys(reception, "Enter", "Enter")
        issued(reception, number)
        expect(page.locator("#picked li")).to_have_count(0)
    # The last one: two services, three people, in Arabic, urgent.
    keys(reception, "1", "1", "1", "1", "3", "1")
    expect(page.locator("#picked li")).to_have_count(2)
    keys(reception, "Tab")
    while page.evaluate("document.activeElement.id") != "party":
        reception.press("Tab")
    page.keyboard.type("3")
    reception.press("Tab")
    page.keyboard.type("Arab")
    while page.evaluate("document.activeElement.name") != "category":
        reception.press("Tab")
    keys(reception, "ArrowRight", "ArrowRight", "Enter")
    issued(reception, 10)
    expect(page.locator("#hand .tags")).to_contain_text("Urgent")
    expect(page.locator("#hand .tags")).to_contain_text("Party of 3")
    expect(page.locator("#hand .say b[lang]")).to_have_attribute("lang", "ar")
    expect(page.locator("#say")).to_contain_text("Issued:")
    assert centre.events("visit-issued") == 10


def test_the_list_goes_back_and_takes_out(reception: Desk) -> None:
    page = reception.page
    keys(reception, "1", "1", "Backspace")
    expect(page.locator("#way")).to_have_text("Utopia")
    keys(reception, "Escape")
    expect(page.locator("#way")).to_have_text("All governments")
    keys(reception, "ArrowDown", "ArrowDown", "Enter")
    expect(page.locator("#way")).to_have_text("Republic of Aldova")
    keys(reception, "1", "1")
    expect(page.locator("#picked li")).to_have_count(1)
    expect(page.locator("#act-issue")).to_have_attribute("aria-disabled", "false")
    keys(reception, "Backspace")
    expect(page.locator("#picked li")).to_have_count(0)
    # Without a service there is nothing to issue.
    keys(reception, "Enter")
    expect(page.locator("#act-issue .act-note")).to_have_text("choose a service first")
    page.keyboard.type("xyzzy", delay=2)
    expect(page.locator("#way")).to_contain_text("Nothing fits")
    assert reception.centre.events("visit-issued") == 0


def test_a_double_click_issues_once(reception: Desk) -> None:
    keys(reception, "1", "1", "1")
    reception.page.dblclick("#act-issue")
    issued(reception, 1)
    # The list may be pushed before the answer is here, and until then it is the button that has the focus.
    expect(reception.page.locator("#pick")).to_be_focused()
    keys(reception, "1", "3", "1")
    reception.press("Enter")
    reception.press("Enter")
    issued(reception, 2)
    assert reception.centre.events("visit-issued") == 2


def held_tickets(desk: Desk) -> HeldRequests:
    """Hold every ticket; the form shall not say that it waits, however long that takes."""
    desk.page.evaluate("document.getElementById('page').dataset.slow = '600000'")
    return HeldRequests(desk.page, ISSUE)


@pytest.mark.parametrize(
    "typed", [("1", "3", "1"), ("p", "a", "s", "s", " ", "r", "e", "n", " ", "u", "t", "o", "Enter")]
)
def test_what_is_typed_before_the_answer_is_the_next_ticket(reception: Desk, typed: tuple[str, ...]) -> None:
    held = held_tickets(reception)
    picked = reception.page.locator("#picked li")
    keys(reception, "1", "1", "1", "Enter")
    keys(reception, *typed, "End")
    held.let_one_come()
    expect(picked).to_have_text(re.compile("Renew a passport"))
    reception.press("Enter")
    held.let_one_come()
    issued(reception, 2)
    assert reception.centre.events("visit-issued") == 2


def test_a_whole_ticket_typed_before_the_answer_is_issued_behind_it(reception: Desk) -> None:
    held = held_tickets(reception)
    keys(reception, "1", "1", "1", "Enter", "1", "3", "1", "Enter", "2", "1", "1", "End")
    held.let_one_come()
    issued(reception, 1)
    held.let_one_come()
    issued(reception, 2)
    expect(reception.page.locator("#picked li")).to_have_count(1)
    assert reception.centre.events("visit-issued") == 2


def test_what_is_typed_behind_a_ticket_that_is_refused_is_not_added_to_it(reception: Desk) -> None:
    page, held = reception.page, held_tickets(reception)
    keys(reception, "1", "1", "1", "Enter", "1", "3", "1", "End")
    # What the server refuses as soon as it has it: a request that nobody is known to have sent.
    held.let_one_come(headers={"Idempotency-Key": ""})
    expect(page.locator("#issue-error")).to_be_visible()
    expect(page.locator("#picked li")).to_have_count(1)
    expect(page.locator("#way")).to_have_text("All governments")


def test_a_scan_across_the_answer_leaves_the_new_form_empty(reception: Desk) -> None:
    held = held_tickets(reception)
    page = reception.page
    keys(reception, "1", "1", "1", "Enter", "End")
    page.evaluate("document.getElementById('issue').dataset.gap = '600000'")
    page.keyboard.type("L898902")
    held.let_one_come()
    expect(page.locator("#picked li")).to_have_count(0)
    page.keyboard.type("C3")
    reception.press("Enter")
    expect(page.locator("#document")).to_have_value(DOCUMENT)
    expect(page.locator("#picked li")).to_have_count(0)
    expect(page.locator("#pick")).to_have_value("")


def test_an_answer_that_was_lost_is_one_ticket(reception: Desk) -> None:
    reception.may_be_cut = True
    page = reception.page
    keys(reception, "1", "1", "1")
    with Line(page, ISSUE, lose=1) as line:
        reception.press("Enter")
        expect(page.locator("#act-issue .act-note")).to_have_text("no answer yet: try again")
        # With other words the same key would be another ticket: the form is held.
        expect(page.locator("#party")).to_be_disabled()
        page.click("#act-issue")
        expect(page.locator("#pick")).to_be_focused()
        assert len(line.keys) == 2
        assert line.keys[0] == line.keys[1]
    issued(reception, 1)
    assert reception.centre.events("visit-issued") == 1


def test_a_look_up_without_an_answer_issues_nothing(reception: Desk) -> None:
    reception.may_be_cut = True
    page = reception.page
    keys(reception, "1", "1", "1")
    page.fill("#document", DOCUMENT)
    with Line(page, re.compile("/documents/find$"), lose=1):
        page.press("#document", "Enter")
        expect(page.locator("#issue-error")).to_contain_text("no answer yet: try again")
        assert reception.centre.events("visit-issued") == 0
        # The form is free, and the document is looked up again.
        page.press("#document", "Enter")
        issued(reception, 1)


def test_five_services_are_one_ticket_and_a_sixth_is_not_offered(reception: Desk) -> None:
    page = reception.page
    for path in (("1", "1", "1"), ("1", "1", "2"), ("1", "3", "1"), ("1", "3", "2"), ("1", "4", "1")):
        # So many digits at once would be a scanner's; another key says that they are a hand's.
        keys(reception, *path, "End")
    expect(page.locator("#picked li")).to_have_count(5)
    expect(page.locator("#way")).to_have_text("A ticket has at most 5 services.")
    keys(reception, "1", "Enter")
    issued(reception, 1)
    expect(page.locator("#hand h3")).to_contain_text(" + ")
    assert reception.centre.events("visit-issued") == 1


def test_a_double_click_in_the_list_goes_one_step(reception: Desk) -> None:
    reception.page.dblclick("#options li >> nth=0")
    expect(reception.page.locator("#way")).to_have_text("Utopia")


def test_a_form_without_an_answer_can_be_left(reception: Desk) -> None:
    reception.may_be_cut = True
    keys(reception, "1", "1", "1")
    with Line(reception.page, ISSUE, lose=1):
        reception.press("Enter")
        reception.page.click("#leave-it")
    expect(reception.page.locator("#issue-error")).to_contain_text("Look in the list")
    expect(reception.page.locator("#party")).to_be_enabled()
    issued(reception, 1)


def test_a_wrong_field_is_named_and_nothing_is_lost(reception: Desk) -> None:
    page = reception.page
    keys(reception, "1", "1", "1")
    page.fill("#document", "12")
    page.press("#document", "Enter")
    expect(page.locator("#issue-error")).to_contain_text("4 to 32 letters and digits")
    expect(page.locator("#document")).to_be_focused()
    page.fill("#document", "")
    page.fill("#party", "21")
    page.press("#party", "Enter")
    expect(page.locator("#issue-error")).to_contain_text("1 to 20 people")
    expect(page.locator("#picked li")).to_have_count(1)
    reception.press("F2")
    expect(page.locator("#picked li")).to_have_count(0)
    expect(page.locator("#party")).to_have_value("1")
    assert reception.centre.events("visit-issued") == 0


def test_a_party_is_issued_by_age(reception: Desk) -> None:
    """Who is of no other age is of the first; the ticket in the hand says of which ages they are."""
    page = reception.page
    keys(reception, "1", "1", "1")
    page.fill("#party", "4")
    page.fill("#age-child", "5")
    page.press("#age-child", "Enter")
    expect(page.locator("#issue-error")).to_contain_text("more than the people in all")
    page.fill("#age-child", "1")
    page.fill("#age-small-child", "1")
    page.press("#age-small-child", "Enter")
    issued(reception, 1)
    expect(page.locator("#hand")).to_contain_text("Adults 2")
    expect(page.locator("#hand")).to_contain_text("Small children 1")


def test_a_second_ticket_on_one_document_is_asked_about(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    keys(reception, "1", "1", "1")
    page.fill("#document", DOCUMENT.lower())
    page.press("#document", "Enter")
    issued(reception, 1)
    first = in_hand(reception)
    # Lost paper: the ticket is there already, and is shown.
    keys(reception, "1", "3", "1")
    page.fill("#document", DOCUMENT)
    page.press("#document", "Enter")
    expect(page.locator("dialog#twice")).to_be_visible()
    expect(page.locator("#twice-list")).to_contain_text("Renew a passport")
    assert violations(page) == []
    reception.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    shows(reception, first)
    assert centre.events("visit-issued") == 1
    # Somebody else's errand on the same document: a second one all the same.
    keys(reception, "1", "3", "1")
    page.fill("#document", DOCUMENT)
    page.press("#document", "Enter")
    page.click("#twice-issue")
    issued(reception, 2)
    assert centre.events("visit-issued") == 2


# --- scanner and search --------------------------------------------------------------------------------------------


def test_a_scanned_ticket_is_shown_wherever_the_focus_is(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    visits = [centre.issue() for _ in range(3)]
    issued(reception, 3)
    # In the middle of a form: what the scanner typed is taken back, what was there stays.
    keys(reception, "1", "1", "1")
    page.keyboard.type("mar", delay=90)
    scan(reception, f"{reception.server.address}/t/{centre.ticket(visits[1].id)}")
    shows(reception, visits[1].code)
    expect(page.locator("#pick")).to_have_value("mar")
    expect(page.locator("#picked li")).to_have_count(1)
    scan(reception, visits[2].code)
    shows(reception, visits[2].code)
    scan(reception, f"{reception.server.address}/t/{'A' * 43}")
    expect(page.locator("#notice")).to_contain_text("Not a ticket of today")


def test_a_scanned_document_finds_its_ticket_or_fills_the_form(reception: Desk) -> None:
    page = reception.page
    scan(reception, DOCUMENT)
    expect(page.locator("#document")).to_have_value(DOCUMENT)
    expect(page.locator("#document-note")).to_contain_text("No ticket of today")
    expect(page.locator("#pick")).to_have_value("")
    keys(reception, "1", "1", "1", "Enter")
    issued(reception, 1)
    code = in_hand(reception)
    keys(reception, "1", "3", "1", "Enter")
    issued(reception, 2)
    scan(reception, DOCUMENT)
    shows(reception, code)
    expect(page.locator(".found-head")).to_contain_text("1 ticket on this document")
    page.click("#show-all")
    issued(reception, 2)


def test_a_scanner_is_understood_on_a_keyboard_of_another_script(reception: Desk) -> None:
    # A French layout turns the scanner's digits into signs; the places of the keys are still those of digits.
    reception.page.evaluate(
        """(text) => {
          const signs = {0: 'à', 1: '&', 2: 'é', 3: '"', 8: '_', 9: 'ç', A: 'q'};
          const field = document.getElementById('pick');
          const press = (key, code) =>
            field.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}));
          for (const sign of text)
            press(signs[sign] ?? sign.toLowerCase(), (/\\d/.test(sign) ? 'Digit' : 'Key') + sign);
          press('Enter', 'Enter');
        }""",
        DOCUMENT,
    )
    expect(reception.page.locator("#document")).to_have_value(DOCUMENT)


def test_a_key_answers_how_long_for_what_is_chosen_and_for_what_is_looked_at(reception: Desk) -> None:
    page, line = reception.page, reception.page.locator("#how-long")
    expect(line).to_have_text("Choose a service, or a ticket that waits.")
    visit = reception.centre.issue("uto-birth")
    issued(reception, 1)
    page.locator("#found-rows button").click()
    shows(reception, visit.code)
    expect(line).to_contain_text("nobody can say yet how long it takes.")
    expect(line).to_contain_text(f"{visit.code[0]}\N{NO-BREAK SPACE}{visit.code[1:]}")
    page.fill("#pick", "birth")
    page.press("#pick", "Enter")
    expect(page.locator("#picked li")).to_have_count(1)
    expect(line).not_to_contain_text(visit.code[1:])
    reception.press("Shift+F4")
    expect(line).to_be_focused()
    reception.press("F2")
    expect(line).to_contain_text(visit.code[1:])


def test_tickets_are_found_by_number_by_document_and_by_words(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    visits = [centre.issue("uto-birth"), centre.issue("uto-visa-visit"), centre.issue("uto-birth")]
    issued(reception, 3)
    reception.press("F4")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("birth", delay=2)
    issued(reception, 2)
    keys(reception, "ArrowDown", "Enter")
    shows(reception, visits[2].code)
    page.fill("#find", visits[1].code.lower())
    page.press("#find", "Enter")
    shows(reception, visits[1].code)
    page.fill("#find", "no such thing")
    expect(page.locator(".desk-rail")).to_contain_text("No ticket of today fits.")
    page.press("#find", "Escape")
    issued(reception, 3)
    # A number that nobody has is looked for by POST: no address ever holds it.
    with page.expect_request(re.compile("/documents/find$")) as request:
        page.fill("#find", "NOBODY123")
        page.press("#find", "Enter")
    assert "NOBODY123" not in request.value.url
    expect(page.locator(".desk-rail")).to_contain_text("There is no ticket of today on this document.")
