"""The counter's own queue: the rail, the table of why, and who comes next."""

from markupsafe import Markup

from queue_server.domain.values import MINUTE, Category, CounterState, VisitState
from queue_server.web import promise_line, times, visit_rows, wording
from queue_server.web.counter import page
from queue_server.web.counter.counter_context import CounterLook

#: Rows of the rail at most: it shows as many of them as there is room for.
RAIL_ROWS = 9
#: Rows of the table that explains the order.
ORDER_ROWS = 4


def shared_axis(look: CounterLook) -> promise_line.Axis:
    """Choose the clock that all lines of the page share; it goes by full minutes, as the page does.

    So lines stay as they are drawn until the minute ends, or something happens to them.
    """
    spans = ((visit.records[-1].ready_at, visit.due) for visit in look.queue[:RAIL_ROWS])
    return promise_line.axis(spans, look.now // MINUTE * MINUTE, mirrored=look.reader.rtl)


def order(look: CounterLook) -> tuple[visit_rows.WaitingRow, ...]:
    return rail(look).rows[:ORDER_ROWS]


def rail(look: CounterLook) -> page.Rail:
    return look.once(("rail", look.queue_key), lambda: _rail(look))


def _rail(look: CounterLook) -> page.Rail:
    axis = shared_axis(look)
    return page.Rail(
        total=len(look.queue),
        rows=tuple(visit_rows.row(look, axis, visit) for visit in look.queue[:RAIL_ROWS]),
        now=axis.x(axis.now),
        ticks=tuple(visit_rows.ScaleTick(axis.x(at), look.clock.hhmm(at)) for at in axis.ticks()),
    )


def next_up(look: CounterLook) -> page.NextUp | None:
    if not look.queue or look.counter.state is not CounterState.OPEN:
        return None
    is_next = look.visit is None or look.visit.state is VisitState.SERVING
    return look.once(("next-up", look.queue_key, is_next), lambda: _next_up(look, is_next=is_next))


def _next_up(look: CounterLook, *, is_next: bool) -> page.NextUp:
    visit, _ = look.queue[0], look.words
    others = len(look.queue) - 1
    if visit.category is Category.URGENT:
        reason = _("Urgent visits come first.")
    elif look.spoken_here(visit):
        reason = _(
            "This counter speaks %(language)s, and everybody due before has time.",
            language=look.spoken_within(visit.language),
        )
    elif others:
        reason = _("No other visit you can serve is due earlier.")
    else:
        reason = _("No other visit waits for you.")
    facts = (
        look.government(visit.step.government),
        look.spoken(visit.language),
        wording.party(_, visit.party_size),
    )
    return page.NextUp(
        code=visit.code,
        head=_("Next for you") if is_next else _("Next after this"),
        due=look.clock.hhmm(visit.due),
        due_in=look.due_in(visit),
        late=times.minutes_left(visit.due, look.now) < 0,
        service=look.service(visit),
        government=look.government(visit.step.government),
        facts=Markup(" · ").join(facts),
        tags=look.tags(visit),
        why=Markup("{} {}").format(look.why(visit), reason),
    )
