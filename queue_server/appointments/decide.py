"""What may be done with a day's appointments, and what comes of it. Pure.

Each takes the day as it is (None before anything of it was asked for) and gives the events. ``now`` is when it is
decided; it is never before the last event.
"""

from collections.abc import Iterable, Sequence

import msgspec

from queue_server.appointments import events as e
from queue_server.appointments.capacity import (
    CapacityRules,
    CapacityUse,
    Load,
    StaffedDay,
    StopDemand,
    capacity,
)
from queue_server.appointments.errors import (
    AppointmentStateError,
    AppointmentUnknownError,
    HoldOverError,
    TimeNotOfferedError,
    TimeTakenError,
)
from queue_server.appointments.model import MOVABLE, Appointment, AppointmentDay, TimeHold
from queue_server.domain.appointments import (
    AppointmentCode,
    AppointmentDocumentId,
    AppointmentId,
    AppointmentState,
    BookedThrough,
    HoldId,
    RemoteChannel,
)
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import CentreId, Day, Language, Micros, ServiceId, VisitId
from queue_server.eventlog.payload import Payload

Decided = tuple[Payload, ...]


class BookableDay(msgspec.Struct, frozen=True):
    """A day as the set-up has it: what is decided on it is decided by this."""

    centre: CentreId
    staffed: StaffedDay
    rules: CapacityRules

    @property
    def day(self) -> Day:
        return self.staffed.day


class WantedTime(msgspec.Struct, frozen=True):
    """What somebody wants a time for. ``stops`` are what it needs of staff, ``seconds`` how long that is in all.

    ``earliest`` and ``latest`` are between which times they may choose. ``ahead``: they come before others, so what was
    given back is theirs already (the waiting list).
    """

    at: Micros
    services: tuple[ServiceId, ...]
    party_size: int
    people: tuple[Headcount, ...]
    stops: tuple[StopDemand, ...]
    seconds: int
    remote: RemoteChannel | None
    earliest: Micros
    latest: Micros
    ahead: bool = False


class Booking(msgspec.Struct, frozen=True):
    """Who books, and under which names."""

    appointment: AppointmentId
    code: AppointmentCode
    language: Language
    through: BookedThrough
    document: AppointmentDocumentId | None = None


def use_of(day: BookableDay, book: AppointmentDay | None, now: Micros, *, ahead: bool = False) -> CapacityUse:
    """Count what is taken of a day at ``now``; whoever comes ``ahead`` has what was given back."""
    use = CapacityUse(capacity(day.staffed, () if book is None else book.changes, day.rules))
    if book is not None:
        use.add(book.booked_loads())
        for hold in book.holds.values():
            if hold.until > now:
                use.add(hold.loads)
        if not ahead:
            for one in book.returning:
                if one.release_at > now:
                    use.add(one.loads)
    return use


# --- to have a time --------------------------------------------------------------------------------------------------


def hold(  # noqa: PLR0917 - whatever a place depends on
    book: AppointmentDay | None, day: BookableDay, wanted: WantedTime, ident: HoldId, until: Micros, now: Micros
) -> Decided:
    """Hold a time while somebody types.

    Raises:
        TimeNotOfferedError: nothing begins then, or it is too near or too far.
        TimeTakenError: the journey does not fit.
    """
    now = moment(book, now)
    loads = _placed(use_of(day, book, now, ahead=wanted.ahead), wanted)
    held = e.TimeHeld(ident, wanted.at, wanted.services, wanted.party_size, wanted.people, loads, until)
    return (*opened(book, day), held)


def release(book: AppointmentDay | None, ident: str, now: Micros) -> Decided:
    """Let go what is held; nothing where it is not any more."""
    held = None if book is None else book.hold(ident, moment(book, now))
    return () if held is None else (e.HoldReleased(held.id),)


def book_time(  # noqa: PLR0917 - whatever a place depends on
    book: AppointmentDay | None, day: BookableDay, wanted: WantedTime, booking: Booking, held: str | None, now: Micros
) -> Decided:
    """Book a time; what was held for it is theirs.

    Raises:
        HoldOverError: what was held is free for others.
        TimeNotOfferedError, TimeTakenError: as ``hold``.
    """
    loads, ended = _loads_for(book, day, wanted, held, moment(book, now))
    booked = e.AppointmentBooked(
        appointment=booking.appointment,
        code=booking.code,
        at=wanted.at,
        services=wanted.services,
        party_size=wanted.party_size,
        people=wanted.people,
        language=booking.language,
        through=booking.through,
        seconds=wanted.seconds,
        remote=wanted.remote,
        document=booking.document,
        hold=ended,
        loads=loads,
    )
    return (*opened(book, day), booked)


def reschedule(  # noqa: PLR0917 - a move in all its parts
    book: AppointmentDay | None,
    day: BookableDay,
    wanted: WantedTime,
    ident: str,
    held: str | None,
    release_at: Micros,
    now: Micros,
) -> Decided:
    """Move an appointment within its day; it may stand on what it has there. To its own time: nothing.

    Raises:
        AppointmentUnknownError, AppointmentStateError: it cannot be moved.
        HoldOverError, TimeNotOfferedError, TimeTakenError: as ``book_time``.
    """
    known = movable(book, ident)
    if known.at == wanted.at and known.state is AppointmentState.BOOKED:
        return ()
    loads, ended = _loads_for(book, day, wanted, held, moment(book, now), without=known)
    return (e.AppointmentRescheduled(known.id, wanted.at, ended, loads, release_at),)


def move_out(book: AppointmentDay | None, ident: str, to: Day, at: Micros, release_at: Micros) -> Decided:
    """Take an appointment away from its day: it is moved to another one.

    Raises:
        AppointmentUnknownError, AppointmentStateError: it cannot be moved.
    """
    return (e.AppointmentMovedOut(movable(book, ident).id, to, at, release_at),)


def move_in(  # noqa: PLR0917 - a move in all its parts
    book: AppointmentDay | None,
    day: BookableDay,
    wanted: WantedTime,
    moved: Appointment,
    held: str | None,
    now: Micros,
) -> Decided:
    """Book at this day what was booked at another; code and all else stay.

    Raises:
        HoldOverError, TimeNotOfferedError, TimeTakenError: as ``book_time``.
    """
    loads, ended = _loads_for(book, day, wanted, held, moment(book, now))
    came = e.AppointmentMovedIn(
        appointment=moved.id,
        code=moved.code,
        at=wanted.at,
        services=moved.services,
        party_size=moved.party_size,
        people=moved.people,
        language=moved.language,
        through=moved.through,
        seconds=wanted.seconds,
        remote=wanted.remote,
        document=moved.document,
        hold=ended,
        loads=loads,
        booked_at=moved.booked_at,
        revision=moved.revision + 1,
        from_day=moved.day,
    )
    return (*opened(book, day), came)


# --- what becomes of an appointment ----------------------------------------------------------------------------------


def cancel(book: AppointmentDay | None, ident: str, release_at: Micros) -> Decided:
    """Cancel an appointment; what is cancelled stays so.

    Raises:
        AppointmentUnknownError, AppointmentStateError: it cannot be cancelled any more.
    """
    known = _known(book, ident)
    if known.state is AppointmentState.CANCELLED:
        return ()
    return (e.AppointmentCancelled(movable(book, ident).id, release_at),)


def check_in(book: AppointmentDay | None, ident: str, visit: VisitId) -> Decided:
    """Note that they came, as a visit.

    Raises:
        AppointmentUnknownError, AppointmentStateError: it is no appointment for which somebody can come now.
    """
    known = _known(book, ident)
    if known.state is not AppointmentState.BOOKED:
        raise AppointmentStateError(state=known.state)
    return (e.AppointmentCheckedIn(known.id, visit),)


def miss(book: AppointmentDay | None) -> Decided:
    """Say that nobody came for what is still booked: the day is over."""
    return tuple(
        e.AppointmentMissed(one.id)
        for one in _in_order(() if book is None else book.appointments.values())
        if one.state is AppointmentState.BOOKED
    )


# --- what is used above ----------------------------------------------------------------------------------------------


def moment(book: AppointmentDay | None, now: Micros) -> Micros:
    """Say when it is decided: never before the last event."""
    return now if book is None else Micros(max(now, book.changed_at))


def opened(book: AppointmentDay | None, day: BookableDay) -> Decided:
    """Begin the stream of a day of which nothing was asked before."""
    return () if book is not None else (e.AppointmentDayOpened(day.centre, day.day),)


def _known(book: AppointmentDay | None, ident: str) -> Appointment:
    known = None if book is None else book.appointments.get(AppointmentId(ident))
    if known is None:
        raise AppointmentUnknownError
    return known


def movable(book: AppointmentDay | None, ident: str) -> Appointment:
    """Find an appointment that can be moved or cancelled.

    Raises:
        AppointmentUnknownError, AppointmentStateError: there is none, or it cannot be.
    """
    known = _known(book, ident)
    if known.state not in MOVABLE:
        raise AppointmentStateError(state=known.state)
    return known


def _in_order(appointments: Iterable[Appointment]) -> Sequence[Appointment]:
    return sorted(appointments, key=lambda one: (one.at, one.id))


def _placed(use: CapacityUse, wanted: WantedTime) -> tuple[Load, ...]:
    if not wanted.earliest <= wanted.at <= wanted.latest or use.day.starting(wanted.at) is None:
        raise TimeNotOfferedError
    loads = use.place(wanted.stops, wanted.at)
    if loads is None:
        raise TimeTakenError
    return loads


def _loads_for(  # noqa: PLR0917 - whatever a place depends on
    book: AppointmentDay | None,
    day: BookableDay,
    wanted: WantedTime,
    held: str | None,
    now: Micros,
    without: Appointment | None = None,
) -> tuple[tuple[Load, ...], HoldId | None]:
    """Find what a booking takes: what was held for the same, else what is free."""
    hold_ = None if held is None or book is None else book.hold(held, now)
    if held is not None and hold_ is None:
        raise HoldOverError
    if hold_ is not None and _is_for(hold_, wanted):
        return hold_.loads, hold_.id
    use = use_of(day, book, now, ahead=wanted.ahead)
    if hold_ is not None:
        use.remove(hold_.loads)
    if without is not None and without.state is AppointmentState.BOOKED:
        use.remove(without.loads)
    return _placed(use, wanted), None if hold_ is None else hold_.id


def _is_for(hold_: TimeHold, wanted: WantedTime) -> bool:
    return (hold_.at, hold_.services, hold_.party_size, hold_.people) == (
        wanted.at,
        wanted.services,
        wanted.party_size,
        wanted.people,
    )
