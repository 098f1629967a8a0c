"""What is done at the reception desk with a ticket, in Chromium: its dialogs, its paper, and a server that is away."""

import pytest
from playwright.sync_api import APIResponse, Route, expect

from queue_server.domain.values import HelpKind
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import wait_until_carried
from tests.queue_server.web.reception_desk import DOCUMENT, in_hand, issued, keys, scan, shows

#: Counts what the browser is asked to print.
PRINTER = """window.print = () => {
  const { dataset } = document.documentElement;
  dataset.printed = String(Number(dataset.printed ?? 0) + 1);
};"""


def closed(desk: Desk) -> None:
    expect(desk.page.locator("dialog[open]")).to_have_count(0)


def cancel_seen_late(desk: Desk) -> None:
    """Cancel the ticket in the hand, and look at the page before the answer is here."""
    page, head = desk.page, desk.page.locator("#hand .ticket-head")
    expect(head).to_contain_text("waits for")
    page.evaluate("addEventListener('htmx:sse:before:message', () => { document.body.dataset.told = ''; })")
    answers: list[tuple[Route, APIResponse]] = []
    page.route("**/cancel", lambda route: answers.append((route, route.fetch())), times=1)
    wait_until_carried(page)
    page.click("#act-cancel")
    page.click("dialog#cancel button.filled")
    while not answers:
        page.wait_for_timeout(5)
    expect(page.locator("body[data-told]")).to_have_count(1)
    page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
    assert desk.centre.events("visit-cancelled") == 1
    # Whoever saw it would press the next key into the dialog.
    expect(page.locator("dialog#cancel[open]")).to_have_count(1)
    expect(page.locator("dialog#cancel .sending")).to_have_text("sending")
    expect(head).to_contain_text("waits for")
    route, answer = answers[0]
    route.fulfill(response=answer)
    expect(head).to_have_text("cancelled")
    assert page.locator("dialog[open]").count() == 0


def test_a_ticket_is_cancelled_reinstated_changed_reclassified_and_noted(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    keys(reception, "1", "1", "1", "Enter")
    issued(reception, 1)
    page.click("#act-cancel")
    # The careful answer has the focus.
    reception.press("Enter")
    closed(reception)
    assert centre.events("visit-cancelled") == 0
    cancel_seen_late(reception)
    page.click("#act-reinstate")
    expect(page.locator("#hand .ticket-head")).to_contain_text("waits for")
    page.click("#act-change")
    keys(reception, "1", "3", "1")
    page.fill("#change-party", "2")
    page.press("#change-party", "Enter")
    closed(reception)
    expect(page.locator("#hand h3")).to_have_text("Renew a passport + Register a birth")
    expect(page.locator("#hand .tags")).to_contain_text("Party of 2")
    page.click("#act-category")
    keys(reception, "3", "Enter")
    expect(page.locator("#hand .tags")).to_contain_text("Urgent")
    page.click("#act-notes")
    expect(page.locator("#notes-list")).to_have_text("No note yet.")
    page.keyboard.type("Made-up: comes back with <b>both</b> forms")
    page.click("dialog#noting button.filled")
    expect(page.locator("#act-notes .count")).to_have_text("1")
    closed(reception)
    page.click("#act-notes")
    expect(page.locator("#notes-list")).to_contain_text("Noor Haddad")
    expect(page.locator("#notes-list")).to_contain_text("<b>both</b> forms")
    reception.press("Escape")
    closed(reception)

    done = ("changed", "reclassified", "cancelled", "reinstated")
    assert [centre.events(f"visit-{name}") for name in done] == [1] * 4


def test_a_family_is_joined_by_scans_and_calls_are_answered_by_keys(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    visits = [centre.issue("uto-birth") for _ in range(4)]
    issued(reception, 4)
    scan(reception, visits[0].code)
    shows(reception, visits[0].code)
    page.click("#act-merge")
    scan(reception, f"{reception.server.address}/t/{centre.ticket(visits[1].id)}")
    expect(page.locator("#family li")).to_have_count(2)
    page.keyboard.type(f"{visits[2].code[0]} {int(visits[2].code[1:])}", delay=80)
    reception.press("Enter")
    expect(page.locator("#family li")).to_have_count(3)
    page.fill("#merge-code", "X999")
    page.press("#merge-code", "Enter")
    expect(page.locator("dialog#merge .error")).to_contain_text("not among today's tickets")
    page.fill("#merge-code", "")
    assert violations(page) == []
    page.locator("#family input").nth(1).check()
    page.click("#merge-now")
    shows(reception, visits[1].code)
    expect(page.locator("#hand .tags")).to_contain_text("Party of 3")
    assert centre.events("visit-merged") == 2
    # Wishes and calls for help are answered with one key.
    centre.issue(asks_priority=True)
    centre.issue(asks_priority=True)
    expect(page.locator(".wishes li")).to_have_count(2)
    reception.press("F10")
    reception.press("Enter")
    expect(page.locator(".wishes li")).to_have_count(1)
    page.locator(".wish-acts button").last.click()
    expect(page.locator(".wishes")).to_have_count(0)
    assert centre.events("visit-reclassified") == 2
    centre.call_help(HelpKind.HELP)
    expect(page.locator(".help")).to_have_count(1)
    page.focus("#document")
    reception.press("F9")
    expect(page.locator(".help")).to_have_count(0)
    assert centre.events("help-taken") == 1


def test_the_paper_prints_by_itself_and_again_with_the_same_code(reception: Desk) -> None:
    page = reception.page
    reception.context.add_init_script(PRINTER)
    # Every ticket of today can be printed again, whoever issued it.
    visit = reception.centre.issue()
    scan(reception, visit.code)
    shows(reception, visit.code)
    with reception.context.expect_page() as opened:
        page.click("#act-print")
    paper = opened.value
    expect(paper.locator(".paper .code")).to_have_text(f"{visit.code[0]}\N{NO-BREAK SPACE}{visit.code[1:]}")
    expect(paper.locator("html")).to_have_attribute("data-printed", "1")
    paper.click("#print")
    expect(paper.locator("html")).to_have_attribute("data-printed", "2")
    assert violations(paper) == []


@pytest.mark.stops
def test_nothing_typed_is_lost_while_the_server_is_away(reception: Desk) -> None:
    reception.may_be_cut = True
    page = reception.page
    keys(reception, "1", "3", "1", "Enter")
    issued(reception, 1)
    assert in_hand(reception)
    expect(page.locator("#hand .say")).to_be_visible()
    keys(reception, "1", "1", "1")
    page.fill("#document", DOCUMENT)
    reception.cut(reception.server.stop)
    expect(page.locator("#band")).to_contain_text("write tickets by hand")
    expect(page.locator("#act-issue")).to_have_attribute("aria-disabled", "true")
    # What may have changed since is not said, and there is no paper without the server.
    expect(page.locator("#hand .say")).to_be_hidden()
    expect(page.locator("#hand .asof")).to_be_visible()
    reception.press("F7")
    assert len(reception.context.pages) == 1
    page.fill("#party", "4")
    page.press("#party", "Enter")
    reception.server.start()
    expect(page.locator("#band")).to_be_hidden()
    expect(page.locator("#document")).to_have_value(DOCUMENT)
    expect(page.locator("#party")).to_have_value("4")
    page.press("#party", "Enter")
    issued(reception, 2)
    assert reception.centre.events("visit-issued") == 2
