"""The columns of the steps: who waits there, until when, and the counters that can take them."""

from markupsafe import Markup

from queue_server.domain.values import MINUTE, CounterState, StepId, VisitState
from queue_server.queue.state import Counter, Visit
from queue_server.web import promise_line, wording
from queue_server.web.manager import alarms
from queue_server.web.manager.figures import is_overdue
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import Column, CounterLine, DueTick
from queue_server.web.wording import ticket

#: Visits that are due within this are counted as soon.
SOON = 15 * MINUTE


def columns(scene: ManagerView) -> tuple[Column, ...]:
    """Draw every step; their ticks share one clock."""
    axis = promise_line.axis(
        ((visit.due, visit.due) for visit in scene.waiting()), scene.now, mirrored=scene.reader.rtl
    )
    by_step: dict[StepId, list[Visit]] = {step: [] for step in scene.all_steps}
    for visit in scene.waiting():
        by_step[visit.step.step].append(visit)
    found = [_column(scene, axis, step, visits) for step, visits in by_step.items()]
    generalists = tuple(_line(scene, counter) for counter in scene.counters if not counter.skills.steps)
    if generalists:
        found.append(_for_all(scene, generalists))
    return tuple(found)


def _for_all(scene: ManagerView, counters: tuple[CounterLine, ...]) -> Column:
    """Draw the counters that take every step once, and not in every column."""
    return Column(
        # No step of a set-up can have this id.
        id="every_step",
        name=scene.words("Every step"),
        icon="users",
        waiting=0,
        label=Markup(),
        ticks=(),
        now=0.0,
        oldest=Markup(),
        soon=0,
        overdue=0,
        counters=counters,
        counted=False,
    )


def _column(scene: ManagerView, axis: promise_line.Axis, step: StepId, visits: list[Visit]) -> Column:
    overdue = [visit for visit in visits if is_overdue(visit.due, scene.now)]
    able = scene.at_step(step)
    return Column(
        id=step,
        name=scene.step(step),
        icon=wording.step_icon(step),
        waiting=len(visits),
        label=scene.words("waiting") if visits else _nobody(scene, step),
        ticks=tuple(DueTick(axis.x(visit.due), is_overdue(visit.due, scene.now)) for visit in visits),
        now=axis.x(scene.now),
        oldest=_oldest(scene, visits),
        soon=sum(visit.due < scene.now + SOON for visit in visits) - len(overdue),
        overdue=len(overdue),
        counters=tuple(_line(scene, counter) for counter in able if counter.skills.steps),
        without=scene.words("counters for every step") if able else scene.words("no counter has this step"),
    )


def _nobody(scene: ManagerView, step: StepId) -> Markup:
    """Say since when nobody waits at a step: since the last of them was called."""
    records = (record for visit in scene.state.visits.values() for record in visit.records if record.step == step)
    last = max((record.called_at for record in records if record.called_at is not None), default=None)
    if last is None:
        return scene.words("nobody waiting")
    return scene.words("nobody waiting since %(time)s", time=scene.clock.hhmm(last))


def _oldest(scene: ManagerView, visits: list[Visit]) -> Markup:
    if not visits:
        return scene.words("nobody")
    visit = min(visits, key=lambda one: one.records[-1].ready_at)
    return with_minutes(scene, ticket(visit.code), visit.records[-1].ready_at)


def with_minutes(scene: ManagerView, what: object, since: int) -> Markup:
    """Write something, and for how many whole minutes it has been so."""
    count = max(0, scene.now - since) // MINUTE
    return scene.words.ngettext("%(what)s, %(count)s min", "%(what)s, %(count)s min", count, what=what)


def _line(scene: ManagerView, counter: Counter) -> CounterLine:
    silent = alarms.silent_since(counter, scene.presence, scene.limits, scene.now)
    return CounterLine(
        id=counter.id,
        plate=scene.plate_of(counter.id),
        state="silent" if silent is not None else counter.state.value,
        who=scene.who(counter),
        doing=doing(scene, counter),
    )


def doing(scene: ManagerView, counter: Counter) -> Markup:
    """Say in a few words what a counter does, and for how long."""
    _ = scene.words
    silent = alarms.silent_since(counter, scene.presence, scene.limits, scene.now)
    visit = None if counter.visit is None else scene.state.visits[counter.visit]
    if visit is not None:
        since = visit.called_at if visit.state is VisitState.CALLED else visit.started_at
        code = ticket(visit.code)
        what = code if silent is None else _("silent, %(code)s", code=code)
        return with_minutes(scene, what, since or counter.since)
    if counter.state is CounterState.CLOSED:
        return _("closed")
    if silent is not None:
        return with_minutes(scene, _("silent"), silent)
    if counter.state is CounterState.PAUSED:
        reason = _("paused") if counter.pause is None else wording.pause_reason(_, counter.pause)
        return with_minutes(scene, reason, counter.since)
    return with_minutes(scene, _("free"), counter.since)
