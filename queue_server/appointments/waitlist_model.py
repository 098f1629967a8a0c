"""Somebody on the waiting list, as their events fold to, and what may happen to them. Pure."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from queue_server.appointments import waitlist_events as e
from queue_server.appointments.capacity import CapacityUse
from queue_server.appointments.decide import BookableDay, Decided, WantedTime, moment, opened, use_of
from queue_server.appointments.errors import OfferOverError, TimeNotOfferedError, TimeTakenError
from queue_server.appointments.events import HoldReleased, TimeHeld
from queue_server.appointments.model import AppointmentDay
from queue_server.domain.appointments import AppointmentId, HoldId, WaitlistId
from queue_server.domain.appointments import WaitlistState as State
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import CentreId, Day, Language, Micros, ServiceId, to_datetime
from queue_server.eventlog.payload import Payload, UnknownEventError

#: Minutes of a day.
MAX_MINUTE: Final = 1_440


class PlaceOffer(msgspec.Struct, frozen=True):
    """A place that was offered: theirs ``until`` then while it ``is_open``; others may have it after ``held_until``."""

    hold: HoldId
    day: Day
    at: Micros
    until: Micros
    held_until: Micros
    is_open: bool = True


class WaitlistEntry(msgspec.Struct, frozen=True):
    """Somebody who waits, as their stream left them at ``seq``: they can come between the minutes of a day."""

    id: WaitlistId
    centre: CentreId
    state: State
    services: tuple[ServiceId, ...]
    party_size: int
    people: tuple[Headcount, ...]
    language: Language
    first_day: Day
    last_day: Day
    earliest_min: int
    latest_min: int
    joined_at: Micros
    changed_at: Micros
    seq: int
    appointment: AppointmentId | None = None
    offers: tuple[PlaceOffer, ...] = ()

    def offer(self, now: Micros) -> PlaceOffer | None:
        """Find what is held for them now."""
        return next((one for one in self.offers if one.is_open and one.until > now), None)

    @property
    def next_hold(self) -> HoldId:
        """Name what is held for them next: the same on every server."""
        return HoldId(str(uuid5(UUID(self.id), f"offer/{len(self.offers)}")))


def evolve(before: WaitlistEntry | None, body: Payload, seq: int, at: Micros) -> WaitlistEntry:
    """Fold one event into it.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if isinstance(body, e.WaitlistJoined):
        if before is not None:
            raise UnknownEventError(type=body.type, v=body.v)
        return WaitlistEntry(
            id=body.entry,
            centre=body.centre,
            state=State.WAITING,
            services=body.services,
            party_size=body.party_size,
            people=body.people,
            language=body.language,
            first_day=body.first_day,
            last_day=body.last_day,
            earliest_min=body.earliest_min,
            latest_min=body.latest_min,
            joined_at=at,
            changed_at=at,
            seq=seq,
        )
    change = _CHANGES.get(type(body))
    if before is None or change is None:
        raise UnknownEventError(type=body.type, v=body.v)
    return change(replace(before, changed_at=at, seq=seq), body)


def _offered(one: WaitlistEntry, body: e.WaitlistOffered) -> WaitlistEntry:
    offer = PlaceOffer(body.hold, body.day, body.at, body.until, body.held_until)
    return replace(one, state=State.OFFERED, offers=(*one.offers, offer))


def _closed(one: WaitlistEntry, state: State, **more: Any) -> WaitlistEntry:
    offers = tuple(replace(offer, is_open=False) if offer.is_open else offer for offer in one.offers)
    return replace(one, state=state, offers=offers, **more)


_CHANGES: Final[dict[type[Payload], Callable[[WaitlistEntry, Any], WaitlistEntry]]] = {
    e.WaitlistOffered: _offered,
    e.WaitlistOfferLapsed: lambda one, _: _closed(one, State.WAITING),
    e.WaitlistServed: lambda one, body: _closed(one, State.SERVED, appointment=body.appointment),
    e.WaitlistLeft: lambda one, _: _closed(one, State.LEFT),
    e.WaitlistEnded: lambda one, _: _closed(one, State.ENDED),
}


# --- what may happen -------------------------------------------------------------------------------------------------


def join(before: WaitlistEntry | None, body: e.WaitlistJoined) -> Decided:
    """Wait for a place; once, however often it is said."""
    return () if before is not None else (body,)


def offer(before: WaitlistEntry | None, body: e.WaitlistOffered) -> Decided:
    """Offer a place to somebody who waits.

    Raises:
        OfferOverError: they do not wait.
    """
    if before is None or before.state is not State.WAITING:
        raise OfferOverError
    return (body,)


def lapse(before: WaitlistEntry | None, hold: HoldId, now: Micros | None = None) -> Decided:
    """Take an offer back: at ``now`` its time is over, or they do not want it. Nothing where it is not theirs."""
    if before is None or before.state is not State.OFFERED:
        return ()
    held = next((one for one in before.offers if one.is_open and one.hold == hold), None)
    if held is None or (now is not None and held.until > now):
        return ()
    return (e.WaitlistOfferLapsed(before.id, hold),)


def serve(before: WaitlistEntry | None, appointment: AppointmentId) -> Decided:
    """Note that they booked what was held for them."""
    if before is None or before.state not in {State.OFFERED, State.WAITING}:
        return ()
    return (e.WaitlistServed(before.id, appointment),)


def leave(before: WaitlistEntry | None) -> Decided:
    """Wait no more; nothing where they do not wait."""
    if before is None or before.state not in {State.WAITING, State.OFFERED}:
        return ()
    return (e.WaitlistLeft(before.id),)


def end(before: WaitlistEntry | None, today: Day) -> Decided:
    """Say that they cannot come any more: their last day is over."""
    if before is None or before.state is not State.WAITING or before.last_day >= today:
        return ()
    return (e.WaitlistEnded(before.id),)


# --- which place -----------------------------------------------------------------------------------------------------


def fits(entry: WaitlistEntry, at: Micros, zone: ZoneInfo) -> bool:
    """Tell whether they can come at a time, and were not offered it before."""
    local = to_datetime(at).astimezone(zone)
    minute = local.hour * 60 + local.minute
    return (
        entry.state is State.WAITING
        and entry.earliest_min <= minute <= entry.latest_min
        and all(one.at != at for one in entry.offers)
    )


def days_of(entries: Iterable[WaitlistEntry], today: Day, last: Day) -> list[Day]:
    """List the days on which any of them can come, the earliest first."""
    found: set[int] = set()
    for one in entries:
        begin, end_ = max(one.first_day, today), min(one.last_day, last)
        found.update(range(date.fromisoformat(begin).toordinal(), date.fromisoformat(end_).toordinal() + 1))
    return [Day(date.fromordinal(number).isoformat()) for number in sorted(found)]


def hold_offered(  # noqa: PLR0917 - whatever a place depends on
    book: AppointmentDay | None,
    day: BookableDay,
    wanted: WantedTime,
    lapsed: Iterable[HoldId],
    ident: HoldId,
    until: Micros,
    now: Micros,
) -> Decided:
    """Hold a place for somebody who waits; what others did not take in time (``lapsed``) is theirs before all.

    Of that only as much is let go as they need.

    Raises:
        TimeNotOfferedError: nothing begins then, or it is too near or too far.
        TimeTakenError: the journey does not fit.
    """
    now = moment(book, now)
    use = use_of(day, book, now, ahead=True)
    if not wanted.earliest <= wanted.at <= wanted.latest or use.day.starting(wanted.at) is None:
        raise TimeNotOfferedError
    released: list[HoldId] = []
    left = [held for one in lapsed if book is not None and (held := book.hold(one, now)) is not None]
    while (loads := use.place(wanted.stops, wanted.at)) is None:
        if not left:
            raise TimeTakenError
        held = left.pop(0)
        use.remove(held.loads)
        released.append(held.id)
    taken = TimeHeld(ident, wanted.at, wanted.services, wanted.party_size, wanted.people, loads, until)
    return (*opened(book, day), *map(HoldReleased, released), taken)


def use_ahead(book: AppointmentDay | None, day: BookableDay, lapsed: Iterable[HoldId], now: Micros) -> CapacityUse:
    """Count what is taken of a day for those who wait: what was given back, or not taken in time, is theirs."""
    use = use_of(day, book, moment(book, now), ahead=True)
    for one in lapsed:
        held = None if book is None else book.hold(one, moment(book, now))
        if held is not None:
            use.remove(held.loads)
    return use
