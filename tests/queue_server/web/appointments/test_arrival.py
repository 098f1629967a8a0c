"""Who comes to reception with an appointment: taken by code, scan and document; and what they bring is ticked there."""

from playwright.sync_api import Browser, expect

from queue_server.domain.appointments import AppointmentCode, shown_code
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.appointments.booker import DOCUMENT, Booker
from tests.queue_server.web.reception_desk import in_hand, issued
from tests.queue_server.web.server import Centre


def says(desk: Booker, head: str) -> None:
    expect(desk.page.locator("#arrival[open] .arrival-head")).to_contain_text(head)


def closed(desk: Booker) -> None:
    expect(desk.page.locator("dialog[open]")).to_have_count(0)


def checked_in(desk: Booker) -> int:
    return desk.centre.events("appointment-checked-in", f"appointments/{desk.centre.id}/%")


def test_a_scanned_appointment_gets_its_ticket_once(reception: Booker) -> None:
    page = reception.page
    answer = reception.book()
    reception.scan(f"https://centre.example/b/{answer['token']}", "issue")
    says(reception, "On time")
    expect(page.locator("#pick")).to_have_value("")
    reception.press("Enter")
    issued(reception, 1)
    closed(reception)
    expect(page.locator("#hand .tags")).to_contain_text(f"Appointment {answer['appointment']['clock']}")
    code = in_hand(reception)
    assert checked_in(reception) == 1
    assert reception.appointment(answer["appointment"]["id"])["state"] == "checked-in"
    # Once more: they have come, and the ticket is shown.
    reception.press("F2")
    reception.scan(f"https://centre.example/b/{answer['token']}", "issue")
    says(reception, "They have come with it already")
    expect(page.locator("#arrival")).to_contain_text(code[1:])
    reception.press("Enter")
    closed(reception)
    assert in_hand(reception) == code
    assert checked_in(reception) == 1


def test_it_is_found_by_code_and_by_document(reception: Booker) -> None:
    one = reception.book(document=DOCUMENT)["appointment"]
    reception.press("F4")
    reception.page.keyboard.type(shown_code(AppointmentCode(one["code"])).lower())
    reception.press("Enter")
    says(reception, "On time")
    reception.press("Escape")
    closed(reception)
    # Its document, scanned wherever one is: there is no ticket on it, but an appointment.
    reception.scan(DOCUMENT, "issue")
    says(reception, "On time")
    expect(reception.page.locator("#arrival")).to_contain_text("Booked with a document")
    reception.press("Enter")
    issued(reception, 1)
    assert checked_in(reception) == 1


def test_another_day_is_moved_to_now_or_waits_as_others_do(reception: Booker) -> None:
    page = reception.page
    answer = reception.book(days=3, party_size=2, language="fr")
    link = f"https://centre.example/b/{answer['token']}"
    reception.scan(link, "issue")
    says(reception, "It is on another day")
    page.locator("#act-walk-in").click()
    closed(reception)
    expect(page.locator("#picked li")).to_have_count(1)
    expect(page.locator("#party")).to_have_value("2")
    expect(page.locator("#language")).to_have_value("fr")
    reception.press("F2")
    reception.scan(link, "issue")
    says(reception, "It is on another day")
    # The filled button: another time, which is the next one.
    reception.press("Enter")
    page.wait_for_url("**/appointments?**")
    reception.is_live()
    reception.ring("#times .soonest button")
    reception.press("Enter")
    assert reception.booked()["day"] < answer["appointment"]["day"]
    # They are here: the ticket is one key away.
    reception.press("F6")
    page.wait_for_url("**/reception")
    says(reception, "On time")
    reception.press("Enter")
    issued(reception, 1)
    assert checked_in(reception) == 1


def test_what_was_cancelled_or_never_was(reception: Booker) -> None:
    page = reception.page
    answer = reception.book()
    reception.api(f"appointments/{answer['appointment']['id']}/cancel", {})
    reception.scan(f"https://centre.example/b/{answer['token']}", "issue")
    says(reception, "It was cancelled")
    reception.press("Enter")
    closed(reception)
    reception.ring("#pick")
    reception.press("Enter")
    issued(reception, 1)
    expect(page.locator("#hand .tags")).to_contain_text("Walk-in")
    assert checked_in(reception) == 0
    reception.scan("https://centre.example/b/" + "A" * 43, "issue")
    says(reception, "No such appointment here")
    reception.press("Enter")
    closed(reception)


def test_of_another_centre_it_says_where(reception: Booker, browser: Browser) -> None:
    other = Centre(reception.server, reception.server.unused.popleft())
    with Booker(browser, other) as there:
        there.receive()
        token = there.book()["token"]
    reception.scan(f"https://centre.example/b/{token}", "issue")
    says(reception, "It is at another centre")
    expect(reception.page.locator("#act-admit")).to_have_count(0)
    # Nothing else of it is told here.
    expect(reception.page.locator("#arrival")).not_to_contain_text("Renew a passport")


def test_somebody_came_with_it_a_moment_before(reception: Booker) -> None:
    page = reception.page
    answer = reception.book()
    one = answer["appointment"]
    reception.scan(f"https://centre.example/b/{answer['token']}", "issue")
    says(reception, "On time")
    body = {"services": one["services"], "category": "walk-in", "language": "en", "appointment": one["id"]}
    reception.api("visits", body)
    reception.press("Enter")
    expect(page.locator("#arrival [data-error]")).to_contain_text("With this appointment nobody comes in now")
    assert checked_in(reception) == 1


def test_what_they_bring_is_ticked_at_reception(reception: Booker) -> None:
    page = reception.page
    reception.keys("1", "1", "1", "Enter")
    issued(reception, 1)
    expect(page.locator("#papers-line")).to_have_text("Papers: 0 of 5 seen")
    reception.press("F3")
    reception.ring("#paper-uto-passport-renewal-old-passport-adult-1")
    reception.press("Enter")
    reception.ring("#paper-uto-passport-renewal-form-adult-1")
    reception.press("KeyD")
    expect(page.locator("#paper-uto-passport-renewal-form-adult-1")).to_contain_text("Differs")
    expect(page.locator("#papers-line")).to_contain_text("Papers: 1 of 5 seen")
    assert reception.centre.events("requirement-checked", "checklist/%") >= 2
    # Beside the list the keys are those of the page again.
    reception.keys("Escape", "F2")
    reception.ring("#pick")


def test_axe_finds_nothing(browser: Browser, centre: Centre) -> None:
    """Axe looks at the structure of a page, which is the same in all languages."""
    with Booker(browser, centre, language="ar") as desk:
        desk.receive()
        now, later = desk.book(), desk.book(days=2)
        for token in (later["token"], now["token"]):
            desk.scan(f"https://centre.example/b/{token}", "issue")
            expect(desk.page.locator("#arrival[open]")).to_be_visible()
            assert violations(desk.page) == []
            if token == later["token"]:
                desk.press("Escape")
                closed(desk)
        desk.press("Enter")
        issued(desk, 1)
        closed(desk)
        expect(desk.page.locator("#papers")).to_be_visible()
        assert violations(desk.page) == []
