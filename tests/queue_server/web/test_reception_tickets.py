"""What is done at the reception desk with a ticket, its paper, and what the page does without a line or for others."""

import pytest
from playwright.sync_api import APIResponse, Browser, Route, expect

from queue_server.domain.values import HelpKind
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import wait_until_carried
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reception_desk import DOCUMENT, in_hand, issued, keys, scan, shows
from tests.queue_server.web.server import Centre

#: Counts what the browser is asked to print.
PRINTER = """window.print = () => {
  const { dataset } = document.documentElement;
  dataset.printed = String(Number(dataset.printed ?? 0) + 1);
};"""

NONSENSE = ("", "\0", "A" * 100_000, "/t/" + "A" * 43, "/t/../t/x", "A99999999999", "{{7*7}}", "<script>")


# --- what is done with a ticket ------------------------------------------------------------------------------------


def test_a_ticket_is_changed_reclassified_cancelled_and_reinstated(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    keys(reception, "1", "1", "1", "Enter")
    issued(reception, 1)
    page.click("#act-change")
    keys(reception, "1", "3", "1")
    page.fill("#change-party", "2")
    page.press("#change-party", "Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#hand h3")).to_have_text("Renew a passport + Register a birth")
    expect(page.locator("#hand .tags")).to_contain_text("Party of 2")
    page.click("#act-category")
    keys(reception, "3", "Enter")
    expect(page.locator("#hand .tags")).to_contain_text("Urgent")
    page.click("#act-cancel")
    # The careful answer has the focus.
    reception.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert centre.events("visit-cancelled") == 0
    page.click("#act-cancel")
    page.click("dialog#cancel button.filled")
    expect(page.locator("#hand .ticket-head")).to_have_text("cancelled")
    page.click("#act-reinstate")
    expect(page.locator("#hand .ticket-head")).to_contain_text("waits for")
    assert [centre.events(f"visit-{name}") for name in ("changed", "reclassified", "cancelled", "reinstated")] == [
        1
    ] * 4


def test_what_a_dialog_does_is_shown_when_it_has_closed(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
    keys(reception, "1", "1", "1", "Enter")
    issued(reception, 1)
    head = page.locator("#hand .ticket-head")
    expect(head).to_contain_text("waits for")
    page.evaluate("addEventListener('htmx:sse:before:message', () => { document.body.dataset.told = ''; })")
    answers: list[tuple[Route, APIResponse]] = []
    page.route("**/cancel", lambda route: answers.append((route, route.fetch())), times=1)
    wait_until_carried(page)
    page.click("#act-cancel")
    page.click("dialog#cancel button.filled")
    expect(page.locator("body[data-told]")).to_have_count(1)
    page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
    assert centre.events("visit-cancelled") == 1
    # Whoever saw it would press the next key into the dialog.
    expect(page.locator("dialog#cancel[open]")).to_have_count(1)
    expect(page.locator("dialog#cancel .sending")).to_have_text("sending")
    expect(head).to_contain_text("waits for")
    route, answer = answers[0]
    route.fulfill(response=answer)
    expect(head).to_have_text("cancelled")
    assert page.locator("dialog[open]").count() == 0


def test_a_family_is_joined_by_scanning_its_tickets(reception: Desk) -> None:
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


def test_notes_are_written_and_read(reception: Desk) -> None:
    page = reception.page
    keys(reception, "1", "1", "1", "Enter")
    issued(reception, 1)
    page.click("#act-notes")
    expect(page.locator("#notes-list")).to_have_text("No note yet.")
    page.keyboard.type("Made-up: comes back with <b>both</b> forms")
    page.click("dialog#noting button.filled")
    expect(page.locator("#act-notes .count")).to_have_text("1")
    page.click("#act-notes")
    expect(page.locator("#notes-list")).to_contain_text("Noor Haddad")
    expect(page.locator("#notes-list")).to_contain_text("<b>both</b> forms")


def test_wishes_and_help_calls_are_answered_with_one_key(reception: Desk) -> None:
    page, centre = reception.page, reception.centre
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


def test_a_visit_at_a_counter_is_handed_back_only_when_the_counter_is_silent(
    reception: Desk, browser: Browser, centre: Centre
) -> None:
    visit = centre.issue("uto-birth")
    with Desk(browser, centre) as other:
        other.sign_in("ines.moreau", "3")
        other.open()
        other.waits(1)
        other.press("Space")
        other.stage("called")
        scan(reception, visit.code)
        shows(reception, visit.code)
        reception.page.click("#act-hand-back")
        expect(reception.page.locator("#notice")).to_contain_text("Somebody is signed in at that counter")
    assert centre.events("visit-handed-back") == 0


# --- paper ---------------------------------------------------------------------------------------------------------


def test_the_paper_prints_by_itself_and_again_with_the_same_code(reception: Desk) -> None:
    page = reception.page
    reception.context.add_init_script(PRINTER)
    keys(reception, "1", "1", "1", "Enter")
    issued(reception, 1)
    code = in_hand(reception)
    with reception.context.expect_page() as opened:
        reception.press("F7")
    paper = opened.value
    expect(paper.locator(".paper .code")).to_have_text(f"{code[0]}\N{NO-BREAK SPACE}{code[1:]}")
    expect(paper.locator("html")).to_have_attribute("data-printed", "1")
    paper.click("#print")
    expect(paper.locator("html")).to_have_attribute("data-printed", "2")
    assert violations(paper) == []
    paper.close()
    # Every ticket of today can be printed again, whoever issued it.
    visit = reception.centre.issue()
    scan(reception, visit.code)
    shows(reception, visit.code)
    with reception.context.expect_page() as opened:
        page.click("#act-print")
    expect(opened.value.locator(".paper .code")).to_have_text(f"{visit.code[0]}\N{NO-BREAK SPACE}{visit.code[1:]}")


# --- line -----------------------------------------------------------------------------------------------------------


@pytest.mark.stops
def test_nothing_typed_is_lost_while_the_server_is_away(reception: Desk) -> None:
    reception.may_be_cut = True
    page = reception.page
    keys(reception, "1", "3", "1", "Enter")
    issued(reception, 1)
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


def test_a_parked_visit_waits_again(reception: Desk, centre: Centre) -> None:
    visit = centre.issue("uto-birth")
    with PageClient(centre) as counter:
        counter.sign_in("ines.moreau", "3")
        counter.open("3")
        counter.press(counter.get("/counter").one("#act-call-next"))
        counter.api("counters/3/park", {"reason": "form", "minutes": 5})
        reception.page.fill("#find", visit.code)
        reception.page.press("#find", "Enter")
        expect(reception.page.locator("#hand .ticket-head")).to_have_text("parked")
        reception.page.click("#act-resume")
        expect(reception.page.locator("#hand .ticket-head")).to_contain_text("waits for")
        assert counter.get("/counter").one(".queue .count").text == "1"
    assert centre.events("visit-resumed") == 1


# --- without a browser: who may see it -----------------------------------------------------------------------------


@pytest.fixture
def front(client: PageClient) -> PageClient:
    client.enter("noor.haddad")
    return client


def test_only_those_who_receive_people_see_the_page(client: PageClient) -> None:
    assert "/sign-in" in client.get("/reception").address
    client.enter("ines.moreau")
    client.get("/reception", status=403)
    client.post("/reception/page", status=403)
    client.get("/reception/paper/x", status=403)


def test_forms_of_others_and_nonsense_change_and_show_nothing(front: PageClient) -> None:
    desk = front
    asked = desk.get("/reception").one("#asked [name=csrf]")["value"]
    desk.post("/reception/page", {"csrf": "", "typed": "x"}, status=403)
    desk.post("/reception/find", {"csrf": "A" * 43, "text": "A001"}, status=403)
    with PageClient(desk.centre, headers={"Origin": "https://elsewhere.example"}) as foreign:
        foreign._http.cookies.update(desk._http.cookies)
        foreign.post("/reception/find", {"csrf": asked, "text": "A001"}, status=403)
    for text in NONSENSE:
        assert desk.post("/reception/find", {"csrf": asked, "text": text}).html == '{"found":null}'
        shown = desk.post("/reception/page", {"csrf": asked, "typed": text, "visit": text[:300], "only": text[:300]})
        assert "<script>" not in shown.html
    desk.get(f"/reception/paper/{'0' * 36}", status=404)
    desk.get(f"/t/{'A' * 43}/live", status=404)
