"""The visits behind a number: their tickets and times, and nobody's name. Pure."""

from datetime import date

from markupsafe import Markup

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import MINUTE, Category, Micros, StepId
from queue_server.reports.visit_readings import GROUPS, StopLine, VisitLine
from queue_server.web import times, wording
from queue_server.web.figures import figures_words
from queue_server.web.figures.figures_query import PATH, VisitsQuery
from queue_server.web.figures.group_rows import group_name
from queue_server.web.figures.heat import hour_name
from queue_server.web.figures.page import StopText, VisitRow, VisitsPage
from queue_server.web.figures.reading import ROWS, VisitsData
from queue_server.web.view_context import StaffView

_MINUTE_S = 60


def visits_page(look: StaffView, data: VisitsData, asked: VisitsQuery, rule: DayRule) -> VisitsPage:
    """List a piece of them, and say which number they stand behind."""
    _ = look.words
    today = date.fromisoformat(rule.day_at(look.now))
    shown = asked.skip + len(data.lines)
    return VisitsPage(
        now=look.now,
        refresh_at=Micros(times.next_minute(look.now)),
        query=asked.written(),
        head=_.ngettext("%(count)s visit", "%(count)s visits", data.total, count=figures_words.number(data.total)),
        lead=Markup(" \N{MIDDLE DOT} ").join(_conditions(look, asked, rule, today)),
        rows=tuple(visit_row(look, one, data) for one in data.lines),
        back=asked.of.address(),
        csv=asked.address(f"{PATH}/visits.csv", 0),
        older=asked.address(skip=shown) if shown < data.total else "",
        newer=asked.address(skip=max(0, asked.skip - ROWS)) if asked.skip else "",
    )


def visit_row(look: StaffView, one: VisitLine, data: VisitsData) -> VisitRow:
    """Write one visit."""
    _, clock = look.words, look.clock
    wait = None if one.first_called_at is None else max(0, one.first_called_at - one.issued_at) // MINUTE
    return VisitRow(
        code=data.codes.get((one.day, one.visit), ""),
        paper=_paper(look, one.reprints),
        day=clock.day(one.issued_at),
        service=look.service_name(one.service),
        category=wording.category(_, Category(one.category)),
        source=figures_words.source(_, one.source),
        came=clock.hhmm(one.issued_at),
        called=wording.NOTHING if one.first_called_at is None else clock.hhmm(one.first_called_at),
        wait=figures_words.number(wait),
        ended=wording.NOTHING if one.ended_at is None else clock.hhmm(one.ended_at),
        outcome=figures_words.outcome(_, one.outcome),
        stops=tuple(_stop(look, stop) for stop in data.stops.get(one.visit, ())),
    )


def _paper(look: StaffView, reprints: int) -> Markup:
    _ = look.words
    if not reprints:
        return Markup()
    return _.ngettext("printed again %(count)s time", "printed again %(count)s times", reprints)


def _stop(look: StaffView, one: StopLine) -> StopText:
    _ = look.words
    name = look.step(one.step)
    if one.waited_s is None:
        return StopText(name, _("not called"))
    waited, served = one.waited_s // _MINUTE_S, one.served_s
    if served is None:
        return StopText(name, _("waited %(waited)s min", waited=waited))
    return StopText(name, _("waited %(waited)s min, served %(served)s min", waited=waited, served=served // _MINUTE_S))


def _conditions(look: StaffView, asked: VisitsQuery, rule: DayRule, today: date) -> list[Markup]:
    """Say which visits these are."""
    _ = look.words
    found = [figures_words.period_name(_, look.clock, asked.of.period(today))]
    if asked.weekday is not None:
        found.append(Markup.escape(figures_words.weekday(look.clock, asked.weekday)))
    if asked.hour is not None:
        times_of = {"from": hour_name(rule, asked.hour), "to": hour_name(rule, asked.hour + 1)}
        found.append(_("came from %(from)s to %(to)s", **times_of))
    if asked.end:
        found.append(figures_words.end(_, asked.end))
    if asked.group and asked.of.by in GROUPS:
        found.append(Markup.escape(group_name(look, asked.of.by, asked.group)))
    if asked.source is not None:
        found.append(figures_words.source(_, asked.source))
    if asked.step:
        found.append(_way(look, asked))
    if asked.printed_again:
        found.append(_("printed again"))
    if asked.in_time is not None:
        found.append(_("called in time") if asked.in_time else _("called late"))
    return found


def _way(look: StaffView, asked: VisitsQuery) -> Markup:
    step = look.step(StepId(asked.step))
    if asked.to:
        return Markup("{} → {}").format(step, look.step(StepId(asked.to)))
    if asked.leaving:
        return Markup("{} → {}").format(step, figures_words.end(look.words, asked.leaving))
    return Markup.escape(step)
