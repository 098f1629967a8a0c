"""The part of the page of managers: how many are here, over what is usual, and in words where today leaves it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import msgspec
from markupsafe import Markup

from queue_server.centre.centres import Centres
from queue_server.domain.values import HOUR, to_micros
from queue_server.framework.parts import PagePart, PartContext
from queue_server.web import wording
from queue_server.web.figures.band import came_by_hour, usual_by_hour
from queue_server.web.figures.day_curve import day_curve
from queue_server.web.figures.figures_words import NOTHING
from queue_server.web.figures.page import DayCurve
from queue_server.web.figures.period import FigurePeriod, PeriodLength
from queue_server.web.figures.reading import FiguresData
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.permissions import MANAGER_PAGE
from queue_server.web.today.standing_out import arrivals, counted, crowd
from queue_server.web.today.usual import SameDays, UsualDays
from queue_server.web.view_context import StaffView


class CameInHour(msgspec.Struct, frozen=True):
    """An hour of the table; ``came`` is "" in one to come."""

    head: str
    current: bool
    came: str
    usual: str


class TodayPart(msgspec.Struct, frozen=True):
    """``unusual`` are sentences about where today leaves what is usual; ``calm`` is said where it does not."""

    head: Markup
    curve: DayCurve
    unusual: tuple[Markup, ...]
    calm: Markup
    hours: tuple[CameInHour, ...]


async def part(shown: PartContext) -> Mapping[str, Any] | None:
    """Draw today; nothing where neither today nor such a weekday had anybody."""
    session = await signed_in(shown.request)
    look = shown.request.app[DESK].view(shown.request, session)
    state = shown.server[Centres][shown.centre].state
    usual = await shown.server[UsualDays].of(shown.centre, state.day)
    found = today_part(look, usual)
    if found is None:
        return None
    # What changes by the minute is seen, and not read out.
    return {"today": found, "news": wording.plain(next(_arrivals(look, usual), "")) if _is_open(look) else ""}


def today_part(look: StaffView, usual: SameDays) -> TodayPart | None:
    """Show the day as it is at ``look.now``."""
    state, _ = look.state, look.words
    today, elapsed = counted(state.visits.values(), state.starts_at), look.now - state.starts_at
    day = date.fromisoformat(state.day)
    period = FigurePeriod(PeriodLength.DAY, day, day)
    curve = day_curve(look, FiguresData(period, {}, visits=today, usual=usual), state.starts_at, look.now)
    if curve is None:
        return None
    unusual = (*_arrivals(look, usual), *_crowd(look, usual)) if _is_open(look) else ()
    weekday = look.clock.day(look.now, "EEEE")
    return TodayPart(
        head=_("Visits here, beside an ordinary %(weekday)s", weekday=weekday),
        curve=curve,
        unusual=unusual,
        calm=_("So far as on an ordinary %(weekday)s.", weekday=weekday) if curve.area and _is_open(look) else Markup(),
        hours=tuple(_hours(look, came_by_hour(today), usual, elapsed)),
    )


def _is_open(look: StaffView) -> bool:
    """Tell whether people may come today: on a holiday nobody comes, and that is not worth a sentence."""
    start, end = look.state.starts_at, look.state.starts_at + 24 * HOUR
    return bool(look.state.visits) or any(
        to_micros(one.opens) < end and to_micros(one.closes) > start for one in look.known.catalogue.centre.openings
    )


def _arrivals(look: StaffView, usual: SameDays) -> Iterator[Markup]:
    state, _ = look.state, look.words
    found = arrivals(counted(state.visits.values(), state.starts_at), usual, look.now - state.starts_at)
    if found is None:
        return
    values = {
        "percent": Markup('<bdi dir="ltr">{} %</bdi>').format(abs(found.percent)),
        "weekday": look.clock.day(look.now, "EEEE"),
        "time": look.clock.hhmm(state.starts_at + found.since * HOUR),
        "came": found.came,
        "usual": found.usual,
    }
    if found.percent >= 0:
        yield _(
            "Arrivals %(percent)s above an ordinary %(weekday)s since %(time)s: %(came)s instead of %(usual)s.",
            **values,
        )
    else:
        yield _(
            "Arrivals %(percent)s below an ordinary %(weekday)s since %(time)s: %(came)s instead of %(usual)s.",
            **values,
        )


def _crowd(look: StaffView, usual: SameDays) -> Iterator[Markup]:
    state, _ = look.state, look.words
    found = crowd(counted(state.visits.values(), state.starts_at), usual, look.now - state.starts_at)
    if found is None:
        return
    values = {"here": found.here, "usual": Markup('<bdi dir="ltr">{}</bdi>').format(_range(found.low, found.high))}
    if found.by > 0:
        yield _(
            "More visits are here than usual at this time: %(here)s, and on eight of ten such days %(usual)s.",
            **values,
        )
    else:
        yield _(
            "Fewer visits are here than usual at this time: %(here)s, and on eight of ten such days %(usual)s.",
            **values,
        )


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}\N{EN DASH}{high}"


def _hours(look: StaffView, came: Mapping[int, int], usual: SameDays, elapsed: int) -> Iterator[CameInHour]:
    """Say for each hour in which somebody came or usually comes how many."""
    hours = {*came, *(hour for day in usual.values() for hour in came_by_hour(day))}
    every = range(min(hours), max(hours) + 1) if hours else range(0)
    known = usual_by_hour(usual, every)
    for hour in every:
        of, begun = known.get(hour), elapsed >= hour * HOUR
        yield CameInHour(
            head=look.clock.hhmm(look.state.starts_at + hour * HOUR),
            current=hour == elapsed // HOUR,
            came=str(came.get(hour, 0)) if begun else "",
            usual=NOTHING if of is None else _range(of.low, of.high),
        )


PARTS: Final = (PagePart("manager-today", "today/day.html", MANAGER_PAGE, part),)
