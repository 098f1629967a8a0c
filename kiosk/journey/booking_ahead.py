"""Whoever books a time on another day: which days and times they are shown, and what is held or booked for them.

Few and large: the first free time of the next days, then days, then one time of each hour. As the first time of an hour
is taken the next one of it comes, so no place is lost by what is not shown.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from kiosk.journey import order
from kiosk.journey.context import Context
from kiosk.journey.events import BookableTime, DayWithTimes, FindTimes, TimesFound
from kiosk.journey.step import Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.appointments import LINK_PATH
from queue_server.domain.tariff import size

#: So many days are offered by their first free time.
MAX_FIRST: Final = 4

type TimesView = Literal["first", "days", "times"]


class BookingAhead(msgspec.Struct, frozen=True):
    """``looks`` counts what was asked of the server; ``is_asked``: which times are free, ``outcome`` is the answer.

    ``view`` is what is chosen from, ``day`` the day whose times those are. ``at`` is the time that was chosen,
    ``holding``: it is being held, ``until`` (of the centre's clock): it is held; ``lost``: it was no more to be had.
    ``booked``: how far the booking is. ``code`` and ``token`` are those of the appointment, ``paper`` how far its slip
    is.
    """

    looks: int = 0
    is_asked: bool = False
    outcome: Literal["", "found", "not-offered", "remote", "away"] = ""
    days: tuple[DayWithTimes, ...] = ()
    today: str = ""
    view: TimesView = "first"
    day: str = ""
    at: str = ""
    holding: bool = False
    until: str = ""
    lost: bool = False
    booked: Literal["", "asking", "away", "booked"] = ""
    clock: str = ""
    code: str = ""
    token: str = ""
    paper: Literal["", "printing", "taken", "none"] = ""

    def __repr__(self) -> str:
        return f"BookingAhead(outcome={self.outcome!r}, view={self.view!r}, booked={self.booked!r}, ...)"


class TimeChoice(msgspec.Struct, frozen=True):
    """One thing to choose: ``id`` is an instant, or a day of which the times are shown then.

    ``nights`` lie before its ``day``; ``clock`` is empty where it is a day.
    """

    id: str
    day: str
    nights: int
    clock: str = ""


def begun_anew(context: Context) -> Context:
    """Forget what was found, held and chosen; the counter goes on, so that an answer that is late is none."""
    return context.keeping(BookingAhead(looks=context.of(BookingAhead).looks))


def asked_again(context: Context, *, lost: bool = False) -> Context:
    """Have the free times asked for anew; ``lost``: the one that was chosen is no more to be had."""
    return context.keeping(BookingAhead(looks=context.of(BookingAhead).looks, lost=lost))


def choices(known: BookingAhead) -> tuple[TimeChoice, ...]:
    """List what is chosen from; what has no room on a page is cut by whoever shows it."""
    match known.view:
        case "first":
            return tuple(_time(known, one, one.times[0]) for one in known.days[:MAX_FIRST])
        case "days":
            return tuple(TimeChoice(one.day, one.day, _nights(known, one.day)) for one in known.days)
        case "times":
            chosen = next((one for one in known.days if one.day == known.day), None)
            return () if chosen is None else tuple(_time(known, chosen, one) for one in hourly(chosen.times))


def hourly(times: Sequence[BookableTime]) -> tuple[BookableTime, ...]:
    """Give the first time of each hour of the clock."""
    first: dict[str, BookableTime] = {}
    for one in times:
        first.setdefault(one.clock.partition(":")[0], one)
    return tuple(first.values())


def has_others(known: BookingAhead) -> bool:
    """Tell whether there is more to choose from than the first free times."""
    return len(known.days) > MAX_FIRST or any(len(hourly(one.times)) > 1 for one in known.days)


def chosen(known: BookingAhead) -> tuple[str, str]:
    """Give day and clock of the time that was chosen, empty where none is."""
    found = ((one.day, time.clock) for one in known.days for time in one.times if time.at == known.at)
    return next(found, ("", ""))


def is_offered(context: Context, around: Surroundings) -> bool:
    """Tell whether a time can be booked at this kiosk: where no numbers are given, and it is a kiosk of its centre."""
    del context
    return has_times(around) and around.availability.closed is not None


def has_times(around: Surroundings) -> bool:
    """Tell whether times are given at this kiosk: by its centre, and it is in order."""
    return around.offer.appointments and not (around.copied or around.out_of_order)


def has_another_day(context: Context, around: Surroundings) -> bool:
    """Tell whether another day may be had: not where it is known that none is given, or none is free."""
    known = context.of(BookingAhead)
    is_none = known.outcome == "not-offered" or (known.outcome == "found" and not known.days)
    return has_times(around) and not is_none


def asks_by_itself(context: Context, around: Surroundings) -> bool:
    """Tell whether nobody has asked yet which time is the first one."""
    return has_times(around) and not context.of(BookingAhead).is_asked


def is_remote(context: Context, around: Surroundings) -> bool:
    """Tell whether nobody comes for what was chosen: they are called, or see staff on a screen.

    They say at which number, or open a page, on their own telephone: so that is where it is booked.
    """
    chosen = (around.offer.service(one.government, one.kind, one.service) for one in order.wanted(context))
    stops = [stop for service in chosen if service is not None for stop in service.steps]
    return bool(stops) and all(stop.remote is not None for stop in stops)


def ask(context: Context, around: Surroundings, number: int) -> Stay:
    """Ask once which times are free for what was chosen."""
    known = context.of(BookingAhead)
    asked = replace(known, is_asked=True, looks=known.looks + 1)
    if is_remote(context, around):
        return Stay(context.keeping(replace(asked, outcome="remote")))
    people = size(order.people(context, around))
    return Stay(context.keeping(asked), (FindTimes(number, asked.looks, order.services(context), people),))


def answered(context: Context, told: TimesFound) -> Context:
    """Take the answer, where it is the one that is waited for."""
    known = context.of(BookingAhead)
    if told.look != known.looks or known.outcome or not known.is_asked:
        return context
    return context.keeping(replace(known, outcome=told.outcome, days=told.days, today=told.today))


def first_on_another_day(known: BookingAhead) -> TimeChoice | None:
    """Give the first free time after today; None where none is known."""
    found = (_time(known, one, one.times[0]) for one in known.days)
    return next((one for one in found if one.nights > 0), None)


def page_of_centre(around: Surroundings) -> str:
    """Give where people book on their phone, empty where that is not known."""
    return around.booking_url.removesuffix(LINK_PATH) + "/book" if around.booking_url else ""


def held(known: BookingAhead, until: str) -> BookingAhead:
    day, clock = chosen(known)
    return replace(known, holding=False, until=until, day=day, clock=clock)


def _time(known: BookingAhead, day: DayWithTimes, time: BookableTime) -> TimeChoice:
    return TimeChoice(time.at, day.day, _nights(known, day.day), time.clock)


def _nights(known: BookingAhead, day: str) -> int:
    """Count the nights before a day, -1 where it cannot be said which day it is."""
    try:
        return (date.fromisoformat(day) - date.fromisoformat(known.today)).days
    except ValueError:
        return -1
