"""Words of the page: what was changed, and how an appointment is."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from babel.dates import format_date
from markupsafe import Markup

from queue_server.contract.appointments import DayChangeView
from queue_server.domain.appointments import DayChangeKind
from queue_server.domain.values import to_micros
from queue_server.web.staffing.day_query import ChangeQuery, ChangeVerb
from queue_server.web.times import Clockface
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

#: Services or days that an alarm names.
NAMED: Final = 4


def day(look: StaffView, one: date) -> str:
    """Write a service day in full."""
    return first_upper(format_date(one, "EEEE d MMMM y", locale=look.clock.locale))


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def span(clock: Clockface, start: datetime, end: datetime) -> str:
    return f"{clock.hhmm(to_micros(start))}\N{EN DASH}{clock.hhmm(to_micros(end))}"


def some(_: MarkupTranslations, texts: Sequence[Markup]) -> Markup:
    """List the first ``NAMED`` texts, and how many more there are."""
    named, more = _(", ").join(texts[:NAMED]), len(texts) - NAMED
    if more <= 0:
        return named
    return Markup("{} {}").format(named, _.ngettext("and %(count)s more", "and %(count)s more", more))


def verb(_: MarkupTranslations, one: ChangeVerb) -> Markup:
    return {"close": _("Close"), "more": _("Add counters"), "fewer": _("Take counters away")}[one]


def query_of(one: DayChangeView) -> ChangeQuery:
    """Read a change that was made as one that is asked for."""
    kind: ChangeVerb = "close" if one.kind is DayChangeKind.CLOSE else "more" if one.counters > 0 else "fewer"
    return ChangeQuery(kind, one.start, one.end, one.pool, abs(one.counters) or 1)


def change(_: MarkupTranslations, clock: Clockface, one: ChangeQuery, pool: str) -> Markup:
    """Say what is changed, in one line."""
    values = {"pool": pool, "start": clock.hhmm(to_micros(one.start)), "end": clock.hhmm(to_micros(one.end))}
    if one.verb == "close":
        return _("Close %(pool)s from %(start)s to %(end)s", **values)
    if one.verb == "more":
        return _.ngettext(
            "%(count)s counter more from %(start)s to %(end)s: %(pool)s",
            "%(count)s counters more from %(start)s to %(end)s: %(pool)s",
            one.counters,
            **values,
        )
    return _.ngettext(
        "%(count)s counter fewer from %(start)s to %(end)s: %(pool)s",
        "%(count)s counters fewer from %(start)s to %(end)s: %(pool)s",
        one.counters,
        **values,
    )


def people(_: MarkupTranslations, count: int) -> Markup:
    return _.ngettext("%(count)s person", "%(count)s people", count)


def done(_: MarkupTranslations, one: str) -> Markup:
    """Say what the last press has done; nothing where the address says what is none."""
    known = {
        "change-day": _("It is changed. What is free is offered, and who lost their time can choose another one."),
        "restore-day": _("It is taken back: the day is staffed there as it was before."),
    }
    return known.get(one, Markup())
