"""Turns the needs of the coming week into the page. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from babel.dates import format_date
from markupsafe import Markup

from queue_server.domain.values import StepId
from queue_server.forecast.week_plan import SLOT_MIN, DayStaffing, SlotStaffing
from queue_server.web.forecast.forecast_view import ForecastView
from queue_server.web.forecast.page import ForecastPage, WeekCell, WeekDay, WeekRow

#: Slots of an hour, of which the one with more people says what the hour needs.
_HOUR_SLOTS: Final = 60 // SLOT_MIN


def week_page(view: ForecastView) -> ForecastPage:
    """Show what each day of the coming week needs beside what is planned."""
    _ = view.look.words
    seen = any(one.days for one in view.week)
    note = (
        Markup()
        if seen
        else _(
            "No day of the last eight weeks is known. Figures come here on the morning after the first day with visits."
        )
    )
    return ForecastPage(
        part="week",
        query="part=week",
        head=_("The coming week"),
        lead=_(
            "How many counters each hour needs so that four in five people are called within the promise, from who "
            "came on the same weekdays of the last eight weeks; beside it how many are planned."
        ),
        note=note,
        step="",
        address="/manager/forecast?part=week",
        week=tuple(_day(view, one) for one in view.week) if seen else (),
    )


def _day(view: ForecastView, one: DayStaffing) -> WeekDay:
    _, day = view.look.words, date.fromisoformat(one.day)
    rows = [(step, tuple(_hours(slots))) for step, slots in one.steps.items() if any(slot.needed for slot in slots)]
    missing = [(hour.needed - hour.planned, hour.minute, step) for step, hours in rows for hour in hours]
    worst = max(missing, default=(0, 0, ""), key=lambda one: (one[0], -one[1]))
    hours = sorted({hour.minute // 60 for _, found in rows for hour in found})
    return WeekDay(
        id=one.day,
        head=_upper(format_date(day, "EEEE d MMMM", locale=view.look.clock.locale)),
        note=_.ngettext("from %(count)s day of this weekday", "from %(count)s days of this weekday", one.days)
        if one.same_weekday
        else _.ngettext("from %(count)s day of any weekday", "from %(count)s days of any weekday", one.days),
        worst=_.ngettext(
            "%(count)s counter is missing at %(time)s: %(step)s",
            "%(count)s counters are missing at %(time)s: %(step)s",
            worst[0],
            time=Markup('<bdi dir="ltr">{:02}:00</bdi>').format(worst[1] // 60),
            step=Markup("<bdi>{}</bdi>").format(view.look.step(StepId(worst[2]))),
        )
        if worst[0] > 0
        else _("Enough counters are planned."),
        hours=tuple(map(str, hours)),
        rows=tuple(
            WeekRow(
                view.look.step(step),
                tuple(WeekCell(hour.needed, hour.planned, max(0, hour.needed - hour.planned)) for hour in found),
            )
            for step, found in rows
        ),
    )


def _hours(slots: Sequence[SlotStaffing]) -> Iterator[SlotStaffing]:
    """Make hours of slots: each is as its slot that lacks most."""
    by_hour: dict[int, list[SlotStaffing]] = {}
    for slot in slots:
        by_hour.setdefault(slot.minute // 60, []).append(slot)
    for hour, found in by_hour.items():
        worst = max(found, key=lambda one: (one.needed - one.planned, one.needed))
        yield SlotStaffing(hour * 60, sum(one.coming for one in found), worst.needed, worst.planned)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
