"""The file for calendars: what other people's parser reads of it, and what it does not say."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Event
from msgspec.structs import replace

from queue_server.appointments.calendar_file import CalendarEntry, CalendarMethod, calendar_file
from queue_server.domain.appointments import AppointmentCode, AppointmentId

ENTRY = CalendarEntry(
    appointment=AppointmentId("0195d3a0-0000-7000-8000-000000000001"),
    code=AppointmentCode("HS4K7KM2"),
    revision=0,
    stamp=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    start=datetime(2026, 11, 26, 9, 30, tzinfo=UTC),
    minutes=40,
    summary="Appointment",
    centre="Harbour Street",
    address="Harbour Street 14; ground floor, on the left\\",
    description="Show the code at a kiosk.",
    link="https://t.centre.example/b/" + "A" * 43,
)


def event_of(raw: bytes) -> Event:
    (found,) = Calendar.from_ical(raw).walk("VEVENT")
    assert isinstance(found, Event)
    return found


def test_another_parser_reads_what_was_written() -> None:
    raw = calendar_file(ENTRY)
    event = event_of(raw)
    assert event.decoded("dtstart") == ENTRY.start
    assert event.decoded("dtend") == ENTRY.start + timedelta(minutes=40)
    assert str(event["summary"]) == "Appointment, Harbour Street (HS4K 7KM2)"
    assert str(event["location"]) == ENTRY.address
    assert str(event["url"]) == ENTRY.link
    assert str(event["status"]) == "CONFIRMED"
    # Lines end in CR and LF and have 75 octets at most (RFC 5545, section 3.1).
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_times_are_utc_and_need_no_zone() -> None:
    raw = calendar_file(ENTRY)
    assert b"DTSTART:20261126T093000Z\r\n" in raw
    assert b"TZID" not in raw


def test_a_change_keeps_the_name_and_has_a_higher_number() -> None:
    before, after = (event_of(calendar_file(replace(ENTRY, revision=number))) for number in (0, 1))
    assert before["uid"] == after["uid"]
    assert (before.decoded("sequence"), after.decoded("sequence")) == (0, 1)


@pytest.mark.parametrize("method", CalendarMethod)
def test_the_calendar_says_what_is_asked_of_it(method: CalendarMethod) -> None:
    raw = calendar_file(ENTRY, method)
    assert str(Calendar.from_ical(raw)["method"]) == method
    assert str(event_of(raw)["status"]) == ("CANCELLED" if method is CalendarMethod.CANCEL else "CONFIRMED")


def test_no_text_gets_out_of_its_line() -> None:
    hostile = replace(ENTRY, centre="Harbour\r\nATTENDEE:mailto:a@example.org", address="x\nURL:y")
    event = event_of(calendar_file(hostile))
    assert "ATTENDEE" not in event
    assert str(event["url"]) == ENTRY.link
