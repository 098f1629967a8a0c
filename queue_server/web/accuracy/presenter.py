"""Turns how right it was into the page: a sentence, and a table by step and by day. Pure."""

from datetime import date

import msgspec
from markupsafe import Markup

from queue_server.domain.values import StepId
from queue_server.waiting.accuracy import WaitAccuracy, WeekAccuracy
from queue_server.waiting.learning import MIN_DAYS
from queue_server.web import wording
from queue_server.web.view_context import StaffView

_NONE = wording.NOTHING


class AccuracyRow(msgspec.Struct, frozen=True):
    """Cells stand in the order of the heads."""

    id: str
    name: str | Markup
    cells: tuple[str, ...]


class AccuracyTable(msgspec.Struct, frozen=True):
    id: str
    head: Markup
    first: Markup
    rows: tuple[AccuracyRow, ...]


class AccuracyPage(msgspec.Struct, frozen=True):
    """``closing`` is empty where nobody was told that they are not reached; ``tables`` where nothing was judged."""

    lead: Markup
    closing: Markup
    heads: tuple[Markup, ...]
    tables: tuple[AccuracyTable, ...]


def accuracy_page(look: StaffView, week: WeekAccuracy | None) -> AccuracyPage:
    _ = look.words
    heads = (
        *(
            _("Asked"),
            _("Without a range"),
            _("Mean wait"),
            _("Off by, in the mean"),
            _("The day's mean so far, off by"),
        ),
        *(_("Within the range"), _("By the latest time"), _("Half of the ranges as wide as")),
    )
    if week is None:
        lead = _(
            "Nothing was judged last week: a day is judged by what at least %(days)s days before it have taught. "
            "Figures of a new centre come here after so many days with visits.",
            days=MIN_DAYS,
        )
        return AccuracyPage(lead, Markup(), heads, ())
    by_step = tuple(
        AccuracyRow(f"step-{step}", look.step(step), _cells(look, one))
        for step, one in sorted(week.steps, key=lambda found: _place(look, found[0]))
    )
    days = tuple(AccuracyRow(f"day-{day}", _day(look, day), _cells(look, one)) for day, one in week.days)
    whole = AccuracyRow("all-steps", _("All steps"), _cells(look, week.whole))
    return AccuracyPage(
        _lead(look, week),
        _closing(look, week.whole),
        heads,
        (
            AccuracyTable("by-step", _("By step"), _("Step"), (*by_step, whole)),
            AccuracyTable("by-day", _("By day"), _("Day"), days),
        ),
    )


def _place(look: StaffView, step: StepId) -> tuple[int, str]:
    order = list(look.known.steps)
    return (order.index(step) if step in order else len(order), step)


def _lead(look: StaffView, week: WeekAccuracy) -> Markup:
    _, waits = look.words, week.whole.waits
    first, last = _day(look, week.first), _day(look, week.last)
    if waits is None:
        return _("%(first)s to %(last)s: nobody was told a range.", first=first, last=last)
    return _(
        "%(first)s to %(last)s: of 100 ranges %(held)s held the wait that came. They are made to hold 86. "
        "Their middle was off by %(error)s min.",
        first=first,
        last=last,
        held=round(waits.held * 100),
        error=wording.decimal(look.clock.locale, waits.error),
    )


def _closing(look: StaffView, one: WaitAccuracy) -> Markup:
    if not one.closing:
        return Markup()
    return look.words.ngettext(
        "%(count)s visit was told that it may not be reached before closing; not called: %(right)s.",
        "%(count)s visits were told that they may not be reached before closing; not called: %(right)s.",
        one.closing,
        right=one.closing_right,
    )


def _day(look: StaffView, day: str) -> str:
    return look.clock.full_day(date.fromisoformat(day))


def _cells(look: StaffView, one: WaitAccuracy) -> tuple[str, ...]:
    waits = one.waits
    counted = (str(one.asked), str(one.hidden))
    if waits is None:
        return (*counted, *(_NONE,) * 6)

    def span(minutes: float) -> str:
        return str(look.words("%(number)s min", number=wording.decimal(look.clock.locale, minutes)))

    return (
        *counted,
        *(span(waits.wait), span(waits.error), span(waits.mean_error)),
        *(wording.share(look.words, round(one * waits.stops), waits.stops) for one in (waits.held, waits.latest_held)),
        span(waits.width),
    )
