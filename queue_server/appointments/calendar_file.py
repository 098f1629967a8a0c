"""An appointment as a file for calendars: iCalendar (RFC 5545), and as an invitation of iTIP (RFC 5546). Pure.

The name of an event stays over all changes (``UID``, section 3.8.4.7), and each change has a higher number
(``SEQUENCE``, 3.8.7.4), so that a calendar changes what it has. Times are UTC (3.3.5, form 2). The summary tells the
centre and the code, never what somebody comes for: calendars are shared, and shown on locked screens.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import msgspec
from icalendar import Calendar, Event

from queue_server.domain.appointments import AppointmentCode, AppointmentId, shown_code

MEDIA_TYPE: Final = "text/calendar"
_PRODUCT: Final = "-//Consular Support//Appointments//EN"


class CalendarMethod(StrEnum):
    """What a calendar is asked to do (RFC 5546, section 1.4)."""

    #: Take it in, as a file that somebody opens.
    PUBLISH = "PUBLISH"
    #: Take it in or change it, as a letter says.
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class CalendarEntry(msgspec.Struct, frozen=True):
    """What is written into a calendar; texts are in the reader's language.

    ``summary`` stands before the centre's name, ``description`` says what to do; ``link`` is the appointment's page.
    ``revision`` counts the changes since it was booked, ``stamp`` is when the last one was. ``organizer`` and
    ``attendee`` are e-mail addresses, of whoever writes a letter and to whom (RFC 5546, section 3.2): nobody else is
    invited, and no answer is asked for.
    """

    appointment: AppointmentId
    code: AppointmentCode
    revision: int
    stamp: datetime
    start: datetime
    minutes: int
    summary: str
    centre: str
    address: str
    description: str
    link: str
    organizer: str = ""
    attendee: str = ""


def calendar_file(entry: CalendarEntry, method: CalendarMethod = CalendarMethod.PUBLISH) -> bytes:
    """Write an appointment as a calendar with one event."""
    event = Event()
    event.add("uid", f"appointment-{entry.appointment}")
    event.add("sequence", entry.revision)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.start + timedelta(minutes=entry.minutes))
    event.add("summary", f"{entry.summary}, {entry.centre} ({shown_code(entry.code)})")
    if entry.address:
        event.add("location", entry.address)
    event.add("description", f"{entry.description}\n{entry.link}")
    event.add("url", entry.link)
    event.add("status", "CANCELLED" if method is CalendarMethod.CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    if entry.organizer and entry.attendee:
        event.add("organizer", f"mailto:{entry.organizer}", parameters={"CN": entry.centre})
        event.add("attendee", f"mailto:{entry.attendee}", parameters={"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
