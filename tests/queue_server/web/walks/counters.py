"""What is walked past at a counter, at the cash desk and in the list of who waits."""

from collections.abc import Iterator

from playwright.sync_api import expect

from queue_server.domain.values import HelpKind, VisitId
from tests.queue_server.web.manager.office import ask_priority
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reader import arrive
from tests.queue_server.web.till import DOUBT, kiosk_asks, kiosk_tells
from tests.queue_server.web.walks.walk import HELP, State, Walker, opener

MESSAGE = "A made-up message of a lead, as long as such messages are at most. " * 4


def at_counter(desk: Walker) -> Iterator[State]:
    """Serve a day at a counter: what is seen there."""
    centre = desk.centre
    yield State("closed", (HELP,))
    desk.begin()
    desk.open()
    yield State("empty", opener("pause"))
    for _ in range(3):
        arrive(centre, service="uto-passport-renewal")
    centre.crowd(desk.many)
    centre.call_help(HelpKind.HELP)
    desk.begin()
    for _ in range(3):
        desk.press("Space")
        desk.stage("called")
        desk.press("KeyP")
        desk.press("Enter")
        desk.stage("idle")
    yield State("crowded", opener("particular", "find", "pause", "parked"), away=True)
    desk.begin()
    desk.press("Space")
    desk.stage("called")
    acts = opener("transfer", "park", "change", "note", "application")
    yield State("called", acts, then=is_the_right_way_round, is_main=True)
    desk.press("KeyR")
    expect(desk.page.locator("#act-recall .act-note")).to_have_text("1 so far")
    desk.press("Enter")
    desk.stage("serving")
    desk.press("KeyN")
    desk.page.keyboard.insert_text("A made-up note of a colleague, as long as such notes are. " * 4)
    desk.press("Enter")
    expect(desk.page.locator("#written li")).to_have_count(1)
    yield State("serving")


def is_the_right_way_round(desk: Walker) -> None:
    """Check that the ticket is on the side where the reading begins."""
    code = desk.page.locator(".ticket .code").bounding_box()
    assert code is not None
    assert (code["x"] > 640) == (desk.page.locator("html").get_attribute("lang") == "ar")


def with_money(desk: Walker) -> Iterator[State]:
    """Serve somebody who has paid, while two kiosks wait for the cash desk."""
    centre = desk.centre
    desk.begin()
    desk.open()
    visit = arrive(centre)
    kiosk_tells(centre, VisitId(visit.id))
    for _ in range(2):
        kiosk_asks(centre)
    centre.call_help(HelpKind.PRIVATE)
    desk.begin()
    desk.press("Space")
    desk.stage("called")
    expect(desk.page.locator("#money-line")).to_be_visible()
    yield State("called, paid", opener("refund", "payments"))
    desk.press("Enter")
    desk.stage("serving")
    yield State("serving, paid", is_main=True, dialogs=('.asked [data-dialog^="asked-"]',))


def at_cash_desk(desk: Walker) -> Iterator[State]:
    """Take fees: nobody chosen, then somebody who has paid, while a kiosk waits and a payment needs somebody."""
    centre = desk.centre
    yield State("nobody", (HELP, *opener("find")))
    visit = arrive(centre)
    kiosk_tells(centre, VisitId(visit.id))
    kiosk_tells(centre, VisitId(centre.issue().id), DOUBT)
    kiosk_asks(centre)
    centre.call_help(HelpKind.HELP)
    dialogs = opener("refund", "payments", "find")
    yield State("chosen", dialogs, query=f"visit={visit.id}", away=True, is_main=True)


def at_list(desk: Walker) -> Iterator[State]:
    """Look at who waits, and at one of them."""
    centre = desk.centre
    yield State("nobody")
    centre.crowd(desk.many)
    visit = ask_priority(centre)
    yield State("crowded", (HELP,), away=True, is_main=True)
    yield State("chosen", opener("note-on", "cancel-it"), query=f"visit={visit.id}&language=ar")


def at_own_day(desk: Walker) -> Iterator[State]:
    """Look at one's own day: nothing yet, then a message and a note."""
    yield State("nothing yet", (HELP,))
    with PageClient(desk.centre) as lead:
        lead.enter("lea.brunet")
        write_to_counters(lead)
    yield State("a message", query="done=noted", away=True, is_main=True)


def at_teams(desk: Walker) -> Iterator[State]:
    """Look at how the teams stand, with nobody there and with a counter that serves."""
    centre = desk.centre
    yield State("nobody", (HELP,))
    with PageClient(centre) as other:
        other.sign_in("ruth.adeyemi", "3")
        other.open("3")
        centre.crowd(desk.many)
        other.press(other.get("/counter").one("#act-call-next"))
    with PageClient(centre) as lead:
        lead.enter("lea.brunet")
        write_to_counters(lead)
    yield State("one serves", query="done=sent", away=True, is_main=True)


def write_to_counters(lead: PageClient) -> None:
    """Write as much as fits."""
    form = lead.get("/team").one("form:has(#write-text)")
    lead.submit(form, text=MESSAGE)
