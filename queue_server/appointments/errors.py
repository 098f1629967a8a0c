"""What is refused of appointments.

::

    ConsularError
    └── AppointmentsError                  appointments
        ├── AppointmentUnknownError        appointment-unknown
        ├── AppointmentsNotOfferedError    appointments-not-offered
        ├── TimeNotOfferedError            time-not-offered
        │   └── ServiceClosedTodayError    service-closed-today
        ├── TimeTakenError                 time-taken
        ├── HoldOverError                  hold-over
        ├── AppointmentStateError          appointment-state
        ├── TooLateToChangeError           too-late-to-change
        ├── BookingLimitError              booking-limit
        ├── TelephoneNeededError           telephone-needed
        ├── WaitlistUnknownError           waitlist-unknown
        ├── WaitlistInvalidError           waitlist-invalid
        ├── OfferOverError                 offer-over
        ├── DayChangeInvalidError          day-change-invalid
        └── DayChangeConcernsError         day-change-concerns
"""

from queue_server.domain.values import ConsularError


class AppointmentsError(ConsularError):
    code = "appointments"


class AppointmentUnknownError(AppointmentsError):
    """There is no such appointment here."""

    code = "appointment-unknown"


class AppointmentsNotOfferedError(AppointmentsError):
    """This centre gives no appointments, or not for one of these services."""

    code = "appointments-not-offered"


class TimeNotOfferedError(AppointmentsError):
    """At this time nothing begins, or it is too near or too far."""

    code = "time-not-offered"


class ServiceClosedTodayError(TimeNotOfferedError):
    """One of these services is closed for today: what is booked already stands, and nothing more is booked."""

    code = "service-closed-today"


class TimeTakenError(AppointmentsError):
    """The whole journey does not fit at this time any more."""

    code = "time-taken"


class HoldOverError(AppointmentsError):
    """The hold has ended: what it held is free for others."""

    code = "hold-over"


class AppointmentStateError(AppointmentsError):
    """It is ``state``, and nothing of the kind is done with it any more."""

    code = "appointment-state"


class TooLateToChangeError(AppointmentsError):
    """Its time is too near: only staff change it now."""

    code = "too-late-to-change"


class BookingLimitError(AppointmentsError):
    """There are ``most`` appointments with this document or contact already."""

    code = "booking-limit"


class TelephoneNeededError(AppointmentsError):
    """They are served by telephone, and nobody knows at which number."""

    code = "telephone-needed"


class WaitlistUnknownError(AppointmentsError):
    """There is nobody of that name on the waiting list here."""

    code = "waitlist-unknown"


class WaitlistInvalidError(AppointmentsError):
    """Nobody can wait so: the days are none that can be booked, or nobody says how they are told of a place."""

    code = "waitlist-invalid"


class OfferOverError(AppointmentsError):
    """The place is not held for them any more, or never was."""

    code = "offer-over"


class DayChangeInvalidError(AppointmentsError):
    """There is no such pool, or the time ends before it begins or is of another day, or nothing would change."""

    code = "day-change-invalid"


class DayChangeConcernsError(AppointmentsError):
    """It concerns others than those that were shown: ``count`` in all."""

    code = "day-change-concerns"
