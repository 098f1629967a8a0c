"""Of what somebody is told when their appointment changes, and when they are reminded. Pure."""

from collections.abc import Iterable, Iterator

from queue_server.appointments.model import MOVABLE, Appointment
from queue_server.domain.appointments import AppointmentState
from queue_server.domain.values import HOUR, Micros
from queue_server.notices.values import NotificationKind as Kind

#: In which state an appointment is of which something is told.
STATE_OF = {
    Kind.APPOINTMENT_BOOKED: AppointmentState.BOOKED,
    Kind.APPOINTMENT_MOVED: AppointmentState.BOOKED,
    Kind.APPOINTMENT_REMINDER: AppointmentState.BOOKED,
    Kind.APPOINTMENT_CANCELLED: AppointmentState.CANCELLED,
    Kind.APPOINTMENT_DISPLACED: AppointmentState.DISPLACED,
}


def news(before: Appointment | None, after: Appointment) -> Kind | None:
    """Name what somebody is told of a change; None where it is none to them."""
    if before is None:
        return Kind.APPOINTMENT_BOOKED if after.state is AppointmentState.BOOKED else None
    if before.revision == after.revision or before.state not in MOVABLE:
        return None
    match after.state:
        case AppointmentState.BOOKED:
            return Kind.APPOINTMENT_MOVED
        case AppointmentState.CANCELLED:
            return Kind.APPOINTMENT_CANCELLED
        case AppointmentState.DISPLACED:
            return Kind.APPOINTMENT_DISPLACED
        case _come_or_missed:
            return None


def is_outdated(before: Appointment | None, after: Appointment) -> bool:
    """Tell whether what was to be told before is not so any more, or need not be said."""
    return before is not None and (before.state, before.revision) != (after.state, after.revision)


def reminders(at: Micros, hours: Iterable[int], now: Micros) -> Iterator[tuple[int, Micros]]:
    """List so many hours before its time somebody is reminded, with when that is: what has passed is left out.

    Whoever books a shorter time ahead knows it well enough.
    """
    for before in sorted(set(hours)):
        due = Micros(at - before * HOUR)
        if due > now:
            yield before, due
