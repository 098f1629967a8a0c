"""Who comes to reception with an appointment, in Chromium: scanned, moved, admitted; and what they bring is ticked."""

from playwright.sync_api import expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.appointments.booker import DOCUMENT, Booker
from tests.queue_server.web.reception_desk import in_hand, issued

#: The item of the list that each of them brings.
OLD_PASSPORT = "#paper-uto-passport-renewal-old-passport"


def says(desk: Booker, head: str) -> None:
    expect(desk.page.locator("#arrival[open] .arrival-head")).to_contain_text(head)


def closed(desk: Booker) -> None:
    expect(desk.page.locator("dialog[open]")).to_have_count(0)


def checked_in(desk: Booker) -> int:
    return desk.centre.events("appointment-checked-in", f"appointments/{desk.centre.id}/%")


def test_another_day_waits_as_others_do_or_is_moved_to_now(reception: Booker) -> None:
    page = reception.page
    answer = reception.book(days=3, party_size=2, language="fr")
    link = f"https://centre.example/b/{answer['token']}"
    reception.scan(link, "issue")
    says(reception, "It is on another day")
    assert violations(page) == []
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
    closed(reception)
    assert checked_in(reception) == 1
    # Once more: they have come, and the ticket is shown.
    code = in_hand(reception)
    reception.press("F2")
    reception.scan(link, "issue")
    says(reception, "They have come with it already")
    expect(page.locator("#arrival")).to_contain_text(code[1:])
    reception.press("Enter")
    closed(reception)
    assert in_hand(reception) == code
    # What they bring is ticked here.
    assert violations(page) == []
    expect(page.locator("#papers-line")).to_have_text("Papers: 0 of 10 seen")
    reception.press("F3")
    reception.ring(f"{OLD_PASSPORT}-adult-1")
    reception.press("Enter")
    reception.ring(f"{OLD_PASSPORT}-adult-2")
    reception.press("KeyD")
    expect(page.locator(f"{OLD_PASSPORT}-adult-2")).to_contain_text("Differs")
    expect(page.locator("#papers-line")).to_contain_text("Papers: 1 of 10 seen")
    assert reception.centre.events("requirement-checked", "checklist/%") >= 2
    # Beside the list the keys are those of the page again.
    reception.keys("Escape", "F2")
    reception.ring("#pick")


def test_a_code_is_typed_and_what_is_over_or_never_was_is_closed_with_a_key(reception: Booker) -> None:
    page = reception.page
    one = reception.book(document=DOCUMENT)["appointment"]
    reception.press("F4")
    page.keyboard.type(f"{one['code'][:4]} {one['code'][4:]}".lower())
    reception.press("Enter")
    says(reception, "On time")
    reception.press("Escape")
    closed(reception)
    # Its document, scanned wherever one is: there is no ticket on it, but an appointment.
    reception.scan(DOCUMENT, "issue")
    says(reception, "On time")
    expect(page.locator("#arrival")).to_contain_text("Booked with a document")
    # Somebody comes with it a moment before.
    body = {"services": one["services"], "category": "walk-in", "language": "en", "appointment": one["id"]}
    reception.api("visits", body)
    reception.press("Enter")
    expect(page.locator("#arrival [data-error]")).to_contain_text("With this appointment nobody comes in now")
    reception.press("Escape")
    closed(reception)
    answer = reception.book()
    reception.api(f"appointments/{answer['appointment']['id']}/cancel", {})
    reception.scan(f"https://centre.example/b/{answer['token']}", "issue")
    says(reception, "It was cancelled")
    reception.press("Enter")
    closed(reception)
    reception.ring("#pick")
    reception.press("Enter")
    issued(reception, 2)
    expect(page.locator("#hand .tags")).to_contain_text("Walk-in")
    assert checked_in(reception) == 1
    reception.scan("https://centre.example/b/" + "A" * 43, "issue")
    says(reception, "No such appointment here")
    reception.press("Enter")
    closed(reception)
