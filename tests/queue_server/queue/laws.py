"""What must hold of a day whatever people do, counted the long way round: no index and nothing of ``order``."""

from queue_server.queue import events as e
from queue_server.queue.plan import MOST_STOPS
from queue_server.queue.settings import Settings
from queue_server.queue.state import Counter, DayState, Visit
from queue_server.values import MINUTE, Category, CounterState, Micros, StepId, VisitId, VisitState

HELD = (VisitState.CALLED, VisitState.SERVING)

#: Events by which a visit comes to stand in the queue, or stands elsewhere in it.
NAMED = (
    e.VisitIssued,
    e.StepFinished,
    e.VisitTransferred,
    e.VisitResumed,
    e.VisitReinstated,
    e.VisitHandedBack,
    e.VisitReclassified,
    e.VisitChanged,
    e.Undone,
)


def queue(state: DayState) -> list[Visit]:
    """List who waits in the order of calling: urgent, then by place, then by issue."""
    waiting = [visit for visit in state.visits.values() if visit.state is VisitState.WAITING]
    return sorted(waiting, key=lambda one: (one.category is not Category.URGENT, one.place, one.seq))


def hidden(state: DayState, visit: Visit, now: Micros) -> bool:
    """Tell whether only one counter, which is there, may call a visit now."""
    if visit.for_counter is None or visit.for_until is None:
        return False
    target = state.counters.get(visit.for_counter)
    return now < visit.for_until and target is not None and target.state is not CounterState.CLOSED


def may_call(state: DayState, counter: Counter, visit: Visit, settings: Settings, now: Micros) -> bool:
    if visit.for_counter == counter.id:
        return True
    stop, able = visit.steps[visit.at_step], counter.skills
    return (
        not hidden(state, visit, now)
        and (able.steps == () or stop.step in able.steps)
        and (able.governments == () or stop.government in able.governments)
        and (able.services == () or stop.service in able.services)
        and not (settings.language_filters and able.languages)
    )


def ahead(state: DayState) -> dict[VisitId, set[VisitId]]:
    """Name for everybody who waits those who come before at the same step."""
    before: dict[StepId, list[VisitId]] = {}
    found = {}
    for visit in queue(state):
        line = before.setdefault(visit.steps[visit.at_step].step, [])
        found[visit.id] = set(line)
        line.append(visit.id)
    return found


def check_indexes(state: DayState) -> None:
    assert state.waiting == [(visit.key, visit.id) for visit in queue(state)]
    assert state.hidden == {visit.id for visit in queue(state) if visit.for_counter is not None}


def check_hands(state: DayState) -> None:
    """One counter, one visit; one visit, one counter."""
    for counter in state.counters.values():
        if counter.visit is not None:
            visit = state.visits[counter.visit]
            assert counter.state is CounterState.OPEN
            assert visit.counter == counter.id
            assert visit.state in HELD
    held = [visit.id for visit in state.visits.values() if visit.state in HELD]
    assert sorted(held) == sorted(counter.visit for counter in state.counters.values() if counter.visit)


def check_visit(visit: Visit) -> None:
    """Due follows from what the page says, nobody stands earlier than due, and no stop is forgotten."""
    assert visit.due == visit.counts_from + visit.promise * MINUTE - visit.late
    assert visit.place >= visit.due
    assert visit.late >= 0
    assert 0 <= visit.at_step < len(visit.steps) <= MOST_STOPS
    assert visit.records[-1].step == visit.steps[visit.at_step].step
    assert {stop.service for stop in visit.steps} >= set(visit.services)
    ahead_of_it = visit.steps[visit.at_step :]
    if visit.state is VisitState.DONE:
        assert all(stop.done for stop in ahead_of_it), "nobody goes home before the last stop"
    elif visit.state not in (VisitState.CANCELLED, VisitState.NOT_SERVED):
        assert not ahead_of_it[0].done, "nobody is sent to a stop again without need"
    calling = (visit.called_at, visit.last_call_at, visit.started_at, visit.calls or None, visit.counter)
    if visit.state is VisitState.WAITING:
        assert calling == (None,) * 5
        assert visit.park_reason is None
        assert visit.ended_at is None
    else:
        assert visit.for_counter is None or visit.state in (VisitState.CANCELLED, VisitState.NOT_SERVED)


def check_order(before: list[VisitId], after: list[VisitId], touched: set[VisitId]) -> None:
    """Of two visits that waited before and wait now, and that nobody named, the first is first."""
    stay = [visit for visit in before if visit not in touched and visit in after]
    assert stay == [visit for visit in after if visit not in touched and visit in before]


def check_ahead(
    before: dict[VisitId, set[VisitId]], after: dict[VisitId, set[VisitId]], events: tuple[e.Payload, ...]
) -> None:
    """Nobody has more people before them but for one whom an event names that says so."""
    named = {event.visit for event in events if isinstance(event, NAMED)}
    touched = {event.visit for event in events if hasattr(event, "visit")}
    for visit, others in after.items():
        if visit in before and visit not in touched:
            assert others - before[visit] <= named
