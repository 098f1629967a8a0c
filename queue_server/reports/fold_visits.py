"""What the events of visits say: they come, are called, go on, end, and what is changed of them. Pure."""

from typing import Final

from msgspec.structs import replace

from queue_server.domain.values import MINUTE, Micros, VisitId, VisitState
from queue_server.queue import events as e
from queue_server.queue import itinerary
from queue_server.queue.reducers import MAX_EARLIER
from queue_server.queue.state import StepPlan, StepRecord, Visit
from queue_server.reports.day_facts import DayFacts, on
from queue_server.reports.facts import StopFact, StopStanding, VisitFact, VisitOutcome, VisitSource


def _act(facts: DayFacts, visit: VisitFact, seq: int, after: VisitFact) -> None:
    """Store what a counter did, which it may take back."""
    ident = visit.id
    if facts.undone is None or ident in facts.undone:
        facts.earlier[ident] = (*facts.earlier.get(ident, ())[-MAX_EARLIER:], (seq, visit))
    facts.visits[ident] = after


def _change(facts: DayFacts, after: VisitFact) -> None:
    """Store what nobody can take back, nor what was before it."""
    facts.earlier.pop(after.id, None)
    facts.visits[after.id] = after


def _at_stop(visit: VisitFact, **fields: object) -> tuple[StopFact, ...]:
    return (*visit.stops[:-1], replace(visit.stops[-1], **fields))


def _stop(plan: StepPlan, ready_at: Micros) -> StopFact:
    return StopFact(plan.step, plan.service, plan.government, ready_at)


def _elsewhere(visit: VisitFact, plan: StepPlan, ready_at: Micros) -> StopFact:
    """Begin another stop in which the visit stands as it stood before: it waits, or is put aside, or over."""
    return replace(_stop(plan, ready_at), outcome=visit.stop.outcome, parked_at=visit.stop.parked_at)


# --- visits: come, are called, go on, end ----------------------------------------------------------------------------


@on(e.VisitIssued)
def _(facts: DayFacts, body: e.VisitIssued, _seq: int, _at: Micros) -> None:
    facts.visits[body.visit] = VisitFact(
        id=body.visit,
        category=body.category,
        language=body.language,
        source=_source(body.appointment, facts.actor),
        services=body.services,
        party_size=body.party_size,
        issued_at=body.issued_at,
        booked_at=body.booked_at,
        arrived=True,
        stops=(_stop(body.steps[0], body.issued_at),),
        plan=body.steps,
        at_step=0,
        unprinted=facts.actor.startswith(_WITHOUT_PAPER),
    )


#: Who issues tickets and prints none with them: staff, and whoever comes by telephone or from afar.
_WITHOUT_PAPER: Final = ("staff/", "system")


def _source(appointment: str | None, actor: str) -> VisitSource:
    if appointment is not None:
        return VisitSource.BOOKING
    return VisitSource.RECEPTION if actor.startswith("staff/") else VisitSource.KIOSK


@on(e.VisitCalled)
def _(facts: DayFacts, body: e.VisitCalled, seq: int, at: Micros) -> None:
    visit = facts.visits[body.visit]
    stop = visit.stops[-1]
    called = replace(
        stop,
        parked=stop.parked + _away(visit, stop, at),
        parked_at=None,
        outcome=StopStanding.CALLED,
        counter=body.counter,
        called_at=at,
        started_at=None,
        finished_at=None,
        due=body.due,
        calls=stop.calls + 1,
    )
    stops = (*visit.stops[:-1], called)
    _act(facts, visit, seq, replace(visit, stops=stops, outcome=VisitOutcome.PRESENT, ended_at=None))


@on(e.VisitRecalled)
def _(facts: DayFacts, body: e.VisitRecalled, seq: int, _at: Micros) -> None:
    visit = facts.visits[body.visit]
    stops = _at_stop(visit, recalls=visit.stop.recalls + 1)
    _act(facts, visit, seq, replace(visit, stops=stops, recalls=visit.recalls + 1))


@on(e.VisitStarted)
def _(facts: DayFacts, body: e.VisitStarted, seq: int, at: Micros) -> None:
    visit = facts.visits[body.visit]
    serving = replace(visit.stops[-1], outcome=StopStanding.SERVING, started_at=at)
    _act(facts, visit, seq, replace(visit, stops=(*visit.stops[:-1], serving)))


@on(e.StepFinished)
def _(facts: DayFacts, body: e.StepFinished, seq: int, at: Micros) -> None:
    visit = facts.visits[body.visit]
    plan = itinerary.marked(visit.plan, visit.at_step, done=True)
    at_step = _ahead(plan, visit.at_step)
    stop = plan[at_step]
    left = replace(visit.stops[-1], outcome=StopStanding.SERVED, finished_at=at)
    following = StopFact(body.next_step, stop.service, stop.government, body.counts_from)
    _act(facts, visit, seq, replace(visit, stops=(*visit.stops[:-1], left, following), plan=plan, at_step=at_step))


def _ahead(plan: tuple[StepPlan, ...], at_step: int) -> int:
    """Give the next stop at which it has not been served; where there is none, the one at which it is."""
    for index in range(at_step + 1, len(plan)):
        if not plan[index].done:
            return index
    return at_step


@on(e.VisitDone)
def _(facts: DayFacts, body: e.VisitDone, seq: int, at: Micros) -> None:
    visit = facts.visits[body.visit]
    left = replace(visit.stops[-1], outcome=StopStanding.SERVED, finished_at=at)
    plan = itinerary.marked(visit.plan, visit.at_step, done=True)
    after = replace(visit, stops=(*visit.stops[:-1], left), plan=plan, outcome=VisitOutcome.SERVED, ended_at=at)
    if body.counter is None:
        _change(facts, after)
    else:
        _act(facts, visit, seq, after)


@on(e.VisitMissed)
def _(facts: DayFacts, body: e.VisitMissed, seq: int, at: Micros) -> None:
    visit = facts.visits[body.visit]
    stops = _at_stop(visit, outcome=StopStanding.MISSED)
    _act(facts, visit, seq, replace(visit, stops=stops, outcome=VisitOutcome.MISSED, ended_at=at))


@on(e.VisitCancelled)
def _(facts: DayFacts, body: e.VisitCancelled, _seq: int, at: Micros) -> None:
    _end(facts, body.visit, StopStanding.CANCELLED, VisitOutcome.CANCELLED, at)


@on(e.VisitNotServed)
def _(facts: DayFacts, body: e.VisitNotServed, _seq: int, at: Micros) -> None:
    _end(facts, body.visit, StopStanding.NOT_SERVED, VisitOutcome.NOT_SERVED, at)


@on(e.VisitCarriedOver)
def _(facts: DayFacts, body: e.VisitCarriedOver, _seq: int, at: Micros) -> None:
    _end(facts, body.visit, StopStanding.CARRIED_OVER, VisitOutcome.CARRIED_OVER, at)


def _end(facts: DayFacts, ident: VisitId, stop: StopStanding, how: VisitOutcome, at: Micros) -> None:
    visit = facts.visits[ident]
    _change(facts, replace(visit, stops=_at_stop(visit, outcome=stop), outcome=how, ended_at=at))


@on(e.VisitTransferred)
def _(facts: DayFacts, body: e.VisitTransferred, seq: int, at: Micros) -> None:
    visit = facts.visits[body.visit]
    left = _at_stop(visit, outcome=StopStanding.TRANSFERRED, finished_at=at)
    after = replace(
        visit,
        stops=(*left, _stop(body.steps[body.at_step], at)),
        plan=body.steps,
        at_step=body.at_step,
        transfers=visit.transfers + 1,
        outcome=VisitOutcome.PRESENT,
        ended_at=None,
    )
    if body.counter is None:
        _change(facts, after)
    else:
        _act(facts, visit, seq, after)


@on(e.VisitParked)
def _(facts: DayFacts, body: e.VisitParked, seq: int, at: Micros) -> None:
    visit = facts.visits[body.visit]
    _act(facts, visit, seq, replace(visit, stops=_at_stop(visit, outcome=StopStanding.PARKED, parked_at=at)))


@on(e.VisitResumed)
def _(facts: DayFacts, body: e.VisitResumed, _seq: int, at: Micros) -> None:
    _wait_again(facts, facts.visits[body.visit], at)


@on(e.VisitReinstated)
def _(facts: DayFacts, body: e.VisitReinstated, _seq: int, at: Micros) -> None:
    _wait_again(facts, facts.visits[body.visit], at)


def _wait_again(facts: DayFacts, visit: VisitFact, at: Micros) -> None:
    """Let it wait where it was; for how long it was away, put aside or over, it did not wait."""
    stops = _at_stop(visit, **_back(visit, at), outcome=StopStanding.WAITING)
    _change(facts, replace(visit, stops=stops, outcome=VisitOutcome.PRESENT, ended_at=None))


@on(e.VisitSteppedBack)
def _(facts: DayFacts, body: e.VisitSteppedBack, _seq: int, _at: Micros) -> None:
    """Let it wait as if it had come later: what somebody asked for is no waiting of theirs."""
    visit = facts.visits[body.visit]
    fields: dict[str, object] = {"parked": visit.stop.parked + body.minutes * MINUTE, "outcome": StopStanding.WAITING}
    if visit.stop.outcome is StopStanding.CALLED:
        fields |= {"counter": None, "called_at": None, "started_at": None, "due": None}
    _change(facts, replace(visit, stops=_at_stop(visit, **fields)))


def _back(visit: VisitFact, at: Micros) -> dict[str, object]:
    """Count for how long it was away, until now, beside how long it was before."""
    stop = visit.stops[-1]
    return {"parked": stop.parked + _away(visit, stop, at), "parked_at": None}


def _away(visit: VisitFact, stop: StopFact, at: Micros) -> int:
    since = stop.parked_at if visit.outcome is VisitOutcome.PRESENT else visit.ended_at
    return 0 if since is None else at - since


@on(e.VisitHandedBack)
def _(facts: DayFacts, body: e.VisitHandedBack, _seq: int, _at: Micros) -> None:
    visit = facts.visits[body.visit]
    stops = _at_stop(visit, outcome=StopStanding.WAITING, counter=None, called_at=None, started_at=None, due=None)
    _change(facts, replace(visit, stops=stops))


@on(e.Undone)
def _(facts: DayFacts, body: e.Undone, _seq: int, _at: Micros) -> None:
    earlier = facts.earlier.pop(body.visit, ())
    known = [(seq, before) for seq, before in earlier if seq < body.undoes]
    facts.visits[body.visit] = next(before for seq, before in earlier if seq == body.undoes)
    if known:
        facts.earlier[body.visit] = tuple(known)


# --- visits: what is changed of them ---------------------------------------------------------------------------------


@on(e.VisitReclassified)
def _(facts: DayFacts, body: e.VisitReclassified, _seq: int, _at: Micros) -> None:
    _change(facts, replace(facts.visits[body.visit], category=body.category, plan=body.steps))


@on(e.VisitChanged)
def _(facts: DayFacts, body: e.VisitChanged, _seq: int, at: Micros) -> None:
    visit = facts.visits[body.visit]
    now = body.steps[body.at_step]
    if now.step == visit.plan[visit.at_step].step:
        stops = _at_stop(visit, service=now.service, government=now.government)
    else:
        stops = (*visit.stops[:-1], _elsewhere(visit, now, min(body.counts_from, at)))
    _change(
        facts,
        replace(
            visit,
            services=body.services,
            party_size=body.party_size,
            language=body.language,
            stops=stops,
            plan=body.steps,
            at_step=body.at_step,
        ),
    )


@on(e.VisitMerged)
def _(facts: DayFacts, body: e.VisitMerged, _seq: int, at: Micros) -> None:
    _end(facts, body.visit, StopStanding.CANCELLED, VisitOutcome.MERGED, at)
    # What was before it cannot be taken back any more.
    facts.earlier.pop(body.into, None)


@on(e.VisitPaid)
def _(facts: DayFacts, body: e.VisitPaid, _seq: int, _at: Micros) -> None:
    visit = facts.visits[body.visit]
    _change(facts, replace(visit, settlements=visit.settlements + 1))


@on(e.VisitNoted)
def _(facts: DayFacts, body: e.VisitNoted, _seq: int, _at: Micros) -> None:
    facts.earlier.pop(body.visit, None)


@on(e.TicketPrinted)
def _(facts: DayFacts, body: e.TicketPrinted, _seq: int, _at: Micros) -> None:
    """Count the paper in what was before, too: whatever a counter takes back, paper stays printed."""
    facts.visits[body.visit] = _printed(facts.visits[body.visit])
    if body.visit in facts.earlier:
        facts.earlier[body.visit] = tuple((seq, _printed(before)) for seq, before in facts.earlier[body.visit])


def _printed(visit: VisitFact) -> VisitFact:
    return replace(visit, unprinted=False, reprints=visit.reprints + (not visit.unprinted))


@on(e.VisitApplied)
def _(facts: DayFacts, body: e.VisitApplied, _seq: int, _at: Micros) -> None:
    facts.earlier.pop(body.visit, None)


@on(e.StopsSkipped)
def _(facts: DayFacts, body: e.StopsSkipped, _seq: int, at: Micros) -> None:
    visit = facts.visits[body.visit]
    stops = visit.stops
    if body.left is not None:
        # Where nobody had called it, it never was at the cash desk.
        stayed = visit.stops[:-1]
        if visit.stop.called_at is not None:
            stayed = _at_stop(visit, outcome=StopStanding.SKIPPED, finished_at=at)
        stops = (*stayed, _elsewhere(visit, body.steps[body.at_step], min(body.counts_from, at)))
    _change(facts, replace(visit, stops=stops, plan=body.steps, at_step=body.at_step))


# --- visits of another day -------------------------------------------------------------------------------------------

_STANDING: Final = {
    VisitState.WAITING: (StopStanding.WAITING, VisitOutcome.PRESENT),
    VisitState.CALLED: (StopStanding.CALLED, VisitOutcome.PRESENT),
    VisitState.SERVING: (StopStanding.SERVING, VisitOutcome.PRESENT),
    VisitState.PARKED: (StopStanding.PARKED, VisitOutcome.PRESENT),
    VisitState.MISSED: (StopStanding.MISSED, VisitOutcome.MISSED),
    VisitState.DONE: (StopStanding.SERVED, VisitOutcome.SERVED),
    VisitState.CANCELLED: (StopStanding.CANCELLED, VisitOutcome.CANCELLED),
    VisitState.NOT_SERVED: (StopStanding.NOT_SERVED, VisitOutcome.NOT_SERVED),
}


@on(e.VisitTakenOver)
def _(facts: DayFacts, body: e.VisitTakenOver, _seq: int, at: Micros) -> None:
    """Take a visit over as it is: its stops before count in the day in which they were, but when the day goes on."""
    carried, known = body.carried, facts.visits.get(body.visit)
    standing, outcome = _STANDING[carried.state]
    last = replace(
        _carried_stop(carried, carried.records[-1]),
        outcome=standing,
        parked_at=at if carried.state is VisitState.PARKED else None,
    )
    arrived = carried.issued_at >= facts.starts_at if known is None else known.arrived
    before = () if known is None else known.stops[:-1]
    facts.earlier.pop(body.visit, None)
    facts.visits[body.visit] = VisitFact(
        id=carried.id,
        category=carried.category,
        language=carried.language,
        # Whoever comes from another day is counted there as having come.
        source=_source(carried.appointment, "") if known is None else known.source,
        services=carried.services,
        party_size=carried.party_size,
        issued_at=carried.issued_at,
        booked_at=carried.booked_at,
        arrived=arrived,
        stops=(*before, last),
        plan=carried.steps,
        at_step=carried.at_step,
        outcome=outcome,
        ended_at=None if outcome is VisitOutcome.PRESENT else carried.ended_at,
        unprinted=False if known is None else known.unprinted,
        recalls=0 if known is None else known.recalls,
        reprints=0 if known is None else known.reprints,
        transfers=0 if known is None else known.transfers,
        settlements=0 if known is None else known.settlements,
    )


def _carried_stop(carried: Visit, record: StepRecord) -> StopFact:
    stop = carried.step
    return StopFact(
        step=record.step,
        service=stop.service,
        government=stop.government,
        ready_at=record.ready_at,
        counter=record.counter,
        called_at=record.called_at,
        started_at=record.started_at,
        finished_at=record.finished_at,
        due=record.due,
        calls=carried.calls,
    )
