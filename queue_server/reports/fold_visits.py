"""What the events of visits say: they come, are called, go on, end, and what is changed of them. Pure."""

from typing import Final

from msgspec.structs import replace

from queue_server.domain.values import MINUTE, Micros, VisitId, VisitState
from queue_server.queue import events as e
from queue_server.queue import itinerary
from queue_server.queue.state import StepPlan, StepRecord, Visit
from queue_server.reports.day_facts import DayFacts, on
from queue_server.reports.facts import CallFact, StopFact, StopStanding, VisitFact, VisitOutcome, VisitSource


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
    visit = facts.acting(body.visit, seq)
    stop = visit.stops[-1]
    _come_back(visit, stop, at)
    stop.outcome, stop.counter, stop.due = StopStanding.CALLED, body.counter, body.due
    stop.called_at, stop.started_at, stop.finished_at = at, None, None
    stop.calls += 1
    visit.outcome, visit.ended_at = VisitOutcome.PRESENT, None


@on(e.VisitRecalled)
def _(facts: DayFacts, body: e.VisitRecalled, seq: int, _at: Micros) -> None:
    visit = facts.acting(body.visit, seq)
    visit.stop.recalls += 1
    visit.recalls += 1


@on(e.VisitStarted)
def _(facts: DayFacts, body: e.VisitStarted, seq: int, at: Micros) -> None:
    stop = facts.acting(body.visit, seq).stops[-1]
    stop.outcome, stop.started_at = StopStanding.SERVING, at


@on(e.StepFinished)
def _(facts: DayFacts, body: e.StepFinished, seq: int, at: Micros) -> None:
    visit = facts.acting(body.visit, seq)
    _served(visit, at)
    visit.at_step = _ahead(visit.plan, visit.at_step)
    following = visit.plan[visit.at_step]
    stop = StopFact(body.next_step, following.service, following.government, body.counts_from)
    visit.stops = (*visit.stops, stop)


def _served(visit: VisitFact, at: Micros) -> None:
    """Let it have been served where it is."""
    stop = visit.stops[-1]
    _end_call(stop, at)
    stop.outcome, stop.finished_at = StopStanding.SERVED, at
    visit.plan = itinerary.marked(visit.plan, visit.at_step, done=True)


def _end_call(stop: StopFact, at: Micros) -> None:
    """End the call that goes on, if one does."""
    if stop.outcome in (StopStanding.CALLED, StopStanding.SERVING):
        stop.end_call(at)


def _ahead(plan: tuple[StepPlan, ...], at_step: int) -> int:
    """Give the next stop at which it has not been served; where there is none, the one at which it is."""
    for index in range(at_step + 1, len(plan)):
        if not plan[index].done:
            return index
    return at_step


@on(e.VisitDone)
def _(facts: DayFacts, body: e.VisitDone, seq: int, at: Micros) -> None:
    visit = facts.changing(body.visit) if body.counter is None else facts.acting(body.visit, seq)
    _served(visit, at)
    visit.outcome, visit.ended_at = VisitOutcome.SERVED, at


@on(e.VisitMissed)
def _(facts: DayFacts, body: e.VisitMissed, seq: int, at: Micros) -> None:
    visit = facts.acting(body.visit, seq)
    _end_call(visit.stop, at)
    visit.stop.outcome = StopStanding.MISSED
    visit.outcome, visit.ended_at = VisitOutcome.MISSED, at


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
    visit = facts.changing(ident)
    last = visit.stop
    _end_call(last, at)
    if last.called_at is None and how is not VisitOutcome.MERGED:
        last.left_at = at
    last.outcome = stop
    visit.outcome, visit.ended_at = how, at


@on(e.VisitTransferred)
def _(facts: DayFacts, body: e.VisitTransferred, seq: int, at: Micros) -> None:
    visit = facts.changing(body.visit) if body.counter is None else facts.acting(body.visit, seq)
    _end_call(visit.stop, at)
    visit.stop.outcome, visit.stop.finished_at = StopStanding.TRANSFERRED, at
    visit.stops = (*visit.stops, _stop(body.steps[body.at_step], at))
    visit.plan, visit.at_step = body.steps, body.at_step
    visit.transfers += 1
    visit.outcome, visit.ended_at = VisitOutcome.PRESENT, None


@on(e.VisitParked)
def _(facts: DayFacts, body: e.VisitParked, seq: int, at: Micros) -> None:
    stop = facts.acting(body.visit, seq).stop
    _end_call(stop, at)
    stop.outcome, stop.parked_at = StopStanding.PARKED, at


@on(e.VisitResumed)
def _(facts: DayFacts, body: e.VisitResumed, _seq: int, at: Micros) -> None:
    _wait_again(facts, body.visit, at)


@on(e.VisitReinstated)
def _(facts: DayFacts, body: e.VisitReinstated, _seq: int, at: Micros) -> None:
    _wait_again(facts, body.visit, at)


def _wait_again(facts: DayFacts, ident: VisitId, at: Micros) -> None:
    """Let it wait where it was; for how long it was away, put aside or over, it did not wait."""
    visit = facts.changing(ident)
    _come_back(visit, visit.stop, at)
    visit.stop.outcome, visit.stop.left_at = StopStanding.WAITING, None
    visit.outcome, visit.ended_at = VisitOutcome.PRESENT, None


@on(e.VisitSteppedBack)
def _(facts: DayFacts, body: e.VisitSteppedBack, _seq: int, at: Micros) -> None:
    """Let it wait as if it had come later: what somebody asked for is no waiting of theirs."""
    stop = facts.changing(body.visit).stop
    stop.parked += body.minutes * MINUTE
    if stop.outcome is StopStanding.CALLED:
        stop.end_call(at)
        _not_called(stop)
    stop.outcome = StopStanding.WAITING


def _not_called(stop: StopFact) -> None:
    stop.counter = stop.called_at = stop.started_at = stop.due = None


def _come_back(visit: VisitFact, stop: StopFact, at: Micros) -> None:
    """Count for how long it was away, until now, beside how long it was before."""
    since = stop.parked_at if visit.outcome is VisitOutcome.PRESENT else visit.ended_at
    if since is not None:
        stop.parked += at - since
    stop.parked_at = None


@on(e.VisitHandedBack)
def _(facts: DayFacts, body: e.VisitHandedBack, _seq: int, at: Micros) -> None:
    stop = facts.changing(body.visit).stop
    _end_call(stop, at)
    stop.outcome = StopStanding.WAITING
    _not_called(stop)


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
    visit = facts.changing(body.visit)
    visit.category, visit.plan = body.category, body.steps


@on(e.VisitChanged)
def _(facts: DayFacts, body: e.VisitChanged, _seq: int, at: Micros) -> None:
    visit = facts.changing(body.visit)
    now = body.steps[body.at_step]
    if now.step == visit.plan[visit.at_step].step:
        visit.stop.service, visit.stop.government = now.service, now.government
    else:
        here = replace(_elsewhere(visit, now, min(body.counts_from, at)), ended=visit.stop.ended)
        visit.stops = (*visit.stops[:-1], here)
    visit.services, visit.party_size, visit.language = body.services, body.party_size, body.language
    visit.plan, visit.at_step = body.steps, body.at_step


@on(e.VisitMerged)
def _(facts: DayFacts, body: e.VisitMerged, _seq: int, at: Micros) -> None:
    _end(facts, body.visit, StopStanding.CANCELLED, VisitOutcome.MERGED, at)
    # What was before it cannot be taken back any more.
    facts.earlier.pop(body.into, None)


@on(e.VisitPaid)
def _(facts: DayFacts, body: e.VisitPaid, _seq: int, _at: Micros) -> None:
    facts.changing(body.visit).settlements += 1


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
    visit = facts.changing(body.visit)
    if body.left is not None:
        left, following = visit.stop, _elsewhere(visit, body.steps[body.at_step], min(body.counts_from, at))
        stayed = visit.stops
        if left.called_at is None:
            # Where nobody had called it, it never was at the cash desk.
            stayed = visit.stops[:-1]
        _end_call(left, at)
        left.outcome, left.finished_at = StopStanding.SKIPPED, at
        visit.stops = (*stayed, following)
    visit.plan, visit.at_step = body.steps, body.at_step


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
    served = 0 if record.started_at is None or record.finished_at is None else record.finished_at - record.started_at
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
        # For how long a counter had it counts in the day in which it did.
        ended=(CallFact(record.counter, 0, served),) if served and record.counter is not None else (),
    )
