"""A walk over every page of staff, in every state, role, language and width: nothing is cut off, hidden or too small.

One server and one browser: a state is arranged once, then looked at in each language, and the window is resized.
"""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec
import pytest
from playwright.sync_api import Browser, expect

from queue_server.database import open_database, parse_url
from queue_server.domain.values import Actor, HelpKind, VisitId, now_micros
from queue_server.information import store as information
from queue_server.web.site import LANGUAGES
from tests.queue_server.house import KNOWN
from tests.queue_server.web.custodian import (
    LockerBank,
    document,
    does,
    fill_bag,
    hand_in,
    miss,
    open_case,
    ready,
    send,
)
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.figures.conftest import plant_days
from tests.queue_server.web.filling.typed import FORM
from tests.queue_server.web.geometry import faults
from tests.queue_server.web.manager.office import WELL, Office, ask_priority, report
from tests.queue_server.web.reader import arrive
from tests.queue_server.web.server import Centre, run_aside
from tests.queue_server.web.staffing.booked import booked_day
from tests.queue_server.web.till import DOUBT, kiosk_asks, kiosk_tells

#: The smallest screen, the usual one, a large one, and the usual one at 200 %.
SIZES: Final = ((1280, 720), (1440, 900), (1920, 1080), (720, 450))
#: A page that has not heard the server for longer than this is not connected: any time is longer.
NO_PATIENCE: Final = "document.getElementById('page').dataset.silence = '-1'"


class State(msgspec.Struct, frozen=True):
    """A page as it stands. ``dialogs`` are the controls (selectors) that open one; ``away`` as if the line was cut.

    ``query`` is what its address has beside the path.
    """

    name: str
    dialogs: tuple[str, ...] = ()
    away: bool = False
    query: str = ""


class Walk(msgspec.Struct, frozen=True):
    """Who walks where, and the states on the way."""

    login: str
    path: str
    states: Callable[[Desk], Iterator[State]]
    #: Where they are before; a page of one visit cannot be asked for without it.
    begins: str = ""


def opener(*names: str) -> tuple[str, ...]:
    return tuple(f'[data-dialog="{name}"]' for name in names)


def at_counter(desk: Desk) -> Iterator[State]:
    """Serve a day at a counter: what is seen there."""
    centre = desk.centre
    yield State("closed", opener("all-keys", "find"))
    desk.open()
    yield State("empty", opener("pause"))
    for _ in range(3):
        arrive(centre, service="uto-passport-renewal")
    centre.crowd(60)
    desk.waits(63)
    centre.call_help(HelpKind.HELP)
    expect(desk.page.locator(".help[data-help]")).to_have_count(1)
    yield State("crowded", opener("particular", "find", "pause"))
    for _ in range(3):
        desk.press("Space")
        desk.stage("called")
        desk.press("KeyP")
        desk.press("Enter")
        desk.stage("idle")
    yield State("parked", opener("parked"))
    yield State("not connected, idle", away=True)
    desk.press("Space")
    desk.stage("called")
    yield State("called", opener("transfer", "park", "change", "note", "application"))
    desk.press("KeyR")
    expect(desk.page.locator("#act-recall .act-note")).to_have_text("1 so far")
    desk.press("Enter")
    desk.stage("serving")
    desk.press("KeyN")
    desk.page.keyboard.type("A made-up note of a colleague, as long as such notes are. " * 4)
    desk.press("Enter")
    expect(desk.page.locator("#written li")).to_have_count(1)
    yield State("serving", opener("transfer", "note"))
    yield State("not connected, serving", away=True)


def with_money(desk: Desk) -> Iterator[State]:
    """Serve somebody who has paid, while two kiosks wait for the cash desk."""
    centre = desk.centre
    desk.open()
    visit = arrive(centre)
    kiosk_tells(centre, VisitId(visit.id))
    for _ in range(2):
        kiosk_asks(centre)
    centre.call_help(HelpKind.PRIVATE)
    desk.go("/counter")
    desk.is_live()
    desk.press("Space")
    desk.stage("called")
    expect(desk.page.locator("#money-line")).to_be_visible()
    yield State("called, paid", opener("refund", "payments"))
    desk.press("Enter")
    desk.stage("serving")
    yield State("serving, paid", ('.asked [data-dialog^="asked-"]',))


def at_reception(desk: Desk) -> Iterator[State]:
    centre = desk.centre
    yield State("empty", ('[data-dialog="all-keys"]',))
    centre.crowd(25)
    for _ in range(3):
        ask_priority(centre)
    centre.call_help(HelpKind.PAPER)
    desk.page.fill("#pick", "pass")
    expect(desk.page.locator(".help[data-help]")).to_have_count(1)
    yield State("crowded")
    desk.page.locator(".today-rows .row-button").first.click()
    expect(desk.page.locator("#hand .code.big")).to_be_visible()
    yield State("in the hand")
    yield State("not connected", away=True)


def at_appointments(desk: Desk) -> Iterator[State]:
    yield State("empty", opener("all-keys"))
    one = booked_day(desk, 1, people=2).appointments[0]
    yield State("times", query="service=uto-passport-renewal&age-adult=2&age-child=1")
    yield State("booked", opener("cancel-appointment"), query=f"appointment={one['id']}&done=book-appointment")
    yield State("another time", query=f"appointment={one['id']}&move=1")
    yield State("not connected", away=True)


def at_visit_forms(desk: Desk) -> Iterator[State]:
    """Look at the forms of somebody who waits, and at one to be filled in."""
    visit = desk.centre.issue(FORM).id
    yield State("asked", query=f"visit={visit}")
    yield State("to be filled in", query=f"visit={visit}&form={FORM}")
    yield State("not connected", away=True, query=f"visit={visit}")


def at_manager(desk: Desk) -> Iterator[State]:
    centre = desk.centre
    report(centre, WELL)
    yield State("before", opener("announce", "emergency", "full"))
    centre.crowd(40)
    for kind in HelpKind:
        centre.call_help(kind)
    expect(desk.page.locator(".alarms .count")).not_to_have_text("0")
    yield State("crowded", (".counter-line",))
    yield State("not connected", away=True)


def at_cash_desk(desk: Desk) -> Iterator[State]:
    """Take fees: nobody chosen, then somebody who has paid, while a kiosk waits and a payment needs somebody."""
    centre = desk.centre
    yield State("nobody", opener("all-keys", "find", "payments"))
    visit = arrive(centre)
    kiosk_tells(centre, VisitId(visit.id))
    kiosk_tells(centre, VisitId(centre.issue().id), DOUBT)
    kiosk_asks(centre)
    centre.call_help(HelpKind.HELP)
    yield State("chosen", opener("refund", "payments"), query=f"visit={visit.id}")
    yield State("not connected", away=True)


def at_audit(desk: Desk) -> Iterator[State]:
    """Read what was paid, who looked and who acted."""
    centre = desk.centre
    yield State("nothing yet", opener("all-keys"))
    kiosk_tells(centre, VisitId(centre.issue().id))
    kiosk_tells(centre, VisitId(centre.issue().id), DOUBT)
    centre.crowd(12)
    yield State("payments")
    yield State("who looked", query="view=looked")
    yield State("who acted", query="view=acted")


def at_custody(desk: Desk) -> Iterator[State]:
    """Look at what was handed in: nothing, a list, one document, one that is not here, cases."""
    yield State("nothing yet", opener("all-keys"))
    items = hand_in(desk, 12)
    miss(desk, items[0])
    yield State("documents", query="view=items&state=kept")
    ready(desk, items[1])
    yield State("a document", opener("hand-over", "more"), query=document(items[1]))
    yield State("a document that is kept", opener("condition", "give-back", "call-back"), query=document(items[2]))
    yield State("a missing document", query=document(items[0]))
    yield State("no document", query="view=item&item=x")
    yield State("handing in", query=f"view=receive&item={items[2]['id']}")
    case = open_case(desk)
    hand_in(desk, 2, application=case, government=None)
    yield State("a case", opener("correct"), query=f"view=cases&case={case}")
    yield State("not connected", away=True)


def at_bags(desk: Desk) -> Iterator[State]:
    """Look at bags and at drawers."""
    items = hand_in(desk, 12)
    filled = fill_bag(desk, items[2:10:2])
    came = send(desk, "bags", {"government": "XAL", "direction": "back", "seal": "UT-9001", "is_whole": False})["bag"]
    yield State("bags", opener("open-bag", "bag-came"), query="view=bags")
    yield State("a bag", opener("seal", "remove"), query=f"view=bag&bag={filled['id']}")
    yield State("a bag that came", opener("finish", "unpack"), query=f"view=bag&bag={came['id']}")
    does(desk, items[3], "shelve", {"place": "2-D-15"})
    yield State("drawers", query="view=count")
    yield State("a drawer", opener("give-up-count"), query="view=count&drawer=2-D")
    count = send(desk, "stocktaking", {"drawer": "2-D", "seen": [items[5]["barcode"]]})["id"]
    yield State("a drawer that was counted", query=f"view=count&drawer=2-D&count={count}")


def at_lockers(desk: Desk) -> Iterator[State]:
    """Load a bank of lockers, as managers may too."""
    (item,) = hand_in(desk, 1)
    ready(desk, item)
    yield State("no lockers", query="view=lockers")
    bank = LockerBank(desk)
    yield State("lockers", opener("inspect", "settle"), query=f"view=lockers&locker={bank.id}")
    yield State("loading", query=f"view=lockers&locker={bank.id}&item={item['id']}")
    order = bank.order("load", {"item": item["barcode"], "compartment": "A2"})["order"]["id"]
    bank.tell({"kind": "accepted", "order": order}, {"kind": "opened", "compartment": "A2"})
    yield State("a door that is open", query=f"view=lockers&locker={bank.id}&order={order}")
    bank.tell({"kind": "blocked", "compartment": "A2", "reason": "left-open"})
    yield State("a door that is blocked", query=f"view=lockers&locker={bank.id}&order={order}")
    yield State("documents", query="view=items")


def at_account(desk: Desk) -> Iterator[State]:
    """Look at one's own account, signed in here and elsewhere."""
    yield State("alone", opener("all-keys"))
    with Desk(desk.page.context.browser or pytest.fail("no browser"), desk.centre) as other:
        other.enter(WALKER)
        other.sit_at("7")
        yield State("twice", query="done=password")
    yield State("not connected", away=True)


def at_colleagues(desk: Desk) -> Iterator[State]:
    """Look at the accounts of a centre, some of whose owners are signed in."""
    with Desk(desk.page.context.browser or pytest.fail("no browser"), desk.centre) as other:
        other.enter("ruth.adeyemi")
        other.sit_at("8")
        yield State("some signed in", opener("all-keys"), query="done=admitted")
    yield State("not connected", away=True)


def at_enrolment(desk: Desk) -> Iterator[State]:
    """Add a device whose place has a long name."""
    yield State("nothing made", opener("all-keys"))
    yield State("without a name", query="wrong=name")
    desk.page.locator("[name=name]").fill("In the hall on the left, behind the second column, beside the way out")
    desk.page.locator("main form button").click()
    expect(desk.page.locator(".enrolment-card")).to_be_visible()
    yield State("made", query=desk.page.url.partition("?")[2])
    yield State("not connected", away=True)


def at_staffing(desk: Desk) -> Iterator[State]:
    """Look at a day on which some have booked, and at closing it."""
    day = booked_day(desk, 3)
    yield State("today")
    yield State("a day ahead", opener("all-keys"), query=f"day={day.date}")
    yield State("close it", query=day.closing)
    yield State("no such change", query=f"day={day.date}&kind=more")
    desk.go(f"/staffing?{day.closing}")
    desk.page.locator("#act-change-day").click()
    expect(desk.page.locator(".done")).to_be_visible()
    yield State("closed", query=f"day={day.date}&done=change-day")
    yield State("not connected", away=True, query=day.closing)


def at_forecast(_desk: Desk) -> Iterator[State]:
    """Look ahead in a centre that has no days behind it; one that has is looked at by itself (``forecast``)."""
    yield State("nothing is known", opener("all-keys"))
    yield State("the coming week", query="part=week")
    yield State("not connected", away=True)


def at_accuracy(_desk: Desk) -> Iterator[State]:
    """Look how right it was in a centre that has no days behind it; one that has is looked at by itself."""
    yield State("nothing is known", opener("all-keys"))
    yield State("not connected", away=True)


def at_figures(desk: Desk) -> Iterator[State]:
    """Look at how it went: nothing yet, a day, a week, the ways between steps, and visits behind a number."""
    yield State("nothing yet", opener("all-keys"))
    day = plant_days(desk.centre, 35)
    yield State("a day", query=f"day={day}")
    yield State("a week", query=f"of=week&day={day}")
    yield State("ways", query=f"view=flow&day={day}")
    yield State("not connected", away=True, query=f"of=month&day={day}")


def at_visits_behind(desk: Desk) -> Iterator[State]:
    """Look at the visits behind a number."""
    yield State("none", opener("all-keys"))
    yield State("many", query=f"day={plant_days(desk.centre, 4)}")
    yield State("not connected", away=True)


def at_payments_behind(desk: Desk) -> Iterator[State]:
    """Look at the payments behind a number."""
    yield State("none", opener("all-keys"))
    kiosk_tells(desk.centre, VisitId(desk.centre.issue().id))
    yield State("one", query="of=week&means=card&currency=EUR")
    yield State("not connected", away=True)


def at_documents_behind(desk: Desk) -> Iterator[State]:
    """Look at the documents behind a number."""
    yield State("none", opener("all-keys"))
    hand_in(desk, 4)
    yield State("some", query="of=week")
    yield State("not connected", away=True)


def at_all_centres(desk: Desk) -> Iterator[State]:
    """Look at all centres: some in order, one where people and a device need somebody."""
    yield State("nobody has come", opener("all-keys"))
    desk.centre.crowd(12)
    desk.centre.call_help(HelpKind.PRIVATE)
    expect(desk.page.locator(f"#centre-{desk.centre.id}")).to_have_class("bad-row")
    yield State("one needs somebody")
    yield State("not connected", away=True)


def at_comparison(_desk: Desk) -> Iterator[State]:
    """Compare centres of which little is known, and ask for days that make no sense."""
    yield State("four weeks", opener("all-keys"))
    yield State("one service", query="service=uto-passport-renewal")
    yield State("no such days", query="from=2026-02-01&to=2026-01-01")
    yield State("not connected", away=True)


def at_own_day(desk: Desk) -> Iterator[State]:
    """Look at one's own day: nothing yet, then a message and a note."""
    yield State("nothing yet", opener("all-keys"))
    with Desk(desk.page.context.browser or pytest.fail("no browser"), desk.centre) as lead:
        lead.enter("lea.brunet")
        write_to_counters(lead)
    yield State("a message", query="done=noted")
    yield State("not connected", away=True)


def at_teams(desk: Desk) -> Iterator[State]:
    """Look at how the teams stand, with nobody there and with a counter that serves."""
    centre = desk.centre
    yield State("nobody", opener("all-keys"))
    with Desk(desk.page.context.browser or pytest.fail("no browser"), centre) as other:
        other.enter("ruth.adeyemi")
        other.sit_at("3")
        other.open()
        centre.crowd(20)
        other.waits(20)
        other.press("Space")
        other.stage("called")
    write_to_counters(desk)
    yield State("one serves", query="done=sent")
    yield State("not connected", away=True)


def write_to_counters(desk: Desk) -> None:
    """Write as much as fits."""
    desk.go("/team")
    desk.is_live()
    desk.page.fill("#write-text", "A made-up message of a lead, as long as such messages are at most. " * 4)
    desk.page.get_by_role("button", name="Send").click()
    desk.page.wait_for_url("**/team?done=sent")


def at_information(desk: Desk) -> Iterator[State]:
    """Look at what people read, in the list of its pages."""
    yield State("nothing yet", opener("all-keys"))
    write_pages(desk)
    yield State("six pages", query="done=saved")
    yield State("not connected", away=True)


def at_editor(desk: Desk) -> Iterator[State]:
    """Write a page, and look at it as people do."""
    yield State("a new page", opener("all-keys"))
    write_pages(desk)
    yield State("an old one", query="topic=emergency")
    yield State("not connected", away=True, query="topic=fees")


def write_pages(desk: Desk) -> None:
    """Give the centre the pages of the demo, of which one language is behind."""
    text = information.demo_pages()[0].replace('centre = "demo"', f'centre = "{desk.centre.id}"')
    changed = text.replace("Sit where the board can be seen.", "Sit where you see a board.")

    async def write() -> None:
        async with open_database(parse_url(None, desk.centre.server.data)) as database:
            for one in (text, changed):
                await database.write(
                    lambda connection, one=one: information.import_pages(  # type: ignore[misc]
                        connection, one, actor=Actor("system"), now=now_micros()
                    )
                )

    run_aside(write())


def at_catalogue(desk: Desk) -> Iterator[State]:
    """Look at what is set up, and at an earlier version of it."""
    yield State("the centre", opener("all-keys"))
    expect(desk.page.locator("#to-history")).to_be_visible()
    yield State("kinds", query="section=kinds")
    yield State("services", query="section=services")
    yield State("one version", query="history=1")
    yield State("not connected", away=True, query="section=rules")


def at_catalogue_form(desk: Desk) -> Iterator[State]:
    """Look at the form of a part."""
    yield State("a service", opener("all-keys"), query="section=services&part=0")
    expect(desk.page.locator("main")).to_be_visible()
    yield State("a kind", query="section=kinds&part=0")
    yield State("not connected", away=True, query="section=rules")


def at_begin(desk: Desk) -> Iterator[State]:
    """Look at the form in which a centre is outlined."""
    yield State("the outline", opener("all-keys"))
    expect(desk.page.locator("#store-outline")).to_be_visible()
    yield State("not connected", away=True)


def at_opening(desk: Desk) -> Iterator[State]:
    """Look at what a centre needs until it is open, and at one that is."""
    yield State("no ticket", opener("all-keys"))
    arrive(desk.centre, service="uto-passport-renewal")
    expect(desk.page.locator("#lives")).to_be_visible()
    yield State("open")
    yield State("not connected", away=True)


def at_list(desk: Desk) -> Iterator[State]:
    """Look at who waits, and at one of them."""
    centre = desk.centre
    yield State("nobody")
    centre.crowd(40)
    visit = ask_priority(centre)
    desk.go("/waiting")
    desk.is_live()
    yield State("crowded", opener("all-keys"))
    desk.page.locator("[data-row]").last.click()
    expect(desk.page.locator(".chosen-visit .history")).to_be_visible()
    yield State("chosen", opener("note-on", "cancel-it"), query=f"visit={visit.id}&language=ar")


#: Looks at an account.
WALKER: Final = "samir.nasser"

WALKS: Final = (
    Walk("ines.moreau", "/counter", at_counter),
    Walk("paula.costa", "/counter", with_money),
    Walk("elin.marsh", "/counter", with_money),
    Walk("noor.haddad", "/reception", at_reception),
    Walk("elin.marsh", "/reception", at_reception),
    Walk("noor.haddad", "/appointments", at_appointments),
    Walk("noor.haddad", "/visit-forms", at_visit_forms, "/reception"),
    Walk("elin.marsh", "/manager", at_manager),
    Walk("paula.costa", "/cash", at_cash_desk),
    Walk("elin.marsh", "/cash", at_cash_desk),
    Walk("jun.takeda", "/custody", at_custody),
    Walk("sofia.rossi", "/custody", at_bags),
    Walk("elin.marsh", "/custody", at_lockers),
    Walk("omar.sayed", "/audit", at_audit),
    Walk(WALKER, "/account", at_account),
    Walk("elin.marsh", "/colleagues", at_colleagues),
    Walk("elin.marsh", "/enrolment", at_enrolment),
    Walk("elin.marsh", "/staffing", at_staffing),
    Walk("elin.marsh", "/manager/forecast", at_forecast),
    Walk("elin.marsh", "/manager/accuracy", at_accuracy),
    Walk("elin.marsh", "/manager/figures", at_figures),
    Walk("elin.marsh", "/manager/figures/visits", at_visits_behind),
    Walk("elin.marsh", "/manager/figures/payments", at_payments_behind),
    Walk("elin.marsh", "/manager/figures/documents", at_documents_behind),
    Walk("ines.moreau", "/my-day", at_own_day, "/counter"),
    Walk("lea.brunet", "/team", at_teams),
    Walk("elin.marsh", "/organisation", at_all_centres),
    Walk("elin.marsh", "/organisation/compare", at_comparison),
    Walk("elin.marsh", "/information", at_information),
    Walk("elin.marsh", "/information/edit", at_editor),
    Walk("vera.lindqvist", "/catalogue", at_catalogue),
    Walk("vera.lindqvist", "/catalogue/edit", at_catalogue_form, "/catalogue"),
    Walk("vera.lindqvist", "/catalogue/begin", at_begin, "/catalogue"),
    Walk("vera.lindqvist", "/catalogue/opening", at_opening, "/catalogue"),
    Walk("ines.moreau", "/waiting", at_list),
    Walk("elin.marsh", "/waiting", at_list),
)


def test_every_page_of_staff_is_walked() -> None:
    """A page is what has an address without a parameter, and a part that is fetched anew."""
    parts = {page.path.removesuffix("/page") for page in KNOWN.pages if page.path.endswith("/page")}
    assert parts == {walk.path for walk in WALKS}


def look(desk: Desk, where: str) -> Iterator[str]:
    for width, height in SIZES:
        desk.page.set_viewport_size({"width": width, "height": height})
        yield from (f"{where}, {width}: {fault}" for fault in faults(desk.page))
    desk.page.set_viewport_size({"width": 1440, "height": 900})


def walked(desk: Desk, path: str, state: State) -> Iterator[str]:
    """Look at a state in every language, at last in English: as it stands, and with each of its dialogs open."""
    for language in sorted(LANGUAGES, key=lambda one: one == "en"):
        where = f"{state.name}, {language}"
        desk.go(f"{path}?lang={language}&{state.query}")
        desk.is_live()
        if state.away:
            desk.page.evaluate(NO_PATIENCE)
            expect(desk.page.locator("#band")).to_be_visible()
        yield from look(desk, where)
        for selector in state.dialogs:
            desk.page.locator(f"#page {selector}:visible, .bar {selector}:visible").first.click()
            opened = desk.page.locator("dialog[open], :popover-open")
            expect(opened).to_be_visible()
            if opened.locator("[data-found]").count():
                expect(opened.locator("[data-found]")).not_to_be_empty()
            yield from look(desk, f"{where}, {selector}")
            desk.press("Escape")
            expect(opened).to_have_count(0)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("walk", WALKS, ids=[f"{walk.login}-{walk.path[1:]}" for walk in WALKS])
def test_nothing_is_cut_off_hidden_or_too_small(browser: Browser, centre: Centre, walk: Walk) -> None:
    with Desk(browser, centre) as desk:
        desk.enter(walk.login)
        if "/counter" in {walk.path, walk.begins}:
            desk.sit_at("3")
        begins = f"{walk.begins or walk.path}?lang=en"
        desk.go(begins)
        desk.is_live()
        found: list[str] = []
        for state in walk.states(desk):
            found += walked(desk, walk.path, state)
            if state.away or state.query:
                desk.go(begins)
                desk.is_live()
        assert not found, "\n".join(found)


@pytest.mark.timeout(120)
def test_signing_in_is_not_cut_off(browser: Browser, centre: Centre) -> None:
    found: list[str] = []
    with Desk(browser, centre) as desk:
        for language in LANGUAGES:
            desk.go(f"/sign-in?lang={language}")
            found += look(desk, f"sign-in, {language}")
        desk.enter("ines.moreau")
        for language in LANGUAGES:
            desk.go(f"/sign-in/counter?lang={language}")
            found += look(desk, f"counters, {language}")
    assert not found, "\n".join(found)


@pytest.mark.timeout(120)
def test_a_phone_shows_its_ticket_whole(browser: Browser, centre: Centre) -> None:
    """On phones of 320 to 430 pixels; who is called reads the counter before what is announced."""
    found: list[str] = []
    with Office(browser, centre) as office, Desk(browser, centre, size=(360, 740)) as phone:
        office.look()
        visit = centre.issue()
        office.post("notices", {"kind": "announcement", "text": "delay", "where": "boards", "minutes": 15})
        office.post("counters/3/open", {})

        def look_at(state: str) -> None:
            for language in LANGUAGES:
                phone.go(f"/t/{centre.ticket(VisitId(visit.id))}?lang={language}")
                expect(phone.page.locator("[data-state]")).to_have_attribute("data-state", state)
                expect(phone.page.locator(".public-notice")).to_have_count(1)
                for width in (320, 360, 430):
                    phone.page.set_viewport_size({"width": width, "height": 740})
                    found.extend(f"{state}, {language}, {width}: {fault}" for fault in faults(phone.page))

        look_at("waiting")
        expect(phone.page.locator(".where")).to_be_visible()
        office.post("counters/3/call-next", {})
        look_at("called")
        call, told = (phone.page.locator(one).bounding_box() for one in (".go-to", ".public-notice"))
        assert call is not None
        assert told is not None
        assert call["y"] + call["height"] <= told["y"]
        office.post("counters/3/park", {"reason": "form", "minutes": 5})
        look_at("parked")
    assert not found, "\n".join(found)


def test_the_walk_sees_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 720, "height": 450})
    page.set_content(
        "<body style='margin:0'><p style='width:2000px'>wide</p><p style='font-size:11px'>small</p>"
        "<p style='width:60px;overflow:hidden;white-space:nowrap'>longer than its place</p>"
        "<div style='position:relative'><span>first words</span>"
        "<span style='position:absolute;left:0'>second words</span></div>"
        "<button style='width:40px;white-space:nowrap;overflow:visible'>too long for it</button>"
        "<input style='width:80px' placeholder='what is to be typed here'>"
    )
    said = "\n".join(faults(page))
    for kind in (
        "wider than the window",
        "too small",
        "cut off: p",
        "upon each other",
        "cut off: button",
        "placeholder",
    ):
        assert kind in said, (kind, said)
    page.close()
