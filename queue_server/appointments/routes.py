"""The routes of appointments."""

from queue_server.appointments import permissions as may
from queue_server.appointments.api import booking, checking, days
from queue_server.contract import appointments as m
from queue_server.framework.routing import CENTRE, Parameter, Route, get, post

_APPOINTMENTS = "/appointments"
_ONE = f"{_APPOINTMENTS}/{{appointment}}"
_DAY = f"{_APPOINTMENTS}/days/{{service_day}}"

ROUTES: tuple[Route, ...] = (
    Route(
        "appointment-times",
        "GET",
        f"{CENTRE}{_APPOINTMENTS}/times",
        may.BOOK_APPOINTMENTS,
        booking.times,
        m.FreeTimesAnswer,
        "Which times are free",
        parameters=(
            Parameter("service", "query", "Id of a service; once for each."),
            Parameter("people", "query", "How many people they are, from 1 to 20; 1 where left out."),
            Parameter("from", "query", "The first service day (`YYYY-MM-DD`); today where left out."),
            Parameter("days", "query", "How many days, from 1 to 35; 28 where left out."),
            Parameter("instead_of", "query", "Id of an appointment that would be moved: its own time is free for it."),
        ),
    ),
    Route(
        "hold-appointment-time",
        "POST",
        f"{CENTRE}{_APPOINTMENTS}/holds",
        may.BOOK_APPOINTMENTS,
        booking.hold,
        m.TimeHoldAnswer,
        "Hold a time while somebody types",
        m.HoldTimeRequest,
        status=201,
    ),
    post(
        "release-appointment-time",
        f"{_APPOINTMENTS}/holds/{{hold}}/release",
        may.BOOK_APPOINTMENTS,
        booking.release,
        m.HoldReleasedAnswer,
        "Let go a time that was held",
        m.ReleaseHoldRequest,
    ),
    Route(
        "book-appointment",
        "POST",
        f"{CENTRE}{_APPOINTMENTS}",
        may.BOOK_APPOINTMENTS,
        booking.book,
        m.AppointmentAnswer,
        "Book a time",
        m.BookAppointmentRequest,
        status=201,
    ),
    Route(
        "appointments",
        "GET",
        f"{CENTRE}{_APPOINTMENTS}",
        may.SEE_APPOINTMENTS,
        days.appointments,
        m.AppointmentsAnswer,
        "Who is booked on a day",
        parameters=(Parameter("day", "query", "The service day (`YYYY-MM-DD`); today where left out."),),
    ),
    get("appointment", _ONE, may.CHANGE_APPOINTMENTS, booking.appointment, m.AppointmentAnswer, "An appointment"),
    post(
        "move-appointment",
        f"{_ONE}/move",
        may.CHANGE_APPOINTMENTS,
        booking.move,
        m.AppointmentAnswer,
        "Move an appointment to another time",
        m.MoveAppointmentRequest,
    ),
    post(
        "check-appointment",
        f"{_APPOINTMENTS}/check",
        may.CHECK_APPOINTMENTS,
        checking.check,
        m.CheckAppointmentAnswer,
        "What an appointment is worth now",
        m.CheckAppointmentRequest,
    ),
    post(
        "cancel-appointment",
        f"{_ONE}/cancel",
        may.CHANGE_APPOINTMENTS,
        booking.cancel,
        m.AppointmentAnswer,
        "Cancel an appointment",
    ),
    get(
        "appointment-day",
        _DAY,
        may.SEE_APPOINTMENT_DAYS,
        days.of_day,
        m.AppointmentDayAnswer,
        "The capacity of a day, and what is taken of it",
    ),
    post(
        "preview-appointment-day-change",
        f"{_DAY}/changes/preview",
        may.CHANGE_APPOINTMENT_DAYS,
        days.preview,
        m.DayChangePreviewAnswer,
        "Whom a change of a day would concern",
        m.ChangeDayRequest,
    ),
    post(
        "change-appointment-day",
        f"{_DAY}/changes",
        may.CHANGE_APPOINTMENT_DAYS,
        days.change,
        m.DayChangeAnswer,
        "Change the staffing of a day",
        m.ChangeDayRequest,
    ),
    post(
        "restore-appointment-day",
        f"{_DAY}/changes/{{day_change}}/restore",
        may.CHANGE_APPOINTMENT_DAYS,
        days.restore,
        m.AppointmentDayAnswer,
        "Take a change of a day back",
    ),
)
