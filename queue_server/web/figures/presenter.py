"""Turns what was read into a page of figures. Pure: everything comes in, the time too."""

from datetime import date

from markupsafe import Markup
from msgspec.structs import replace

from queue_server.catalogue.model import Setup
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import Micros
from queue_server.reports.tally import Dimension, Tally
from queue_server.web import times, wording
from queue_server.web.figures import figures_words
from queue_server.web.figures.bars import period_bars
from queue_server.web.figures.day_curve import day_curve, hour_columns
from queue_server.web.figures.figures_query import PATH, FiguresQuery, VisitsQuery
from queue_server.web.figures.flow_picture import flow_picture
from queue_server.web.figures.group_rows import group_table
from queue_server.web.figures.heat import hour_map_table
from queue_server.web.figures.page import FigureBox, FiguresPage, PeriodLink
from queue_server.web.figures.period import PeriodLength
from queue_server.web.figures.reading import FiguresData
from queue_server.web.figures.step_rows import step_table
from queue_server.web.view_context import StaffView

_LETTERS = {PeriodLength.DAY: "D", PeriodLength.WEEK: "W", PeriodLength.MONTH: "O", PeriodLength.YEAR: "Y"}


def figures_page(
    look: StaffView, data: FiguresData, asked: FiguresQuery, rule: DayRule, setup: Setup, *, by_date: bool = False
) -> FiguresPage:
    """Show what was asked for; what is of today goes on, and is called by its date where that is wanted.

    ``setup`` says which counters are a team, and which standard a service has.
    """
    _, wanted = look.words, data.period
    today = date.fromisoformat(rule.day_at(look.now))
    is_day, is_flow = wanted.length is PeriodLength.DAY, asked.flow
    starts_at = rule.starts_at(wanted.first_day)
    until = Micros(min(look.now, rule.starts_at(wanted.after().first_day)))
    whole = data.whole
    return FiguresPage(
        now=look.now,
        refresh_at=Micros(times.next_minute(look.now)),
        query=asked.written(),
        head=_head(look, data, asked, None if by_date else today),
        lead=_lead(look, data, today),
        links=_links(look, asked),
        before=_beside(asked, wanted.before().first),
        after=_beside(asked, wanted.after().first) if wanted.last < today else "",
        day=wanted.first.isoformat() if asked.day is None or is_day else asked.day.isoformat(),
        today=today.isoformat(),
        empty=whole.visits == 0,
        boxes=() if is_flow or not whole.visits else _boxes(look, data, asked, whole, goes_on=wanted.last >= today),
        curve=day_curve(look, data, starts_at, until) if is_day and not is_flow else None,
        hours=hour_columns(look, data, starts_at, asked) if is_day and not is_flow else (),
        map=None if is_day or is_flow else hour_map_table(look, data, asked, rule, today),
        steps=None if is_flow else step_table(look, data, asked),
        groups=None if is_flow else group_table(look, data.groups, asked, setup),
        categories=group_table(look, data.categories, replace(asked, by=Dimension.CATEGORY), setup),
        bars=None if is_flow else period_bars(look, data),
        flow=flow_picture(look, data.flows, asked) if is_flow else None,
        exports=_exports(look, asked) if whole.visits else (),
    )


def _head(look: StaffView, data: FiguresData, asked: FiguresQuery, today: date | None) -> Markup:
    _, wanted = look.words, data.period
    is_today = wanted.length is PeriodLength.DAY and wanted.first == today
    name = _("Today") if is_today else figures_words.period_name(_, look.clock, wanted)
    return _("%(name)s: the ways between steps", name=name) if asked.flow else name


def _lead(look: StaffView, data: FiguresData, today: date) -> Markup:
    """Say from when until when, and up to when it is known."""
    _, wanted, clock = look.words, data.period, look.clock
    goes_on = wanted.first <= today <= wanted.last
    if wanted.length is PeriodLength.DAY:
        day = figures_words.day_name(clock, wanted.first)
        return _("%(day)s, as far as it has gone", day=day) if goes_on else Markup()
    days = _.ngettext("%(count)s day with visits", "%(count)s days with visits", len(data.counts))
    span = _("%(first)s to %(last)s", first=clock.full_day(wanted.first), last=clock.full_day(wanted.last))
    parts = [span, days, *([_("goes on")] if goes_on else [])]
    return Markup(" \N{MIDDLE DOT} ").join(parts)


def _links(look: StaffView, asked: FiguresQuery) -> tuple[PeriodLink, ...]:
    _ = look.words
    labels = {
        PeriodLength.DAY: _("Day"),
        PeriodLength.WEEK: _("Week"),
        PeriodLength.MONTH: _("Month"),
        PeriodLength.YEAR: _("Year"),
    }
    lengths = (
        PeriodLink(
            replace(asked, length=one).address(),
            label,
            _LETTERS[one],
            here=one is asked.length,
        )
        for one, label in labels.items()
    )
    other = replace(asked, flow=not asked.flow)
    return (*lengths, PeriodLink(other.address(), _("Ways between steps"), "F", here=asked.flow))


def _beside(asked: FiguresQuery, day: date) -> str:
    return replace(asked, day=day).address()


def _boxes(
    look: StaffView, data: FiguresData, asked: FiguresQuery, whole: Tally, *, goes_on: bool
) -> tuple[FigureBox, ...]:
    """Show the numbers that say most. What goes on is not held beside a time before that is whole."""
    _ = look.words
    promised, kept = (sum(getattr(one, name) for one in data.steps.values()) for name in ("judged", "kept"))
    left = whole.missed + whole.abandoned + whole.not_served
    minutes, before = _("min"), 0 if goes_on else sum(one.arrived for one in data.before.values())
    return (
        FigureBox(
            figures_words.number(whole.arrived),
            Markup(),
            _.ngettext("visit", "visits", whole.arrived),
            _compared(look, whole.arrived, before) or _people(look, whole.people),
            VisitsQuery(asked).address(),
        ),
        FigureBox(
            figures_words.number(whole.served),
            Markup(),
            _("finished"),
            _of_all(look, whole.served, whole.visits),
            VisitsQuery(asked, end="served").address(),
        ),
        FigureBox(
            figures_words.number(whole.first_waits.percentile_min(50)),
            minutes,
            _("wait for the first call"),
            _("half of the visits"),
        ),
        FigureBox(
            figures_words.number(whole.first_waits.percentile_min(90)),
            minutes,
            _("wait for the first call"),
            _("nine of ten visits"),
        ),
        FigureBox(
            wording.share(_, kept, promised),
            Markup(),
            _("called in time"),
            _.ngettext("of %(count)s wait", "of %(count)s waits", promised, count=figures_words.number(promised)),
        ),
        FigureBox(
            figures_words.number(left),
            Markup(),
            _("not served"),
            _("missed, cancelled or still waiting at the end"),
            VisitsQuery(asked, end="left").address(),
        ),
        FigureBox(
            figures_words.number(whole.reprints),
            Markup(),
            _("printed again"),
            _("papers of a ticket beyond its first"),
            VisitsQuery(asked, printed_again=True).address() if whole.reprints else "",
        ),
    )


def _of_all(look: StaffView, part: int, whole: int) -> Markup:
    _, share = look.words, wording.share(look.words, part, whole)
    return share if whole < wording.FEWEST else _("%(share)s of all", share=share)


def _people(look: StaffView, people: int) -> Markup:
    return look.words.ngettext("%(count)s person", "%(count)s people", people, count=figures_words.number(people))


def _compared(look: StaffView, now: int, before: int) -> Markup:
    """Hold a number beside that of the time before, where there is one."""
    _ = look.words
    if before == 0:
        return Markup()
    if now == before:
        return _("as many as before")
    if now > before:
        return _("%(number)s more than before", number=figures_words.number(now - before))
    return _("%(number)s fewer than before", number=figures_words.number(before - now))


def _exports(look: StaffView, asked: FiguresQuery) -> tuple[tuple[str, Markup], ...]:
    """Name the files that this page can be taken as."""
    _, query = look.words, asked.written()
    visits = (f"{PATH}/visits.csv?{query}", _("CSV, a row a visit"))
    if asked.flow:
        return (visits, (f"{PATH}/ways.csv?{query}", _("CSV, a row a way")))
    return (visits, (f"{PATH}/steps.csv?{query}", _("CSV, a row a step")))
