"""The part of the page of managers: how many are here, over what is usual, and in words where today leaves it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.domain.values import HOUR, to_micros
from queue_server.framework.parts import PagePart, PartContext
from queue_server.web import wording
from queue_server.web.figures.day_curve import day_curve
from queue_server.web.figures.page import DayCurve
from queue_server.web.figures.period import FigurePeriod, PeriodLength
from queue_server.web.figures.reading import FiguresData
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.permissions import MANAGER_PAGE
from queue_server.web.today.minute import DrawnToday, MinuteDrawings
from queue_server.web.today.standing_out import arrivals, counted, crowd
from queue_server.web.today.usual import SameDays, UsualDays
from queue_server.web.view_context import StaffView


class TodayPart(msgspec.Struct, frozen=True):
    """``unusual`` are sentences about where today leaves what is usual; ``calm`` is said where it does not."""

    head: Markup
    curve: DayCurve
    unusual: tuple[Markup, ...]
    calm: Markup


async def part(shown: PartContext) -> DrawnToday | None:
    """Draw today, once a minute; nothing where neither today nor such a weekday had anybody."""
    session, desk = await signed_in(shown.request), shown.request.app[DESK]
    look, drawn = desk.view(shown.request, session), shown.server[MinuteDrawings]
    known = drawn.of(shown.centre, look)
    if known is not None:
        return known
    usual = await shown.server[UsualDays].of(shown.centre, look.state.day)
    found = today_part(look, usual)
    if found is None:
        return None
    text = desk.site.render("today/drawn.html", look.reader.language, {"today": found})
    # What changes by the minute is seen, and not read out.
    news = wording.plain(next(_arrivals(look, usual), "")) if _is_open(look) else ""
    return drawn.store(shown.centre, look, DrawnToday(drawn=Markup(text), news=news))  # noqa: S704 - our own template


def today_part(look: StaffView, usual: SameDays) -> TodayPart | None:
    """Show the day as it is at ``look.now``."""
    state, _ = look.state, look.words
    today, day = counted(state.visits.values(), state.starts_at), date.fromisoformat(state.day)
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
        "percent": wording.percent(abs(found.percent)),
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


PARTS: Final = (PagePart("manager-today", "today/day.html", MANAGER_PAGE, part),)
