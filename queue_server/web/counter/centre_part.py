"""Around the counter: figures of the centre, and the other counters."""

from functools import partial
from statistics import median

import msgspec
from markupsafe import Markup

from queue_server.centre.views import PRESENT
from queue_server.domain.values import MINUTE, CounterId, CounterState, Micros, VisitState
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
    _, clock = look.words, look.clock
    waiting, overdue = look.once("waiting", lambda: _waiting(look))
    soon = look.once(("soon", look.queue_key), lambda: sum(1 for one in look.queue if one.due < look.now + SOON))
    served = _served(look)
    if served:
        visit, index, finished = served[-1]
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
        last = page.CounterFigure(
            _("Last visit"),
            text,
            _("now at %(step)s", step=look.step(visit.step.step)) if visit.state in PRESENT else Markup(),
        )
    else:
        last = page.CounterFigure(_("Last visit"), _("None at this counter today"))
    return (
        last,
        page.CounterFigure(
            _("Your next minutes"),
            _.ngettext(
                "%(count)s visit due before %(time)s",
                "%(count)s visits due before %(time)s",
                soon,
                time=clock.hhmm(look.now + SOON),
            ),
        ),
        page.CounterFigure(
            _("Whole centre"),
            _.ngettext("%(count)s waiting", "%(count)s waiting", waiting),
            _.ngettext("%(count)s overdue", "%(count)s overdue", overdue) if overdue else _("none overdue"),
        ),
    )


def _waiting(look: CounterLook) -> tuple[int, int]:
    """Count who waits, and those of them who are overdue."""
    waiting = list(look.waiting())
    return len(waiting), sum(1 for visit in waiting if times.minutes_left(visit.due, look.now) < 0)


def _served(look: CounterLook) -> list[tuple[Visit, int, Micros]]:
    """List what was finished at this counter today, in order: visit, index of the step, instant."""
    return look.once("served", lambda: _served_anywhere(look)).get(look.counter.id, [])


def _served_anywhere(look: CounterLook) -> dict[CounterId, list[tuple[Visit, int, Micros]]]:
    found: dict[CounterId, list[tuple[Visit, int, Micros]]] = {}
    for visit in look.state.visits.values():
        for index, record in enumerate(visit.records):
            if record.counter is not None and record.finished_at is not None:
                found.setdefault(record.counter, []).append((visit, index, record.finished_at))
    for served in found.values():
        served.sort(key=lambda one: one[2])
    return found


def day(look: CounterLook) -> Markup:
    """Say what was served at this counter today, and how long it usually took; seen by its owner alone."""
    _ = look.words
    lengths = sorted(
        finished - started
        for visit, index, finished in _served(look)
        if (started := visit.records[index].started_at) is not None
    )
    if not lengths:
        return _("Today: nobody served yet")
    usual = _.ngettext("usually %(count)s min", "usually %(count)s min", max(1, round(median(lengths) / MINUTE)))
    return _.ngettext(
        "Today: %(count)s served, %(usual)s", "Today: %(count)s served, %(usual)s", len(lengths), usual=usual
    )


def colleagues(look: CounterLook, silent: frozenset[CounterId]) -> tuple[page.Colleague, ...]:
    """List the counters for the same steps; those that are ``silent`` and have somebody come first."""
    mine = set(look.counter.skills.steps)
    found = [
        page.Colleague(
            other.id,
            look.plate_of(other.id),
            look.ever(("steps", other.skills), partial(look.steps, other.skills)),
            look.once(("doing", other.id), partial(doing, look, other)),
            _hand_back(look, other) if other.id in silent else None,
        )
        for plate in look.known.plates
        if plate != look.counter.id
        and (other := look.state.counters.get(plate)) is not None
        and (not mine or not other.skills.steps or mine & set(other.skills.steps))
    ]
    return tuple(sorted(found, key=lambda one: one.hand_back is None))


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
