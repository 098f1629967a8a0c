"""Turns what is foreseen into the page. Pure: everything comes in, the time too."""

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from queue_server.domain.values import Micros, StepId
from queue_server.forecast.futures import DayOutlook
from queue_server.forecast.what_if import EverybodyComes, OneMore, changed
from queue_server.web import wording
from queue_server.web.forecast import day_picture, forecast_words, plan_bars, week_presenter
from queue_server.web.forecast.compared_rows import figures, waiting, written_band
from queue_server.web.forecast.forecast_query import address, minute, query, written
from queue_server.web.forecast.forecast_view import ForecastView
from queue_server.web.forecast.foresight import ForeseenMoment
from queue_server.web.forecast.making_so import made_so
from queue_server.web.forecast.page import AdviceText, ChangeLine, ForecastPage, PageChoice, TicketList
from queue_server.web.forecast.saved_lines import saved_lines

#: Codes that are named of those who may not be reached.
_MAX_CODES: Final = 60


def forecast_page(view: ForecastView) -> ForecastPage:
    """Show the hours ahead, or the coming week."""
    look, asked, _ = view.look, view.asked, view.look.words
    if asked.part == "week":
        return week_presenter.week_page(view)
    moment = view.moment
    if moment is None:
        why = (
            _("The centre is closed now. While it is open, the hours until closing are shown here.")
            if view.is_known
            else _(
                "This centre has no day behind it yet. Figures come here on the morning after its first day with "
                "visits, and get better with each day."
            )
        )
        return ForecastPage("day", "", _("The hours ahead"), Markup(), why, "", address(()))
    base, other, step = moment.base, view.other, asked.step
    beside = None if view.beside is None else view.beside.then
    return ForecastPage(
        part="day",
        query=query(asked.changes, step, asked.beside),
        head=_("The hours ahead"),
        lead=_(
            "From %(now)s until closing at %(closes)s. Nothing changes in the centre by what you try here.",
            now=look.clock.hhmm(base.now),
            closes=look.clock.hhmm(base.closes),
        ),
        note=Markup(),
        step="" if step is None else step,
        address=address(asked.changes, step, asked.beside),
        begins=minute(base.now),
        closes=minute(base.closes),
        changes=tuple(_changes(view)),
        written=tuple(map(written, asked.changes)),
        rows=plan_bars.rows(view, moment),
        hours=day_picture.TimeScale(base.now, base.closes).hours(look.clock),
        picture=day_picture.picture(base, (other, beside), step, look.clock, _summary(view, moment)),
        steps=tuple(_steps(view, base)),
        figures=tuple(figures(view, base)),
        waiting=tuple(waiting(view, base)),
        advice=tuple(_advice(view, moment)),
        asks=tuple(_asks(view, base)),
        kinds=tuple(_kinds(view, moment)),
        starts=_times(view, base.now, base.closes, last=False),
        ends=_times(view, base.now, base.closes, last=True),
        unreached_note=_unreached_note(view, base),
        unreached=_not_reached(moment, base),
        unreached_tried=None if other is None else _not_reached(moment, other),
        unreached_beside=None if beside is None else _not_reached(moment, beside),
        beside=asked.beside,
        beside_name="" if view.beside is None else view.beside.plan.name,
        kept=tuple(saved_lines(view)),
        made=tuple(made_so(view, moment)),
    )


def _not_reached(moment: ForeseenMoment, found: DayOutlook) -> TicketList:
    """Name those who wait now and may not be called."""
    return ticket_list([moment.state.visits[one].code for one in found.not_reached])


def ticket_list(codes: Sequence[str]) -> TicketList:
    """Name as many tickets as a page holds, and count the others."""
    return TicketList(tuple(codes[:_MAX_CODES]), max(0, len(codes) - _MAX_CODES))


def _changes(view: ForecastView) -> Iterator[ChangeLine]:
    changes = view.asked.changes
    for number, change in enumerate(changes):
        rest = (*changes[:number], *changes[number + 1 :])
        yield ChangeLine(forecast_words.change(view, change), address(rest, view.asked.step, view.asked.beside))


def _steps(view: ForecastView, base: DayOutlook) -> Iterator[PageChoice]:
    """Offer the whole centre, and each step that anybody is expected to wait for."""
    asked, _ = view.asked, view.look.words
    yield PageChoice(address(asked.changes, None, asked.beside), _("Whole centre"), asked.step is None)
    for step in base.waiting[0].steps:
        yield PageChoice(
            address(asked.changes, step, asked.beside), Markup.escape(view.look.step(step)), asked.step == step
        )


def _summary(view: ForecastView, moment: ForeseenMoment) -> str:
    bands = day_picture.bands_at(moment.base, view.asked.step)
    at, most = max(bands, key=lambda one: one[1].mean)
    return wording.plain(
        view.look.words(
            "Waiting now: %(now)s. Most are expected at %(time)s: %(most)s. At closing: %(end)s.",
            now=round(bands[0][1].mean),
            time=view.look.clock.hhmm(at),
            most=written_band(most),
            end=written_band(bands[-1][1]),
        )
    )


def _advice(view: ForecastView, moment: ForeseenMoment) -> Iterator[AdviceText]:
    if not view.advice:
        yield forecast_words.no_advice(view, moment.base)
    for number, one in enumerate(view.advice):
        others = tuple(change for change in view.asked.changes if change not in one.changes)
        where = address((*others, *one.changes), view.asked.step)
        yield forecast_words.advice(view, moment.base, one, where, f"advice-{number}")


def _unreached_note(view: ForecastView, base: DayOutlook) -> Markup:
    """Say how many of those who may not be called are left with what is tried."""
    if view.other is None or not base.not_reached:
        return Markup()
    left = len(view.other.not_reached)
    return view.look.words.ngettext(
        "With what is tried %(count)s of those who wait now may not be called.",
        "With what is tried %(count)s of those who wait now may not be called.",
        left,
    )


def _asks(view: ForecastView, base: DayOutlook) -> Iterator[PageChoice]:
    """Offer what is often asked: one more for each step from the next quarter on, and everybody who has booked."""
    asked, _ = view.asked, view.look.words
    start = next(day_picture.quarters(base.now, base.closes))
    for step in base.waiting[0].steps:
        change = OneMore(step, start, base.closes)
        if start < base.closes and not any(isinstance(one, OneMore) and one.step == step for one in asked.changes):
            text = _("One more counter for %(step)s", step=view.look.step(step))
            yield PageChoice(address((*asked.changes, change), asked.step, asked.beside), text)
    bookings = view.moment is not None and view.moment.plan.bookings
    if bookings and EverybodyComes() not in asked.changes:
        text = _("Everybody who has booked comes")
        yield PageChoice(address((*asked.changes, EverybodyComes()), asked.step, asked.beside), text)


def _kinds(view: ForecastView, moment: ForeseenMoment) -> Iterator[PageChoice]:
    """List what the form can ask."""
    _, look = view.look.words, view.look
    for one in look.known.steps:
        yield PageChoice(f"more~{one}", _("One more counter for %(step)s", step=look.step(StepId(one))))
    for counter in changed(moment.plan, ()).counters:
        name = forecast_words.counter(view, counter.id)
        yield PageChoice(f"away~{counter.id}", _("%(counter)s is not there", counter=name))
        yield PageChoice(f"there~{counter.id}", _("%(counter)s is there", counter=name))


def _times(view: ForecastView, now: Micros, closes: Micros, *, last: bool) -> tuple[PageChoice, ...]:
    """List the quarters of an hour from now on; of ends the last is chosen, of starts the first."""
    found = list(day_picture.quarters(now, closes))
    found = found[1:] if last and len(found) > 1 else found[:-1] or found
    chosen = found[-1] if last else found[0]
    return tuple(PageChoice(minute(at), Markup.escape(view.look.clock.hhmm(at)), at == chosen) for at in found)
