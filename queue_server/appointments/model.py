"""A day's appointments, as the events of its stream fold to. Pure.

What has ended by time is still in it until the next event: whoever asks says when they ask.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from queue_server.appointments import events as e
from queue_server.appointments.capacity import DayChange, Load
from queue_server.domain.appointments import (
    AppointmentCode,
    AppointmentDocumentId,
    AppointmentId,
    AppointmentState,
    BookedThrough,
    DayChangeId,
    HoldId,
    PoolId,
    RemoteChannel,
)
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import CentreId, Day, Language, Micros, ServiceId, VisitId
from queue_server.eventlog.payload import Payload, UnknownEventError

#: Appointments that take something of the day; what was missed did.
TAKING: Final = frozenset({AppointmentState.BOOKED, AppointmentState.CHECKED_IN, AppointmentState.MISSED})
#: Appointments that can be moved: also of those whose time was taken away.
MOVABLE: Final = frozenset({AppointmentState.BOOKED, AppointmentState.DISPLACED})


class StoredAppointment(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment as its row has it. ``seconds`` is how long they are served in all.

    ``revision`` is how often it was changed since it was booked.
    """

    id: AppointmentId
    centre: CentreId
    day: Day
    code: AppointmentCode
    state: AppointmentState
    at: Micros
    services: tuple[ServiceId, ...]
    party_size: int
    people: tuple[Headcount, ...]
    language: Language
    through: BookedThrough
    seconds: int
    remote: RemoteChannel | None
    document: AppointmentDocumentId | None
    booked_at: Micros
    changed_at: Micros
    revision: int
    visit: VisitId | None = None


class Appointment(StoredAppointment, frozen=True, kw_only=True):
    """An appointment as the stream of its day left it, with what it takes of the day."""

    loads: tuple[Load, ...]


class TimeHold(msgspec.Struct, frozen=True):
    """A time that is held until then."""

    id: HoldId
    at: Micros
    services: tuple[ServiceId, ...]
    party_size: int
    people: tuple[Headcount, ...]
    loads: tuple[Load, ...]
    until: Micros


class ReturningLoads(msgspec.Struct, frozen=True):
    """What was given back, and is free again from ``release_at`` on."""

    release_at: Micros
    loads: tuple[Load, ...]


class AppointmentDay(msgspec.Struct, frozen=True):
    """All of a service day; ``seq`` is that of its last event, ``changed_at`` its time."""

    centre: CentreId
    day: Day
    changed_at: Micros
    seq: int
    appointments: dict[AppointmentId, Appointment] = msgspec.field(default_factory=dict)
    holds: dict[HoldId, TimeHold] = msgspec.field(default_factory=dict)
    returning: tuple[ReturningLoads, ...] = ()
    changes: tuple[DayChange, ...] = ()

    def hold(self, ident: str | None, now: Micros) -> TimeHold | None:
        """Find a hold that has not ended."""
        found = None if ident is None else self.holds.get(HoldId(ident))
        return found if found is not None and found.until > now else None

    def booked_loads(self) -> tuple[Load, ...]:
        """Sum up what appointments take, by pool and period, in their order."""
        sums: dict[tuple[PoolId, Micros], int] = {}
        for one in self.appointments.values():
            if one.state in TAKING:
                for load in one.loads:
                    key = load.pool, load.at
                    sums[key] = sums.get(key, 0) + load.seconds
        return tuple(Load(pool, at, seconds) for (pool, at), seconds in sorted(sums.items()))

    def passing_loads(self, now: Micros) -> Iterator[tuple[Micros, tuple[Load, ...]]]:
        """List what will be free again by itself, and when: what is held, and what was given back."""
        for hold in self.holds.values():
            if hold.until > now:
                yield hold.until, hold.loads
        for one in self.returning:
            if one.release_at > now:
                yield one.release_at, one.loads


def evolve(before: AppointmentDay | None, body: Payload, seq: int, at: Micros) -> AppointmentDay:
    """Fold one event into a day.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if before is None:
        if not isinstance(body, e.AppointmentDayOpened):
            raise UnknownEventError(type=body.type, v=body.v)
        return AppointmentDay(body.centre, body.day, at, seq)
    change = _CHANGES.get(type(body))
    if change is None:
        raise UnknownEventError(type=body.type, v=body.v)
    after = change(before, body, at)
    # What has ended by time is put away with whatever happens next.
    holds = after.holds
    if any(one.until <= at for one in holds.values()):
        holds = {ident: one for ident, one in holds.items() if one.until > at}
    returning = tuple(one for one in after.returning if one.release_at > at)
    return replace(after, holds=holds, returning=returning, seq=seq, changed_at=at)


def _held(day: AppointmentDay, body: e.TimeHeld, _: Micros) -> AppointmentDay:
    hold = TimeHold(body.hold, body.at, body.services, body.party_size, body.people, body.loads, body.until)
    return replace(day, holds=day.holds | {body.hold: hold})


def _without(day: AppointmentDay, hold: HoldId | None) -> dict[HoldId, TimeHold]:
    if hold not in day.holds:
        return day.holds
    return {ident: one for ident, one in day.holds.items() if ident != hold}


def _booked(day: AppointmentDay, body: e.PlacedAppointment, at: Micros) -> AppointmentDay:
    booked_at, revision = (body.booked_at, body.revision) if isinstance(body, e.AppointmentMovedIn) else (at, 0)
    one = Appointment(
        id=body.appointment,
        centre=day.centre,
        day=day.day,
        code=body.code,
        state=AppointmentState.BOOKED,
        at=body.at,
        services=body.services,
        party_size=body.party_size,
        people=body.people,
        language=body.language,
        through=body.through,
        seconds=body.seconds,
        remote=body.remote,
        document=body.document,
        loads=body.loads,
        booked_at=booked_at,
        changed_at=at,
        revision=revision,
    )
    return replace(day, appointments=day.appointments | {one.id: one}, holds=_without(day, body.hold))


def _rescheduled(day: AppointmentDay, body: e.AppointmentRescheduled, at: Micros) -> AppointmentDay:
    known = _known(day, body)
    after = replace(
        known,
        state=AppointmentState.BOOKED,
        at=body.at,
        loads=body.loads,
        changed_at=at,
        revision=known.revision + 1,
    )
    # It may stand on what it had before: only the rest comes back.
    rest = ReturningLoads(body.release_at, _less(known.loads, body.loads))
    return replace(
        day,
        appointments=day.appointments | {known.id: after},
        holds=_without(day, body.hold),
        returning=(*day.returning, rest) if rest.loads else day.returning,
    )


def _less(loads: tuple[Load, ...], taken: tuple[Load, ...]) -> tuple[Load, ...]:
    """Take loads from loads, period by period."""
    left = Counter({(one.pool, one.at): 0 for one in loads})
    for one in loads:
        left[one.pool, one.at] += one.seconds
    for one in taken:
        left[one.pool, one.at] -= one.seconds
    return tuple(Load(pool, at, seconds) for (pool, at), seconds in left.items() if seconds > 0)


def _state(state: AppointmentState, **more: Any) -> "_Change":
    def change(day: AppointmentDay, body: Any, at: Micros) -> AppointmentDay:
        return _put(day, body, at, state=state, **more)

    return change


def _known(day: AppointmentDay, body: Any) -> Appointment:
    known = day.appointments.get(body.appointment)
    if known is None:
        raise UnknownEventError(type=body.type, v=body.v)
    return known


def _put(day: AppointmentDay, body: Any, at: Micros, **changes: Any) -> AppointmentDay:
    known = _known(day, body)
    return replace(day, appointments=day.appointments | {known.id: replace(known, changed_at=at, **changes)})


def _given_back(state: AppointmentState) -> "_Change":
    def change(day: AppointmentDay, body: Any, at: Micros) -> AppointmentDay:
        known = _known(day, body)
        after = _put(day, body, at, state=state, revision=known.revision + 1)
        if known.state not in TAKING:
            return after
        return replace(after, returning=(*day.returning, ReturningLoads(body.release_at, known.loads)))

    return change


def _day_changed(day: AppointmentDay, body: e.AppointmentDayChanged, _: Micros) -> AppointmentDay:
    change = DayChange(body.change, body.kind, body.start, body.end, body.pool, body.counters)
    return replace(day, changes=(*day.changes, change))


def _restored(day: AppointmentDay, change: DayChangeId) -> AppointmentDay:
    return replace(day, changes=tuple(one for one in day.changes if one.id != change))


_Change = Callable[[AppointmentDay, Any, Micros], AppointmentDay]
_CHANGES: Final[dict[type[Payload], _Change]] = {
    e.TimeHeld: _held,
    e.HoldReleased: lambda day, body, _: replace(day, holds=_without(day, body.hold)),
    e.AppointmentBooked: _booked,
    e.AppointmentRescheduled: _rescheduled,
    e.AppointmentMovedIn: _booked,
    e.AppointmentMovedOut: _given_back(AppointmentState.MOVED),
    e.AppointmentCancelled: _given_back(AppointmentState.CANCELLED),
    e.AppointmentCheckedIn: lambda day, body, at: _put(
        day, body, at, state=AppointmentState.CHECKED_IN, visit=body.visit
    ),
    e.AppointmentMissed: _state(AppointmentState.MISSED),
    e.AppointmentDisplaced: lambda day, body, at: _put(
        day,
        body,
        at,
        state=AppointmentState.DISPLACED,
        loads=(),
        revision=_known(day, body).revision + 1,
    ),
    e.AppointmentReassigned: lambda day, body, at: _put(day, body, at, loads=body.loads),
    e.AppointmentDayChanged: _day_changed,
    e.AppointmentDayRestored: lambda day, body, _: _restored(day, body.change),
}
