"""The counters of today's plan as bars along the rest of the day, with the edges that can be moved. Pure."""

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from queue_server.domain.values import CounterId, Micros
from queue_server.forecast.outlook import PlannedCounter
from queue_server.forecast.what_if import changed
from queue_server.web.forecast import forecast_words
from queue_server.web.forecast.day_picture import TimeScale
from queue_server.web.forecast.forecast_query import minute
from queue_server.web.forecast.forecast_view import ForecastView
from queue_server.web.forecast.foresight import ForeseenMoment
from queue_server.web.forecast.page import BarHandle, BarRow, CounterBar

#: More counters than that no page shows; those of the plan that come last are left out.
_MAX_ROWS: Final = 60


def rows(view: ForecastView, moment: ForeseenMoment) -> tuple[BarRow, ...]:
    """Show each counter that is, or would be, there until closing."""
    before = {one.id: one.spans for one in moment.plan.counters}
    after = changed(moment.plan, view.asked.changes)
    scale = TimeScale(moment.base.now, moment.base.closes)
    return tuple(
        _row(view, one, before.get(one.id), scale)
        for one in after.counters[:_MAX_ROWS]
        if one.spans or before.get(one.id)
    )


def _row(
    view: ForecastView, one: PlannedCounter, before: tuple[tuple[Micros, Micros], ...] | None, scale: TimeScale
) -> BarRow:
    clock, ahead = view.look.clock, [span for span in one.spans if span[1] > scale.start]
    return BarRow(
        name=str(forecast_words.counter(view, one.id)),
        note=view.look.steps(one.skills),
        bars=tuple(
            CounterBar(
                scale.at(start),
                round(scale.at(end) - scale.at(start), 2),
                f"{clock.hhmm(max(start, scale.start))}\N{EN DASH}{clock.hhmm(end)}",
                before is None or (start, end) not in before,
            )
            for start, end in ahead
        ),
        handles=tuple(_handles(view, one.id, ahead, scale)),
        more=before is None,
    )


def _handles(
    view: ForecastView, counter: CounterId, spans: list[tuple[Micros, Micros]], scale: TimeScale
) -> Iterator[BarHandle]:
    """Let the edges be moved that are still to come: each as far as the next one."""
    _, name, clock = view.look.words, forecast_words.counter(view, counter), view.look.clock
    for number, (start, end) in enumerate(spans):
        least = spans[number - 1][1] if number else scale.start
        most = spans[number + 1][0] if number + 1 < len(spans) else scale.end
        if start > scale.start:
            label = _("%(counter)s is there from", counter=name)
            yield _handle(counter, f"s{number}", start, (least, end), label, clock.hhmm(start), scale)
        label = _("%(counter)s is there until", counter=name)
        yield _handle(counter, f"e{number}", end, (max(start, scale.start), most), label, clock.hhmm(end), scale)


def _handle(  # noqa: PLR0917 - an edge, its bounds and its words
    counter: CounterId,
    ident: str,
    edge: Micros,
    bounds: tuple[Micros, Micros],
    label: Markup,
    text: str,
    scale: TimeScale,
) -> BarHandle:
    return BarHandle(
        id=f"edge-{counter}-{ident}".replace("/", "-").replace("+", "more-"),
        side=ident,
        counter=counter,
        edge=minute(edge),
        x=scale.at(edge),
        least=minute(bounds[0]),
        most=minute(bounds[1]),
        label=str(label),
        text=text,
    )
