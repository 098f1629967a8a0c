"""Around the counter: figures of the centre, and the other counters."""

from functools import partial
from statistics import median

import msgspec
from markupsafe import Markup

from queue_server.centre.views import PRESENT
from queue_server.domain.values import MINUTE, CounterId, CounterState, Micros, StepId, VisitState
from queue_server.queue.state import Counter, Visit
from queue_server.web import times, wording
from queue_server.web.counter import page
from queue_server.web.counter.counter_context import CounterLook
from queue_server.web.view_context import StaffView
from queue_server.web.wording import ticket

#: The next minutes that are counted.
SOON = 15 * MINUTE
#: Other counters that are shown; the rest is counted.
COLLEAGUES = 3


def figures(look: CounterLook) -> tuple[page.CounterFigure, ...]:
    last = _served(look)[-1:]
    return (
        look.kept("last-visit", last, lambda: _last_visit(look, *last)),
        look.once(("soon", look.queue_key), lambda: _soon(look)),
        look.once("whole-centre", lambda: _whole_centre(look)),
    )


def _last_visit(look: CounterLook, last: tuple[Visit, int, Micros] | None = None) -> page.CounterFigure:
    _, clock = look.words, look.clock
    if last is None:
        return page.CounterFigure(_("Last visit"), _("None at this counter today"))
    visit, index, finished = last
    over = index + 1 >= len(visit.records)
    text = (
        _("%(code)s served to the end at %(time)s", code=ticket(visit.code), time=clock.hhmm(finished))
        if over
        else _(
            "%(code)s handed on to %(step)s at %(time)s",
            code=ticket(visit.code),
            step=look.step(visit.records[index + 1].step),
            time=clock.hhmm(finished),
        )
    )
    return page.CounterFigure(
        _("Last visit"),
        text,
        _("now at %(step)s", step=look.step(visit.step.step)) if visit.state in PRESENT else Markup(),
    )


def _soon(look: CounterLook) -> page.CounterFigure:
    until = look.now + SOON
    soon, time = sum(1 for one in look.queue if one.due < until), look.clock.hhmm(until)
    return look.ever(("soon", soon, time), lambda: _say_soon(look, soon, time))


def _say_soon(look: CounterLook, soon: int, time: str) -> page.CounterFigure:
    _ = look.words
    return page.CounterFigure(
        _("Your next minutes"),
        _.ngettext(
            "%(count)s visit due before %(time)s",
            "%(count)s visits due before %(time)s",
            soon,
            time=time,
        ),
    )


def _whole_centre(look: CounterLook) -> page.CounterFigure:
    waiting, overdue = look.wordless("waiting", lambda: _waiting(look))
    return look.ever(("whole-centre", waiting, overdue), lambda: _say_whole(look, waiting, overdue))


def _say_whole(look: CounterLook, waiting: int, overdue: int) -> page.CounterFigure:
    _ = look.words
    return page.CounterFigure(
        _("Whole centre"),
        _.ngettext("%(count)s waiting", "%(count)s waiting", waiting),
        _.ngettext("%(count)s overdue", "%(count)s overdue", overdue) if overdue else _("none overdue"),
    )


def _waiting(look: CounterLook) -> tuple[int, int]:
    """Count who waits, and those of them who are overdue."""
    waiting = list(look.waiting())
    return len(waiting), sum(1 for visit in waiting if times.minutes_left(visit.due, look.now) < 0)


def _served(look: CounterLook) -> tuple[tuple[Visit, int, Micros], ...]:
    """List what was finished at this counter today, in order: visit, index of the step, instant."""
    return look.wordless("served", lambda: _served_anywhere(look)).get(look.counter.id, ())


def _served_anywhere(look: CounterLook) -> dict[CounterId, tuple[tuple[Visit, int, Micros], ...]]:
    found: dict[CounterId, list[tuple[Visit, int, Micros]]] = {}
    for visit in look.state.visits.values():
        for index, record in enumerate(visit.records):
            if record.counter is not None and record.finished_at is not None:
                found.setdefault(record.counter, []).append((visit, index, record.finished_at))
    return {counter: tuple(sorted(served, key=lambda one: one[2])) for counter, served in found.items()}


def day(look: CounterLook) -> Markup:
    """Say what was served at this counter today, and how long it usually took; seen by its owner alone."""
    served = _served(look)
    return look.kept("own-day", served, lambda: _day(look, served))


def _day(look: CounterLook, served: tuple[tuple[Visit, int, Micros], ...]) -> Markup:
    _ = look.words
    lengths = sorted(
        finished - started
        for visit, index, finished in served
        if (started := visit.records[index].started_at) is not None
    )
    if not lengths:
        return _("Today: nobody served yet")
    usual = _.ngettext("usually %(count)s min", "usually %(count)s min", max(1, round(median(lengths) / MINUTE)))
    return _.ngettext(
        "Today: %(count)s served, %(usual)s", "Today: %(count)s served, %(usual)s", len(lengths), usual=usual
    )


def colleagues(look: CounterLook, silent: frozenset[CounterId]) -> tuple[tuple[page.Colleague, ...], int]:
    """Show counters for the same steps, and say how many more there are; ``silent`` ones that have somebody first."""
    steps = look.counter.skills.steps
    every = look.wordless(("colleagues", steps), lambda: _for_same_steps(look, frozenset(steps)))
    others = [one for one in every if one.id != look.counter.id]
    if silent:
        others.sort(key=lambda one: one.id not in silent or one.visit is None)
    shown = tuple(_colleague(look, one, is_silent=one.id in silent) for one in others[:COLLEAGUES])
    return shown, len(others) - len(shown)


def _for_same_steps(look: CounterLook, steps: frozenset[StepId]) -> tuple[Counter, ...]:
    """List the counters in the order of their plates, whoever asks among them."""
    return tuple(
        other
        for plate in look.known.plates
        if (other := look.state.counters.get(plate)) is not None
        and (not steps or not other.skills.steps or not steps.isdisjoint(other.skills.steps))
    )


def _colleague(look: CounterLook, other: Counter, *, is_silent: bool) -> page.Colleague:
    found = look.once(
        ("colleague", other.id),
        lambda: page.Colleague(
            other.id,
            look.plate_of(other.id),
            look.ever(("steps", other.skills), partial(look.steps, other.skills)),
            doing(look, other),
        ),
    )
    return msgspec.structs.replace(found, hand_back=_hand_back(look, other)) if is_silent else found


def _hand_back(look: CounterLook, other: Counter) -> page.HandBackButton | None:
    if other.visit is None:
        return None
    return page.HandBackButton(
        url=f"/api/v1/centres/{look.state.centre}/counters/{other.id}/hand-back",
        body=msgspec.json.encode({"visit": other.visit}).decode(),
        slot=f"hand-back:{other.visit}:{other.since}",
    )


def doing(look: StaffView, other: Counter) -> Markup:
    """Say in a few words what a counter does, and since when."""
    _, since = look.words, look.clock.hhmm(other.since)
    visit = None if other.visit is None else look.state.visits.get(other.visit)
    if other.state is CounterState.CLOSED:
        return _("closed since %(time)s", time=since)
    if other.state is CounterState.PAUSED:
        if other.pause is None:
            return _("paused since %(time)s", time=since)
        return _("paused, %(reason)s, since %(time)s", reason=wording.pause_reason(_, other.pause), time=since)
    if visit is None:
        return _("free since %(time)s", time=since)
    if visit.state is VisitState.CALLED:
        return _("%(code)s, called", code=ticket(visit.code))
    minutes = (look.now - (visit.started_at or look.now)) // MINUTE
    return _.ngettext("%(code)s, %(count)s min", "%(code)s, %(count)s min", minutes, code=ticket(visit.code))
