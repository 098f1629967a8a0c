"""Words of what figures only enumerate, and numbers as they stand on these pages."""

from datetime import date

from babel.dates import format_date, get_day_names
from markupsafe import Markup

from queue_server.reports.facts import VisitOutcome, VisitSource
from queue_server.web import wording
from queue_server.web.figures.period import FigurePeriod, PeriodLength
from queue_server.web.times import Clockface
from queue_server.web.wording import MarkupTranslations


def number(value: int | None) -> str:
    """Write a number, its thousands apart."""
    return wording.NOTHING if value is None else wording.whole(value)


def weekday(clock: Clockface, which: int) -> str:
    """Name a weekday, 0 being Monday, as it stands by itself."""
    return str(get_day_names("wide", "stand-alone", locale=clock.locale)[which]).capitalize()


def period_name(_: MarkupTranslations, clock: Clockface, wanted: FigurePeriod) -> Markup:
    """Name a day, a week, a month or a year."""
    match wanted.length:
        case PeriodLength.DAY:
            return Markup.escape(day_name(clock, wanted.first))
        case PeriodLength.WEEK:
            return _("Week %(number)s", number=wanted.first.isocalendar().week)
        case PeriodLength.MONTH:
            return Markup.escape(format_date(wanted.first, "LLLL y", locale=clock.locale).capitalize())
        case PeriodLength.YEAR:
            return Markup.escape(str(wanted.first.year))


def day_name(clock: Clockface, day: date) -> str:
    name = format_date(day, "EEEE d MMMM y", locale=clock.locale)
    return name[:1].upper() + name[1:]


def short_day(clock: Clockface, day: date) -> str:
    return format_date(day, "EEE d", locale=clock.locale)


def source(_: MarkupTranslations, value: VisitSource) -> Markup:
    return {
        VisitSource.BOOKING: _("Booked"),
        VisitSource.KIOSK: _("Kiosk"),
        VisitSource.RECEPTION: _("Reception desk"),
    }[value]


def end(_: MarkupTranslations, value: str) -> Markup:
    return {
        "served": _("Finished"),
        "left": _("Not served"),
        "present": _("Still here"),
        "carried-over": _("Goes on the next day"),
    }[value]


def outcome(_: MarkupTranslations, value: VisitOutcome) -> Markup:
    return {
        VisitOutcome.PRESENT: _("still here"),
        VisitOutcome.SERVED: _("finished"),
        VisitOutcome.MISSED: _("missed the call"),
        VisitOutcome.CANCELLED: _("cancelled"),
        VisitOutcome.MERGED: _("goes on with another ticket"),
        VisitOutcome.NOT_SERVED: _("not served when the day ended"),
        VisitOutcome.CARRIED_OVER: _("goes on the next day"),
    }[value]
