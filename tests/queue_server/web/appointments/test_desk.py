"""Booking, finding, moving and cancelling at desks in Chromium against a real server, by keyboard alone."""

import io
from collections.abc import Callable
from typing import Any

import zxingcpp
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Route, expect

from queue_server.domain.appointments import AppointmentCode, shown_code
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.appointments.booker import DOCUMENT, SERVICE, Booker
from tests.queue_server.web.held import wait_until_carried
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_accessibility import large_letters


def stream(desk: Booker) -> str:
    return f"appointments/{desk.centre.id}/%"


def keep(routes: list[Route]) -> Callable[[Route], None]:
    """Keep requests on their way until the test lets them go."""

    def hold(route: Route) -> None:
        routes.append(route)

    return hold


# --- book ----------------------------------------------------------------------------------------------------------


def test_reception_books_the_next_free_time(reception: Booker) -> None:
    page = reception.page
    reception.to_appointments()
    reception.ring("#pick")
    reception.choose("1", "1", "1")
    reception.take()
    page.keyboard.type("someone@example.org")
    reception.press("Enter")
    one = reception.booked()
    assert (one["through"], one["state"], one["services"], one["party_size"]) == ("reception", "booked", [SERVICE], 1)
    assert one["people"] == [{"band": "adult", "count": 1}]
    assert reception.shown() == one["code"]
    expect(page.locator("#card .say")).to_contain_text(f"Your code is {shown_code(AppointmentCode(one['code']))}.")
    expect(page.locator("#say")).to_contain_text("Booked.")
    # The next one begins with an empty form.
    reception.press("F2")
    reception.ring("#pick")
    expect(page.locator("#picker .picked li")).to_have_count(0)
    reception.press("Escape")
    page.wait_for_url("**/reception")


def test_a_family_takes_a_day_ahead_without_contact(reception: Booker) -> None:
    page = reception.page
    reception.to_appointments()
    reception.keys("1", "1", "1")
    page.fill("#party-age-child", "2")
    page.select_option("#language", "ar")
    page.locator("#pick").focus()
    reception.press("Enter")
    reception.ring("#times .soonest button")
    expect(page.locator("#times .second").first).to_contain_text("Party of 3")
    # Over the weeks with the arrows, then over the times of that day.
    reception.press("ArrowDown")
    reception.ring("#times .tile[data-day]")
    reception.keys("ArrowRight", "ArrowRight")
    day = page.evaluate("new URL(document.activeElement.href).searchParams.get('day')")
    reception.press("Enter")
    reception.ring("#times .clocks button")
    reception.press("ArrowRight")
    expect(page.locator("#times .clocks button").nth(1)).to_be_focused()
    clock = page.locator("#times .clocks button").nth(1).inner_text().strip()
    reception.take()
    # Nothing of how they are reached.
    reception.press("Enter")
    one = reception.booked()
    assert (one["day"], one["clock"], one["party_size"], one["language"]) == (day, clock, 3, "ar")
    expect(page.locator("#card .say b")).to_have_attribute("lang", "ar")


def test_a_counter_books_for_whom_it_serves_and_for_whom_it_has_just_served(counter: Booker) -> None:
    page = counter.page
    visit = counter.centre.issue(SERVICE, language="fr")
    counter.waits(1)
    counter.press("Space")
    counter.stage("called")
    counter.press("Enter")
    counter.stage("serving")
    counter.to_appointments("Shift+A")
    # What the visit came for stands there, and the next free time has the ring.
    expect(page.locator("#as-for")).to_contain_text(visit.code[1:])
    expect(page.locator("#picker .picked li")).to_have_count(1)
    counter.ring("#times .soonest button")
    counter.take()
    counter.press("Enter")
    one = counter.booked()
    assert (one["through"], one["services"], one["language"]) == ("counter", [SERVICE], "fr")
    counter.press("Escape")
    page.wait_for_url("**/counter")
    counter.is_live()
    counter.stage("serving")
    counter.press("KeyF")
    counter.stage("idle")
    # They are on their way, and come back: another service this time.
    expect(page.locator("#to-appointments")).to_have_attribute("href", f"/appointments?visit={visit.id}")
    counter.to_appointments("Shift+A")
    counter.ring("#times .soonest button")
    counter.press("F2")
    counter.ring("#pick")
    page.keyboard.type("uto certified", delay=2)
    counter.keys("Enter", "Enter")
    counter.ring("#times .soonest button")
    counter.take()
    counter.press("Enter")
    assert counter.booked()["services"] == ["uto-certified-copy"]


def test_what_is_held_is_let_go(reception: Booker) -> None:
    reception.to_appointments()
    reception.choose("1", "1", "1")
    reception.take()
    reception.press("Escape")
    expect(reception.page.locator("#held")).to_have_count(0)
    reception.ring("#times .soonest button")
    assert reception.centre.events("hold-released", stream(reception)) == 1
    assert reception.centre.events("appointment-booked", stream(reception)) == 0


def test_a_key_right_behind_another_one_takes_no_second_time(reception: Booker) -> None:
    page = reception.page
    held: list[Route] = []
    parts: list[Route] = []
    reception.to_appointments()
    reception.choose("1", "1", "1")
    page.route("**/appointments/holds", keep(held))
    wait_until_carried(page)
    reception.press("Enter")
    while not held:
        page.wait_for_timeout(10)
    # The answer is on its way, and then the page that follows from it.
    reception.keys("Enter", "ArrowRight", "Enter")
    page.route("**/appointments/page?*", keep(parts))
    wait_until_carried(page)
    held.pop().continue_()
    while not any("hold=" in one.request.url for one in parts):
        page.wait_for_timeout(10)
        for one in [each for each in parts if "hold=" not in each.request.url]:
            parts.remove(one)
            one.continue_()
    reception.keys("Enter", "ArrowRight", "Enter")
    page.unroute("**/appointments/page?*")
    for one in parts:
        one.continue_()
    reception.ring("#book-email")
    assert not held
    assert reception.centre.events("time-held", stream(reception)) == 1
    assert reception.centre.events("appointment-booked", stream(reception)) == 0


def test_what_is_not_right_is_said_and_nothing_typed_is_lost(reception: Booker) -> None:
    page = reception.page
    reception.to_appointments()
    reception.choose("1", "1", "1")
    reception.take()
    page.keyboard.type("nobody at nowhere")
    reception.press("Enter")
    reception.notice("The e-mail address or the telephone number is not right.")
    expect(page.locator("#book-email")).to_have_value("nobody at nowhere")
    page.fill("#book-email", "")
    reception.press("Enter")
    reception.booked()


def test_the_document_is_asked_for_where_a_centre_confirms_with_it(browser: Browser, strict: Centre) -> None:
    with Booker(browser, strict) as desk:
        desk.receive()
        desk.to_appointments()
        desk.choose("1", "1", "1")
        desk.press("Enter")
        desk.ring("#book-document")
        # Scanned, it is the number that is asked for.
        desk.scan(DOCUMENT)
        expect(desk.page.locator("#book-document")).to_have_value(DOCUMENT)
        desk.press("Enter")
        assert desk.booked()["has_document"] is True
        # It finds the appointment again, typed as people type.
        desk.find(f"{DOCUMENT[:4].lower()} {DOCUMENT[4:]}")
        expect(desk.page.locator("#card")).to_be_visible()


def test_a_service_without_appointments_is_not_offered(reception: Booker) -> None:
    reception.to_appointments()
    reception.page.keyboard.type("money", delay=2)
    expect(reception.page.locator("#way")).to_contain_text("Nothing fits")


# --- find, move and cancel -----------------------------------------------------------------------------------------


def test_an_appointment_is_found_by_code_scan_and_time(reception: Booker) -> None:
    page = reception.page
    answer = reception.book()
    one = answer["appointment"]
    reception.to_appointments()
    expect(page.locator("#found-rows li")).to_have_count(1)
    reception.find(shown_code(AppointmentCode(one["code"])).lower())
    expect(page.locator("#card-code")).to_have_text(shown_code(AppointmentCode(one["code"])))
    reception.press("F2")
    reception.ring("#pick")
    reception.scan(f"https://centre.example/b/{answer['token']}")
    expect(page.locator("#card-code")).to_have_text(shown_code(AppointmentCode(one["code"])))
    expect(page.locator("#pick")).to_have_value("")
    reception.press("F2")
    reception.ring("#pick")
    reception.find(one["clock"][:2])
    expect(page.locator("#card-code")).to_have_text(shown_code(AppointmentCode(one["code"])))
    second = reception.book()["appointment"]
    assert second["at"] == one["at"]
    reception.find(one["clock"])
    expect(page.locator(".found-head")).to_contain_text("2 appointments found")
    reception.ring("#found-rows a")
    reception.keys("ArrowDown", "Enter")
    expect(page.locator("#card")).to_be_visible()
    for nobody in ("ZZZZ ZZZZ", "99", "XX0000000"):
        reception.find(nobody)
        reception.notice("No appointment here has this code, document or time.")
    # A link that no server of this house has made.
    reception.scan("https://centre.example/b/" + "A" * 43)
    reception.notice("No appointment here has this code, document or time.")


def test_an_appointment_is_moved_and_keeps_its_code(reception: Booker) -> None:
    page = reception.page
    before = reception.book()["appointment"]
    reception.look_at(f"appointment={before['id']}")
    reception.press("F3")
    reception.ring("#times .soonest button")
    expect(page.locator("#times")).to_contain_text("stays theirs until another one is taken")
    reception.press("Escape")
    expect(page.locator("#times")).to_have_count(0)
    reception.press("F3")
    reception.ring("#times .soonest button")
    reception.press("ArrowDown")
    reception.keys("ArrowRight", "ArrowRight", "ArrowRight")
    reception.press("Enter")
    reception.ring("#times .clocks button")
    reception.press("Enter")
    after = reception.booked()
    assert (after["id"], after["code"], after["state"]) == (before["id"], before["code"], "booked")
    assert after["day"] > before["day"]
    expect(page.locator("#done")).to_contain_text("Moved.")


def test_an_appointment_is_cancelled_after_a_question(reception: Booker) -> None:
    page = reception.page
    one = reception.book()["appointment"]
    reception.look_at(f"appointment={one['id']}")
    reception.press("F10")
    # The ring is on keeping it.
    expect(page.locator("dialog[open] [data-close].button")).to_be_focused()
    reception.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert reception.appointment(one["id"])["state"] == "booked"
    reception.press("F10")
    reception.keys("Tab", "Enter")
    expect(page.locator("#done")).to_contain_text("Cancelled.")
    assert reception.appointment(one["id"])["state"] == "cancelled"
    # Nothing more can be done with it.
    expect(page.locator("#card .hand-acts :is(a, button)")).to_have_count(0)


def test_what_somebody_else_has_done_meanwhile_is_said(reception: Booker) -> None:
    page = reception.page
    one = reception.book(days=2)["appointment"]
    reception.look_at(f"appointment={one['id']}&move=1")
    reception.ring("#times .soonest button")
    reception.may_be_cut = True
    page.route("**/appointments/page*", lambda route: route.abort())
    wait_until_carried(page)
    reception.api(f"appointments/{one['id']}/cancel", {})
    reception.press("Enter")
    reception.notice("This appointment has been cancelled, moved or used.")
    page.unroute_all()
    page.evaluate("htmx.trigger(document.getElementById('page'), 'live:refresh')")
    expect(page.locator("#card")).to_contain_text("cancelled")
    assert reception.appointment(one["id"])["state"] == "cancelled"


def test_the_slip_has_code_link_and_what_to_bring(reception: Booker) -> None:
    answer = reception.book(language="fr")
    one = answer["appointment"]
    reception.look_at(f"appointment={one['id']}")
    with reception.context.expect_page() as opened:
        reception.press("F7")
    paper = opened.value
    paper.wait_for_load_state()
    expect(paper.locator("html")).to_have_attribute("lang", "fr")
    expect(paper.locator(".paper-number b").first).to_have_text(shown_code(AppointmentCode(one["code"])))
    expect(paper.locator(".slip-clock")).to_have_text(one["clock"])
    expect(paper.locator(".to-bring")).not_to_have_count(0)
    assert violations(paper) == []
    assert read_qr(paper.locator(".paper-qr .qr").screenshot()) == f"{reception.server.address}/b/{answer['token']}"


def test_only_those_at_desks_see_it(centre: Centre) -> None:
    for login, status in (("omar.sayed", 403), ("jun.takeda", 403), ("elin.marsh", 200)):
        with PageClient(centre) as client:
            client.enter(login)
            client.get("/appointments", status)
    with PageClient(centre) as client:
        assert client.get("/appointments").address.partition("?")[0].endswith("/sign-in")


# --- for everybody -------------------------------------------------------------------------------------------------


def look(desk: Booker, state: str) -> None:
    """Look at a state with axe in Arabic, and with large letters in every language: its address has all of it."""
    assert violations(desk.page) == [], state
    address = desk.page.url
    for language in LANGUAGES:
        desk.page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        desk.is_live()
        expect(desk.page.locator("html")).to_have_attribute("lang", language)
        large_letters(desk)


def test_axe_finds_nothing_and_large_letters_fit(browser: Browser, centre: Centre) -> None:
    with Booker(browser, centre, language="ar") as desk:
        desk.receive()
        desk.to_appointments()
        look(desk, "empty")
        desk.choose("1", "1", "1")
        look(desk, "times")
        desk.page.locator("#times .soonest button").first.focus()
        desk.take()
        look(desk, "held")
        desk.page.locator("#book-email").focus()
        desk.press("Enter")
        desk.booked()
        look(desk, "booked")
        desk.press("F10")
        expect(desk.page.locator("dialog[open]")).to_be_visible()
        assert violations(desk.page) == [], "cancel"
        desk.press("Escape")
        desk.press("F3")
        desk.ring("#times .soonest button")
        look(desk, "move")
        desk.press("F1")
        assert violations(desk.page) == [], "keys"


def read_qr(picture: bytes) -> Any:
    """Read a QR code by a reader of another hand."""
    drawn = ImageOps.expand(Image.open(io.BytesIO(picture)).convert("L"), border=40, fill=255)
    return zxingcpp.read_barcodes(drawn.resize((drawn.width * 3, drawn.height * 3)))[0].text
