"""The page of appointments at desks without a browser: for whom one is booked, found, refused and printed."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from queue_server.domain.appointments import AppointmentCode, shown_code
from tests.queue_server.web.appointments.booker import DOCUMENT, SERVICE, appointment, book
from tests.queue_server.web.counter_page import press
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_reception_presenter import read_qr

#: An id that nobody has.
NOWHERE = "0" * 36


def book_soonest(client: PageClient, page: HtmlPage, *, refused: str = "", **contact: str) -> Any:
    """Take the next free time of a page and book it, as its buttons and forms declare; return the appointment."""
    hold = client.press(page.all("#times .soonest button")[0])["hold"]
    at = int(datetime.fromisoformat(hold["at"]).timestamp()) * 1_000_000
    held = client.get(f"/appointments?{page.one('#now')['data-query']}&at={at}&hold={hold['id']}").one("#held form")
    fields = held.fields()
    body: dict[str, Any] = {name: fields[name] for name in ("at", "hold", "language")}
    body |= {"services": [fields["services"]], "people": msgspec.json.decode(fields["people"])}
    if contact:
        body["contact"] = {"language": fields["language"]} | contact
    answer = client.press(held, refused=refused, **body)
    return None if refused else answer["appointment"]


def find(client: PageClient, text: str) -> list[str]:
    """Return the ids of what is found by what was typed or scanned."""
    found: list[str] = msgspec.json.decode(client.post("/appointments/find", {"text": text}).html)["found"]
    return found


def said_of(client: PageClient, code: str) -> str:
    """Return what the page says of a refusal."""
    return client.get("/appointments").one(f"#refusals [data-code={code}]").text


def test_a_counter_books_for_whom_it_serves_and_for_whom_it_has_just_served(clerk: PageClient) -> None:
    visit = clerk.centre.issue(SERVICE, language="fr")
    press(clerk, "#act-call-next")
    link = press(clerk, "#act-start").one("#to-appointments")
    assert (link["data-code"], "data-shift" in link) == ("KeyA", True)
    assert link["href"] == f"/appointments?visit={visit.id}"
    # What the visit came for stands there, with free times.
    page = clerk.get(link["href"])
    assert visit.code[1:] in page.one("#as-for").text
    assert page.data("#want", "chosen") == [SERVICE]
    assert page.one("#back")["href"] == "/counter"
    one = book_soonest(clerk, page)
    assert (one["through"], one["services"], one["language"]) == ("counter", [SERVICE], "fr")
    # They are on their way, and come back.
    done = press(clerk, "#act-finish")
    assert done.one("#now")["data-stage"] == "idle"
    assert done.one("#to-appointments")["href"] == link["href"]
    assert clerk.get(link["href"]).has("#times .soonest button")


def test_an_address_that_is_none_is_refused_with_words(front: PageClient) -> None:
    page = front.get(f"/appointments?service={SERVICE}&age-adult=1")
    book_soonest(front, page, refused="contact-invalid", email="nobody at nowhere")
    assert said_of(front, "contact-invalid").startswith("The e-mail address or the telephone number is not right.")
    assert book_soonest(front, page, email="someone@example.org")["state"] == "booked"


def test_an_appointment_is_found_by_code_scan_and_time(front: PageClient) -> None:
    assert front.get("/appointments").all("#found-rows li") == []
    answer = book(front)
    one = answer["appointment"]
    (row,) = front.get("/appointments").all("#found-rows a")
    assert row["href"].endswith(f"appointment={one['id']}")
    code = shown_code(AppointmentCode(one["code"]))
    for text in (code.lower(), one["code"], f"https://centre.example/b/{answer['token']}", one["clock"][:2]):
        assert find(front, text) == [one["id"]], text
    second = book(front, document=DOCUMENT)["appointment"]
    assert second["at"] == one["at"]
    found = find(front, one["clock"])
    assert sorted(found) == sorted([one["id"], second["id"]])
    shown = front.get(f"/appointments?found={','.join(found)}")
    assert shown.one(".found-head").text == "2 appointments found 2"
    assert find(front, f"{DOCUMENT[:4].lower()} {DOCUMENT[4:]}") == [second["id"]]
    for nobody in ("ZZZZ ZZZZ", "99", "XX0000000", "https://centre.example/b/" + "A" * 43, ""):
        assert find(front, nobody) == [], nobody
    assert shown.one("#find")["data-none"] == "No appointment here has this code, document or time."
    assert front.get(f"/appointments?appointment={one['id']}").one("#card-code").text == code


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", ()),
        (f"service={SERVICE}&age-adult=1", ()),
        (f"appointment={NOWHERE}", ("There is no such appointment here.",)),
        (f"service={SERVICE}&age-adult=0", ("At most 20 people come together; at least one.",)),
        (
            f"service={SERVICE}&age-adult=1&at=1&hold={NOWHERE}",
            ("The time was kept for some minutes, and that is over. Take a time again.",),
        ),
    ],
)
def test_what_the_address_asks_for_and_is_not_there_is_said(
    front: PageClient, query: str, said: tuple[str, ...]
) -> None:
    assert tuple(front.get(f"/appointments?{query}").texts("#wrong")) == said


def test_what_somebody_else_has_done_meanwhile_is_said(front: PageClient) -> None:
    one = book(front, days=2)["appointment"]
    page = front.get(f"/appointments?appointment={one['id']}&move=1")
    front.api(f"appointments/{one['id']}/cancel")
    front.press(page.all("#times .soonest button")[0], refused="appointment-state")
    assert said_of(front, "appointment-state").startswith("This appointment has been cancelled, moved or used.")
    card = front.get(f"/appointments?appointment={one['id']}").one("#card")
    assert "cancelled" in card.text
    assert not card.has(".hand-acts :is(a, button)")
    assert appointment(front, one["id"])["state"] == "cancelled"


def test_the_slip_has_code_link_and_what_to_bring(front: PageClient) -> None:
    answer = book(front, language="fr")
    one = answer["appointment"]
    printed = front.get(f"/appointments?appointment={one['id']}").one("#act-print")
    assert (printed["data-code"], printed["target"]) == ("F7", "paper")
    paper = front.get(printed["href"])
    assert paper.one("html")["lang"] == "fr"
    assert paper.all(".paper-number b")[0].text == shown_code(AppointmentCode(one["code"]))
    assert paper.one(".slip-clock").text == one["clock"]
    assert paper.has(".to-bring")
    assert read_qr(paper.html) == f"{front.server.address}/b/{answer['token']}"


@pytest.mark.parametrize(("login", "status"), [("omar.sayed", 403), ("jun.takeda", 403), ("elin.marsh", 200)])
def test_only_those_at_desks_see_it(client: PageClient, login: str, status: int) -> None:
    client.enter(login)
    client.get("/appointments", status)


def test_whoever_is_not_signed_in_is_led_to_the_way_in(centre: Centre) -> None:
    with PageClient(centre) as stranger:
        assert stranger.get("/appointments").address.partition("?")[0].endswith("/sign-in")
