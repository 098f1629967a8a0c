"""The staffing of a day as HTML: what is taken, whom a change concerns, and the press that makes it."""

import pytest

from queue_server.domain.appointments import AppointmentCode, shown_code
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.staffing.booked import BookedDay, book, booked_day, free_days

STATES = "[aria-labelledby=booked-head] tbody tr td:last-child"


@pytest.fixture
def manager(client: PageClient) -> PageClient:
    client.enter("elin.marsh")
    return client


def at_of(day: BookedDay) -> str:
    return day.start.isoformat().replace("+00:00", "Z")


def code_of(appointment: dict[str, str]) -> str:
    return shown_code(AppointmentCode(appointment["code"]))


def concerned(page: HtmlPage) -> str:
    return page.one(".day-concerned").text


def is_free(manager: PageClient, day: BookedDay) -> bool:
    found = next(one for one in free_days(manager) if one["day"] == day.date)
    return at_of(day) in {time["at"] for time in found["times"]}


def test_a_booking_is_seen_in_its_hour(manager: PageClient) -> None:
    day = booked_day(manager, 1)
    page = manager.get(f"/staffing?day={day.date}")
    first = page.all(".hours-table tbody tr")[0]
    assert [text for text in first.texts("td b") if not text.startswith("0 ")], first
    (listed,) = page.all("[aria-labelledby=booked-head] tbody tr")
    assert code_of(day.appointments[0]) in listed.text


def test_an_hour_is_closed_once_it_was_seen_whom_that_concerns(manager: PageClient) -> None:
    day = booked_day(manager, 3, people=2)
    assert is_free(manager, day)
    first = manager.get(f"/staffing?day={day.date}").all(".hours-table tbody tr")[0]
    preview = manager.get(first.role("link", "Close")["href"])
    assert concerned(preview).startswith("It concerns 3 appointments, 6 people.")
    assert {code_of(one) for one in day.appointments} <= set(preview.texts(".day-preview bdi"))
    press = preview.one("#act-change-day")
    assert press.text == "Change it, and take 3 times away"
    manager.press(press)
    page = manager.get(f"/staffing?day={day.date}&done=change-day")
    assert "It is changed" in page.one(".done").text
    assert page.texts(STATES) == ["time taken away"] * 3
    assert not is_free(manager, day)
    # What is taken back is offered again; who lost their time has lost it.
    manager.press(page.one(".day-changes [data-act=restore-day]"))
    page = manager.get(f"/staffing?day={day.date}&done=restore-day")
    assert page.has(".done")
    assert not page.has(".day-changes li")
    assert page.texts(STATES) == ["time taken away"] * 3
    assert is_free(manager, day)


def test_a_press_does_not_count_for_others_than_were_shown(manager: PageClient) -> None:
    day = booked_day(manager, 1)
    before = manager.get(f"/staffing?{day.closing}")
    assert concerned(before).startswith("It concerns 1 appointment, 1 person.")
    late = book(manager, at_of(day))
    manager.press(before.one("#act-change-day"), refused="day-change-concerns")
    after = manager.get(f"/staffing?{day.closing}")
    assert concerned(after).startswith("It concerns 2 appointments, 2 people.")
    assert code_of(late) in after.texts(".day-preview bdi")
    manager.press(after.one("#act-change-day"))


@pytest.mark.parametrize("change", ["kind=more", "kind=close&start=x&end=y", "kind=burn"])
def test_what_makes_no_sense_is_said_and_cannot_be_pressed(manager: PageClient, change: str) -> None:
    day = "nonsense" if change == "kind=burn" else free_days(manager)[1]["day"]
    page = manager.get(f"/staffing?day={day}&{change}")
    # So it stays when it is drawn anew.
    for shown in (page, manager.get(f"/staffing/page?day={day}&{change}")):
        assert "This change makes no sense" in shown.one(".day-preview").text
        assert not shown.has("#act-change-day")


def test_only_managers_see_it(client: PageClient) -> None:
    client.enter("noor.haddad")
    client.get("/staffing", status=403)
