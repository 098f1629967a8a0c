"""Appointments and days as messages of the API. Pure."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from queue_server.appointments.capacity import CapacityUse, DayCapacity, DayChange
from queue_server.appointments.model import TAKING, StoredAppointment
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.contract import appointments as m
from queue_server.contract.base import People
from queue_server.domain.appointments import AppointmentState
from queue_server.domain.values import MINUTE, Micros, to_datetime


def appointment_view(
    one: StoredAppointment, zone: str, rules: AppointmentRules | None, now: Micros
) -> m.AppointmentView:
    """Show an appointment at ``now``; ``rules`` are those of its centre, which may give none any more."""
    return m.AppointmentView(
        id=one.id,
        code=one.code,
        state=one.state,
        day=one.day,
        at=to_datetime(one.at),
        clock=clock_of(one.at, zone),
        date=date_of(one.at, zone),
        minutes=one.seconds // 60,
        services=one.services,
        party_size=one.party_size,
        language=one.language,
        through=one.through,
        booked_at=to_datetime(one.booked_at),
        revision=one.revision,
        people=tuple(People(each.band, each.count) for each in one.people),
        remote=one.remote,
        visit=one.visit,
        has_document=one.document is not None,
        until=None if rules is None else _until(one, rules, now),
    )


def _until(one: StoredAppointment, rules: AppointmentRules, now: Micros) -> datetime | None:
    until = Micros(one.at - rules.change_until_min * MINUTE)
    if one.state is AppointmentState.DISPLACED:
        until = one.at
    elif one.state is not AppointmentState.BOOKED:
        return None
    return to_datetime(until) if until > now else None


def clock_of(at: Micros, zone: str) -> str:
    """Write what the clock of a centre shows then."""
    return f"{to_datetime(at).astimezone(ZoneInfo(zone)):%H:%M}"


def date_of(at: Micros, zone: str) -> str:
    """Write the date on which the clock of a centre shows that time; it is not always the service day's."""
    return to_datetime(at).astimezone(ZoneInfo(zone)).date().isoformat()


def change_view(one: DayChange) -> m.DayChangeView:
    return m.DayChangeView(
        id=one.id,
        kind=one.kind,
        start=to_datetime(one.start),
        end=to_datetime(one.end),
        pool=one.pool,
        counters=one.counters,
    )


def day_answer(  # noqa: PLR0917 - a day in all its parts
    capacity: DayCapacity,
    use: CapacityUse,
    pools: Iterable[str],
    changes: Iterable[DayChange],
    listed: Iterable[StoredAppointment],
    zone: str,
) -> m.AppointmentDayAnswer:
    """Show a day; ``pools`` are its pools as the staffing plan lists them."""
    known = {pool.id: pool for pool in capacity.pools}
    taking = [one for one in listed if one.state in TAKING]
    shown = []
    for name in pools:
        pool = known[name]  # type: ignore[index] # the same ids
        periods = tuple(
            m.PoolPeriodView(
                at=to_datetime(start),
                clock=clock_of(start, zone),
                minutes=(end - start) // MINUTE,
                counters=pool.counters[number],
                bookable=pool.bookable[number],
                taken=use.taken(pool.id, number),
            )
            for number, (start, end) in enumerate(capacity.periods)
            if pool.counters[number] or use.taken(pool.id, number)
        )
        shown.append(m.PoolDayView(pool.id, periods))
    return m.AppointmentDayAnswer(
        day=capacity.day,
        booked=len(taking),
        people=sum(one.party_size for one in taking),
        pools=tuple(shown),
        changes=tuple(map(change_view, changes)),
    )
