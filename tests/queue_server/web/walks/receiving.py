"""What is walked past where people are received: the reception, appointments and forms of a visit."""

from collections.abc import Iterator
from datetime import datetime

from playwright.sync_api import expect

from queue_server.domain.values import HelpKind
from tests.queue_server.web.filling.typed import FORM
from tests.queue_server.web.manager.office import ask_priority
from tests.queue_server.web.staffing.booked import SERVICE, booked_day, free_days
from tests.queue_server.web.walks.walk import HELP, State, Walker, opener


def at_reception(desk: Walker) -> Iterator[State]:
    """Receive people: nobody yet, a crowd while words are typed, and a ticket in the hand with its dialogs."""
    centre = desk.centre
    yield State("empty", (HELP,))
    centre.crowd(desk.many)
    for _ in range(3):
        ask_priority(centre)
    centre.call_help(HelpKind.PAPER)
    yield State("crowded", then=type_words)
    acts = ("change", "category", "cancel", "merge", "notes")
    yield State("in the hand", tuple(f"#act-{name}" for name in acts), away=True, then=take_in_hand, is_main=True)


def type_words(desk: Walker) -> None:
    desk.page.fill("#pick", "a")
    expect(desk.page.locator("#options li")).not_to_have_count(0)


def take_in_hand(desk: Walker) -> None:
    desk.page.locator(".today-rows .row-button").first.click()
    expect(desk.page.locator("#hand .code.big")).to_be_visible()


def at_appointments(desk: Walker) -> Iterator[State]:
    """Look at appointments: none, times for some people, one that is booked, another time for it."""
    yield State("empty", (HELP,))
    desk.begin()
    one = booked_day(desk, 1, people=2).appointments[0]
    yield State("times", query="service=uto-passport-renewal&age-adult=2&age-child=1")
    wanted = {"services": [SERVICE], "at": free_days(desk)[2]["times"][0]["at"]}
    hold = desk.api("appointments/holds", wanted)["hold"]
    at = int(datetime.fromisoformat(hold["at"]).timestamp()) * 1_000_000
    yield State("held", query=f"service={SERVICE}&age-adult=1&at={at}&hold={hold['id']}", then=is_held)
    yield State(
        "booked", opener("cancel-appointment"), query=f"appointment={one['id']}&done=book-appointment", is_main=True
    )
    yield State("another time", query=f"appointment={one['id']}&move=1", away=True)


def is_held(desk: Walker) -> None:
    expect(desk.page.locator("#held")).to_be_visible()


def at_visit_forms(desk: Walker) -> Iterator[State]:
    """Look at the forms of somebody who waits, and at one to be filled in."""
    visit = desk.centre.issue(FORM).id
    yield State("asked", query=f"visit={visit}", away=True)
    yield State("to be filled in", query=f"visit={visit}&form={FORM}", is_main=True)
