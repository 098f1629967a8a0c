"""Tickets at the reception desk, found in Chromium: by a hand scanner, by number, document and words, and twice."""

import re

from playwright.sync_api import expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reception_desk import DOCUMENT, in_hand, issued, keys, scan, shows

#: A French layout turns the scanner's digits into signs; the places of the keys are still those of digits.
FRENCH = """(text) => {
  const signs = {0: 'à', 1: '&', 2: 'é', 3: '"', 8: '_', 9: 'ç', A: 'q'};
  const field = document.getElementById('pick');
  const press = (key, code) =>
    field.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}));
  for (const sign of text)
    press(signs[sign] ?? sign.toLowerCase(), (/\\d/.test(sign) ? 'Digit' : 'Key') + sign);
  press('Enter', 'Enter');
}"""


def test_what_is_scanned_is_shown_or_fills_the_form(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    document, found = page.locator("#document"), page.locator(".found-head")
    page.evaluate(FRENCH, DOCUMENT)
    expect(document).to_have_value(DOCUMENT)
    expect(page.locator("#document-note")).to_contain_text("No ticket of today")
    reception.press("F2")
    scan(reception, DOCUMENT)
    expect(document).to_have_value(DOCUMENT)
    expect(page.locator("#document-note")).to_contain_text("No ticket of today")
    expect(page.locator("#pick")).to_have_value("")
    keys(reception, "1", "1", "1", "Enter")
    issued(reception, 1)
    expect(page.locator("#picked li")).to_have_count(0)
    first = in_hand(reception)
    visits = [centre.issue() for _ in range(3)]
    issued(reception, 4)
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
    # A document that has a ticket shows it.
    scan(reception, DOCUMENT)
    shows(reception, first)
    expect(found).to_contain_text("1 ticket on this document")
    page.click("#show-all")
    issued(reception, 4)
    # On this document a second ticket is asked about: the paper was lost.
    reception.press("F2")
    keys(reception, "1", "3", "1")
    page.fill("#document", DOCUMENT.lower())
    page.press("#document", "Enter")
    expect(page.locator("dialog#twice")).to_be_visible()
    expect(page.locator("#twice-list")).to_contain_text("Renew a passport")
    assert violations(page) == []
    reception.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    shows(reception, first)
    assert centre.events("visit-issued") == 4
    # Somebody else's errand on the same document: a second one all the same.
    keys(reception, "1", "3", "1")
    page.fill("#document", DOCUMENT)
    page.press("#document", "Enter")
    page.click("#twice-issue")
    issued(reception, 5)
    assert centre.events("visit-issued") == 5


def test_tickets_are_found_by_number_document_and_words(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    line = page.locator("#how-long")
    expect(line).to_have_text("Choose a service, or a ticket that waits.")
    visits = [centre.issue("uto-birth"), centre.issue("uto-visa-visit"), centre.issue("uto-birth")]
    issued(reception, 3)
    reception.press("F4")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("birth", delay=2)
    issued(reception, 2)
    keys(reception, "ArrowDown", "Enter")
    shows(reception, visits[2].code)
    # A key answers how long, for the ticket that is looked at or for what is chosen.
    spaced = f"{visits[2].code[0]}\N{NO-BREAK SPACE}{visits[2].code[1:]}"
    expect(line).to_have_text(f"{spaced}: nobody can say yet how long it takes.")
    page.fill("#pick", "birth")
    page.press("#pick", "Enter")
    expect(page.locator("#picked li")).to_have_count(1)
    expect(line).not_to_contain_text(visits[2].code[1:])
    reception.press("Shift+F4")
    expect(line).to_be_focused()
    reception.press("F2")
    expect(line).to_contain_text(visits[2].code[1:])
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
