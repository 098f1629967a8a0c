"""What a manager may change of a day, whom that concerns, and what comes of it. Pure.

Where less can be served than was booked, times are taken away, the latest that was booked first, until all fits; then
others serve whom they can, who was first at first. Whoever has come, or whose time has come, stays.
"""

from collections.abc import Callable, Iterable

import msgspec

from queue_server.appointments import events as e
from queue_server.appointments.capacity import CapacityUse, DayChange, Load, StopDemand, capacity
from queue_server.appointments.decide import BookableDay, Decided, moment, opened
from queue_server.appointments.errors import DayChangeConcernsError, DayChangeInvalidError
from queue_server.appointments.model import Appointment, AppointmentDay
from queue_server.domain.appointments import AppointmentId, AppointmentState, DayChangeKind, HoldId
from queue_server.domain.values import Micros


class ChangeEffects(msgspec.Struct, frozen=True):
    """Whom a change concerns: whose time goes, who is served by others, and which holds end."""

    displaced: tuple[AppointmentId, ...]
    reassigned: tuple[tuple[AppointmentId, tuple[Load, ...]], ...]
    released: tuple[HoldId, ...]


#: What an appointment needs of staff; None where that cannot be said any more.
JourneyOf = Callable[[Appointment], tuple[StopDemand, ...] | None]


def change_day(  # noqa: PLR0917 - a change in all its parts
    book: AppointmentDay | None,
    day: BookableDay,
    change: e.AppointmentDayChanged,
    concerns: Iterable[str],
    journey_of: JourneyOf,
    now: Micros,
) -> Decided:
    """Change the staffing of a day; ``concerns`` are those of whom the manager was shown that they lose their time.

    Raises:
        DayChangeInvalidError: no such pool, or it ends before it begins, or changes nothing.
        DayChangeConcernsError: it concerns others than those that were shown.
    """
    effects = effects_of(book, day, change, journey_of, now)
    if set(effects.displaced) != set(concerns):
        raise DayChangeConcernsError(count=len(effects.displaced))
    return (
        *opened(book, day),
        change,
        *(e.HoldReleased(ident) for ident in effects.released),
        *(e.AppointmentDisplaced(ident, change.change) for ident in effects.displaced),
        *(e.AppointmentReassigned(ident, loads) for ident, loads in effects.reassigned),
    )


def restore_day(
    book: AppointmentDay | None, change: str, journey_of: JourneyOf, day: BookableDay, now: Micros
) -> Decided:
    """Take back a change; nothing where it is not there any more.

    Raises:
        DayChangeConcernsError: counters that were added by it are booked by now: they are taken away by another change.
    """
    known = None if book is None else next((one for one in book.changes if one.id == change), None)
    if book is None or known is None:
        return ()
    left = msgspec.structs.replace(book, changes=tuple(one for one in book.changes if one.id != known.id))
    effects = _effects(left, day, journey_of, moment(book, now))
    # Whom another set-up has left without a place is no matter of this change.
    if not set(effects.displaced) <= set(_effects(book, day, journey_of, moment(book, now)).displaced):
        raise DayChangeConcernsError(count=len(effects.displaced))
    return (
        e.AppointmentDayRestored(known.id),
        *(e.HoldReleased(ident) for ident in effects.released),
        *(e.AppointmentReassigned(ident, loads) for ident, loads in effects.reassigned),
    )


def effects_of(
    book: AppointmentDay | None,
    day: BookableDay,
    change: e.AppointmentDayChanged,
    journey_of: JourneyOf,
    now: Micros,
) -> ChangeEffects:
    """Find out whom a change concerns.

    Raises:
        DayChangeInvalidError: no such pool, or it ends before it begins, or changes nothing.
    """
    pools = {pool.id for pool in day.staffed.pools}
    counts = change.counters != 0 if change.kind is DayChangeKind.COUNTERS else change.counters == 0
    touches = any(start < change.end and change.start < end for start, end in day.staffed.periods)
    if change.start >= change.end or not touches or not counts or not {change.pool} <= {None, *pools}:
        raise DayChangeInvalidError
    if change.kind is DayChangeKind.COUNTERS and change.pool is None:
        raise DayChangeInvalidError
    if book is None:
        return ChangeEffects((), (), ())
    changed = DayChange(change.change, change.kind, change.start, change.end, change.pool, change.counters)
    changes = (*book.changes, changed)
    return _effects(msgspec.structs.replace(book, changes=changes), day, journey_of, moment(book, now))


def _effects(book: AppointmentDay, day: BookableDay, journey_of: JourneyOf, now: Micros) -> ChangeEffects:
    """Take away times, the latest that was booked first, until all fits; then let others serve whom they can."""
    use = CapacityUse(capacity(day.staffed, book.changes, day.rules), book.booked_loads())
    taken: list[Appointment] = []
    ahead = (one for one in book.appointments.values() if one.state is AppointmentState.BOOKED and one.at > now)
    for one in sorted(ahead, key=lambda one: (one.booked_at, one.id), reverse=True):
        if any(map(use.oversold, one.loads)):
            use.remove(one.loads)
            taken.append(one)
    displaced, reassigned = [], []
    for one in reversed(taken):
        stops = journey_of(one)
        loads = None if stops is None else use.place(stops, one.at)
        if loads is None:
            displaced.append(one.id)
        else:
            use.add(loads)
            reassigned.append((one.id, loads))
    released = []
    for hold_ in sorted(book.holds.values(), key=lambda one: (one.until, one.id)):
        if hold_.until > now:
            use.add(hold_.loads)
            if any(map(use.oversold, hold_.loads)):
                use.remove(hold_.loads)
                released.append(hold_.id)
    return ChangeEffects(tuple(displaced), tuple(reassigned), tuple(released))
