"""The form of the reception desk in Chromium against a real server: tickets are issued by keyboard alone.

One walk each: what the form does, what is typed before an answer, and answers that are lost.
"""

import re

from playwright.sync_api import expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import HeldRequests
from tests.queue_server.web.reception_desk import DOCUMENT, issued, keys
from tests.queue_server.web.test_reception import BIRTH, ISSUE, PASSPORT, is_issued, picked


def test_what_is_typed_before_the_answer_is_for_the_next_ticket(reception: Desk) -> None:
    """Every ticket is held; the form does not say that it waits, however long that takes."""
    page, centre = reception.page, reception.centre
    page.evaluate("document.getElementById('page').dataset.slow = '600000'")
    held = HeldRequests(page, ISSUE)
    number = 0
    for typed in (BIRTH, (*"birth uto", "Enter")):
        keys(reception, *PASSPORT, "Enter", *typed, "End")
        held.let_one_come()
        expect(picked(reception)).to_have_text(re.compile("Register a birth"))
        reception.press("Enter")
        held.let_one_come()
        number += 2
        is_issued(reception, number)
    # A whole ticket is issued behind the one before it.
    keys(reception, *PASSPORT, "Enter", *BIRTH, "Enter", "1", "4", "1", "End")
    held.let_one_come()
    issued(reception, 5)
    held.let_one_come()
    issued(reception, 6)
    expect(picked(reception)).to_have_text(re.compile("Visit visa"))
    reception.press("F2")
    expect(picked(reception)).to_have_count(0)
    # What is typed behind a ticket that is refused is not added to it.
    keys(reception, *PASSPORT, "Enter", *BIRTH, "End")
    # What the server refuses as soon as it has it: a request that nobody is known to have sent.
    held.let_one_come(headers={"Idempotency-Key": ""})
    expect(page.locator("#issue-error")).to_be_visible()
    expect(picked(reception)).to_have_text(re.compile("Renew a passport"))
    expect(page.locator("#way")).to_have_text("All governments")
    # A scan across the answer leaves the new form empty.
    keys(reception, "Enter", "End")
    page.evaluate("document.getElementById('issue').dataset.gap = '600000'")
    page.keyboard.type(DOCUMENT[:7])
    held.let_one_come()
    expect(picked(reception)).to_have_count(0)
    page.keyboard.type(DOCUMENT[7:])
    reception.press("Enter")
    expect(page.locator("#document")).to_have_value(DOCUMENT)
    expect(picked(reception)).to_have_count(0)
    expect(page.locator("#pick")).to_have_value("")
    issued(reception, 7)
    assert centre.events("visit-issued") == 7
