"""The events of ``appointments/<centre>/<service day>``. Pure. Nobody is named in them.

What decides a place is copied into them: a booking holds the loads that it takes, so a changed set-up never changes
what was promised.
"""

from typing import Final

from queue_server.appointments.capacity import Load
from queue_server.domain.appointments import (
    AppointmentCode,
    AppointmentDocumentId,
    AppointmentId,
    BookedThrough,
    DayChangeId,
    DayChangeKind,
    HoldId,
    PoolId,
    RemoteChannel,
)
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import CentreId, Day, Language, Micros, ServiceId, VisitId
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


class AppointmentDayOpened(Payload, frozen=True):
    """First event: something of this day was asked for."""

    type = "appointment-day-opened"
    centre: CentreId
    day: Day


class TimeHeld(Payload, frozen=True):
    """A time is held while somebody types; it ends by itself."""

    type = "time-held"
    hold: HoldId
    at: Micros
    services: tuple[ServiceId, ...]
    party_size: int
    people: tuple[Headcount, ...]
    loads: tuple[Load, ...]
    until: Micros


class HoldReleased(Payload, frozen=True):
    """A hold ended before its time, without a booking."""

    type = "hold-released"
    hold: HoldId


class PlacedAppointment(Payload, frozen=True):
    """What is known of an appointment where it takes its place on a day."""

    appointment: AppointmentId
    code: AppointmentCode
    at: Micros
    services: tuple[ServiceId, ...]
    party_size: int
    people: tuple[Headcount, ...]
    language: Language
    through: BookedThrough
    seconds: int
    remote: RemoteChannel | None
    document: AppointmentDocumentId | None
    hold: HoldId | None
    loads: tuple[Load, ...]


class AppointmentBooked(PlacedAppointment, frozen=True):
    """Somebody has a time; a hold of it ends with that."""

    type = "appointment-booked"


class AppointmentRescheduled(Payload, frozen=True):
    """It has another time of this day; what it took and does not need any more is free from ``release_at`` on."""

    type = "appointment-rescheduled"
    appointment: AppointmentId
    at: Micros
    hold: HoldId | None
    loads: tuple[Load, ...]
    release_at: Micros


class AppointmentMovedOut(Payload, frozen=True):
    """It has a time of another day; what it took here is free again from ``release_at`` on."""

    type = "appointment-moved-out"
    appointment: AppointmentId
    to_day: Day
    to_at: Micros
    release_at: Micros


class AppointmentMovedIn(PlacedAppointment, frozen=True):
    """It came from another day; all that was booked holds."""

    type = "appointment-moved-in"
    booked_at: Micros
    revision: int
    from_day: Day


class AppointmentCancelled(Payload, frozen=True):
    """It is cancelled; what it took is free again from ``release_at`` on."""

    type = "appointment-cancelled"
    appointment: AppointmentId
    release_at: Micros


class AppointmentCheckedIn(Payload, frozen=True):
    """They came, and have a ticket."""

    type = "appointment-checked-in"
    appointment: AppointmentId
    visit: VisitId


class AppointmentMissed(Payload, frozen=True):
    """The day is over, and nobody came."""

    type = "appointment-missed"
    appointment: AppointmentId


class AppointmentDayChanged(Payload, frozen=True):
    """A manager changed the staffing of this day."""

    type = "appointment-day-changed"
    change: DayChangeId
    kind: DayChangeKind
    start: Micros
    end: Micros
    pool: PoolId | None
    counters: int


class AppointmentDayRestored(Payload, frozen=True):
    """A manager took a change of this day back; who lost their time by it has lost it."""

    type = "appointment-day-restored"
    change: DayChangeId


class AppointmentReassigned(Payload, frozen=True):
    """The time stays, others serve them."""

    type = "appointment-reassigned"
    appointment: AppointmentId
    loads: tuple[Load, ...]


class AppointmentDisplaced(Payload, frozen=True):
    """A change of the day took their time away: they keep code and link, and choose another one."""

    type = "appointment-displaced"
    appointment: AppointmentId
    change: DayChangeId


MEANINGS: Final = {
    "appointment": "The appointment.",
    "at": "The booked time.",
    "band": "The age band of the catalogue.",
    "booked_at": "When it was booked.",
    "centre": "The centre.",
    "change": "What was changed in the staffing of this day.",
    "code": "The code by which people name it: alone it shows nothing but the time.",
    "count": "How many people.",
    "counters": "How many counters more, or fewer where it is below 0.",
    "day": "The service day.",
    "document": "The number of the document with which they come, in the vault.",
    "end": "Until when.",
    "from_day": "The service day from which it was moved.",
    "hold": "The hold; of a booking, the one that ends with it.",
    "kind": "What was changed.",
    "language": "The language in which they are written to and called.",
    "loads": "What it takes of which pool in which period.",
    "party_size": "How many people they are.",
    "people": "The party by age band; nobody where that was not asked.",
    "pool": "The pool; nothing: all of them.",
    "release_at": "When what it took is free again: some moment, so that nobody can wait for it.",
    "remote": "How they are served where they do not come.",
    "revision": "How often it was changed.",
    "seconds": "How long they are served in all.",
    "services": "What they come for, in its order.",
    "start": "From when on.",
    "through": "By whom it was booked.",
    "to_at": "The time to which it was moved.",
    "to_day": "The service day to which it was moved.",
    "until": "When the hold ends.",
    "visit": "The visit as which they came.",
}

CODEC: Final = Codec(
    (
        AppointmentDayOpened,
        TimeHeld,
        HoldReleased,
        AppointmentBooked,
        AppointmentRescheduled,
        AppointmentMovedOut,
        AppointmentMovedIn,
        AppointmentCancelled,
        AppointmentCheckedIn,
        AppointmentMissed,
        AppointmentDayChanged,
        AppointmentDayRestored,
        AppointmentReassigned,
        AppointmentDisplaced,
    )
)
