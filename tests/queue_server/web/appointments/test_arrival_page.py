"""Who comes to reception with an appointment, without a browser: what it is worth, and the next step."""

from typing import Any

import msgspec

from queue_server.domain.appointments import AppointmentCode, shown_code
from tests.queue_server.web.appointments.booker import DOCUMENT, appointment, book
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre


def link(token: str) -> str:
    return f"https://centre.example/b/{token}"


def arrive(front: PageClient, text: str, *, found: bool = True) -> HtmlPage:
    """Type or scan something; return the dialog that the page shows of it."""
    answer = msgspec.json.decode(front.post("/appointments/arrival", {"text": text}).html)
    assert answer["found"] is found
    return HtmlPage.part(answer["html"])


def head(dialog: HtmlPage) -> str:
    return dialog.one(".arrival-head").text


def checked_in(centre: Centre) -> int:
    return centre.events("appointment-checked-in", f"appointments/{centre.id}/%")


def test_an_appointment_gets_its_ticket_once_by_code_document_and_link(front: PageClient) -> None:
    answer = book(front, document=DOCUMENT)
    one: Any = answer["appointment"]
    for text in (shown_code(AppointmentCode(one["code"])).lower(), DOCUMENT, link(answer["token"])):
        dialog = arrive(front, text)
        assert head(dialog) == "On time", text
        assert "Booked with a document" in dialog.text
    visit = front.press(dialog.one("#act-admit"))["visit"]
    hand = front.post("/reception/page", {"visit": visit["id"], "typed": "", "only": "", "service": ""})
    assert f"Appointment {one['clock']}" in hand.one("#hand .tags").text
    assert checked_in(front.centre) == 1
    assert appointment(front, one["id"])["state"] == "checked-in"
    # Once more: they have come, and the ticket is shown.
    again = arrive(front, link(answer["token"]))
    assert head(again) == "They have come with it already"
    assert visit["code"][1:] in again.one(".arrival-do").text
    assert again.one("#act-show-ticket")["data-show"] == visit["id"]
    assert not again.has("#act-admit")


def test_another_day_is_moved_or_waits_as_others_do(front: PageClient) -> None:
    answer = book(front, days=3, party_size=2, language="fr")
    dialog = arrive(front, link(answer["token"]))
    assert head(dialog) == "It is on another day"
    walk_in = dialog.data("#act-walk-in", "walk-in")
    assert (walk_in["party_size"], walk_in["language"]) == (2, "fr")
    assert walk_in["services"] == answer["appointment"]["services"]
    move = dialog.one("#act-other-time")
    assert "data-focus" in move
    assert front.get(move["href"]).has("#times .soonest button")


def test_what_was_cancelled_or_never_was(front: PageClient) -> None:
    answer = book(front)
    front.api(f"appointments/{answer['appointment']['id']}/cancel")
    dialog = arrive(front, link(answer["token"]))
    assert head(dialog) == "It was cancelled"
    assert "data-focus" in dialog.one("#act-walk-in")
    assert not dialog.has("#act-admit")
    never = arrive(front, link("A" * 43), found=False)
    assert head(never) == "No such appointment here"
    assert [button["class"] for button in never.all("footer button")] == ["button filled"]
    assert checked_in(front.centre) == 0


def test_of_another_centre_it_says_where(front: PageClient) -> None:
    other = Centre(front.server, front.server.unused.popleft())
    with PageClient(other) as there:
        there.enter("noor.haddad")
        there.get("/reception")
        token = book(there)["token"]
    dialog = arrive(front, link(token))
    assert head(dialog) == "It is at another centre"
    assert not dialog.has("#act-admit")
    # Nothing else of it is told here, and it is not found among those of this centre.
    assert "Renew a passport" not in dialog.text
    assert front.post("/appointments/find", {"text": link(token)}).html == '{"found":[]}'


def test_somebody_came_with_it_a_moment_before(front: PageClient) -> None:
    answer = book(front)
    one = answer["appointment"]
    dialog = arrive(front, link(answer["token"]))
    body = {"services": one["services"], "category": "walk-in", "language": "en", "appointment": one["id"]}
    front.api("visits", body)
    front.press(dialog.one("#act-admit"), refused="check-in-refused")
    said = front.get("/reception").one("#refusals [data-code=check-in-refused]").text
    assert said.startswith("With this appointment nobody comes in now")
    assert checked_in(front.centre) == 1
