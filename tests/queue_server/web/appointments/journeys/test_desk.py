"""Booking, finding, moving and cancelling at desks in Chromium against a real server, by keyboard alone."""

import io
from collections.abc import Callable
from typing import Any

import zxingcpp
from PIL import Image, ImageOps
from playwright.sync_api import Route, expect

from queue_server.domain.appointments import AppointmentCode, shown_code
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.appointments.booker import DOCUMENT, SERVICE, Booker
from tests.queue_server.web.held import wait_until_carried


def stream(desk: Booker) -> str:
    return f"appointments/{desk.centre.id}/%"


def keep(routes: list[Route]) -> Callable[[Route], None]:
    """Keep requests on their way until the test lets them go."""

    def hold(route: Route) -> None:
        routes.append(route)

    return hold


def begin_anew(desk: Booker) -> None:
    desk.press("F2")
    desk.ring("#pick")
    expect(desk.page.locator("#picker .picked li")).to_have_count(0)


# --- book ----------------------------------------------------------------------------------------------------------


def test_reception_books_by_keyboard_alone(reception: Booker) -> None:
    page, centre = reception.page, reception.centre
    reception.to_appointments()
    reception.ring("#pick")
    # A service that needs no appointment is not offered.
    page.keyboard.type("money", delay=2)
    expect(page.locator("#way")).to_contain_text("Nothing fits")
    reception.press("Escape")
    # What is held is let go.
    reception.choose("1", "1", "1")
    assert violations(page) == [], "times"
    reception.take()
    assert violations(page) == [], "held"
    reception.press("Escape")
    expect(page.locator("#held")).to_have_count(0)
    reception.ring("#times .soonest button")
    assert centre.events("hold-released", stream(reception)) == 1
    assert centre.events("appointment-booked", stream(reception)) == 0
    # What is not right is said, and nothing typed is lost.
    reception.take()
    page.keyboard.type("nobody at nowhere")
    reception.press("Enter")
    reception.notice("The e-mail address or the telephone number is not right.")
    expect(page.locator("#book-email")).to_have_value("nobody at nowhere")
    page.fill("#book-email", "someone@example.org")
    reception.press("Enter")
    one = reception.booked()
    assert (one["through"], one["state"], one["services"], one["party_size"]) == ("reception", "booked", [SERVICE], 1)
    assert one["people"] == [{"band": "adult", "count": 1}]
    assert reception.shown() == one["code"]
    expect(page.locator("#card .say")).to_contain_text(f"Your code is {shown_code(AppointmentCode(one['code']))}.")
    expect(page.locator("#say")).to_contain_text("Booked.")
    with reception.context.expect_page() as opened:
        reception.press("F7")
    assert violations(opened.value) == [], "slip"
    read = read_qr(opened.value.locator(".paper-qr .qr").screenshot())
    assert read.startswith(f"{reception.server.address}/b/")
    opened.value.close()
    # The next one begins with an empty form.
    begin_anew(reception)
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


def test_the_document_is_asked_for_where_a_centre_confirms_with_it(strict_reception: Booker) -> None:
    desk = strict_reception
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


# --- find, move and cancel -----------------------------------------------------------------------------------------


def test_an_appointment_is_found_moved_and_cancelled_by_keyboard_alone(reception: Booker) -> None:
    page = reception.page
    answer = reception.book()
    before = answer["appointment"]
    reception.to_appointments()
    expect(page.locator("#found-rows li")).to_have_count(1)
    reception.scan(f"https://centre.example/b/{answer['token']}")
    expect(page.locator("#card-code")).to_have_text(shown_code(AppointmentCode(before["code"])))
    expect(page.locator("#pick")).to_have_value("")
    begin_anew(reception)
    assert reception.book()["appointment"]["at"] == before["at"]
    reception.find(before["clock"])
    expect(page.locator(".found-head")).to_contain_text("2 appointments found")
    reception.ring("#found-rows a")
    reception.keys("ArrowDown", "Enter")
    expect(page.locator("#card")).to_be_visible()
    reception.find("99")
    reception.notice("No appointment here has this code, document or time.")
    reception.press("Escape")
    begin_anew(reception)
    reception.find(shown_code(AppointmentCode(before["code"])).lower())
    reception.ring("#card .hand-acts a")
    expect(page.locator("#card-code")).to_have_text(shown_code(AppointmentCode(before["code"])))
    # It is moved, and keeps its code.
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
    # It is cancelled after a question: the ring is on keeping it.
    reception.press("F10")
    expect(page.locator("dialog[open] [data-close].button")).to_be_focused()
    reception.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert reception.appointment(after["id"])["state"] == "booked"
    reception.press("F10")
    reception.keys("Tab", "Enter")
    expect(page.locator("#done")).to_contain_text("Cancelled.")
    assert reception.appointment(after["id"])["state"] == "cancelled"
    # Nothing more can be done with it.
    expect(page.locator("#card .hand-acts :is(a, button)")).to_have_count(0)


def read_qr(picture: bytes) -> Any:
    """Read a QR code by a reader of another hand."""
    drawn = ImageOps.expand(Image.open(io.BytesIO(picture)).convert("L"), border=40, fill=255)
    return zxingcpp.read_barcodes(drawn.resize((drawn.width * 3, drawn.height * 3)))[0].text
