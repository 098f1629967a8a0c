"""What is changed of visits, added to them and settled for them while they wait or are served."""

from queue_server.domain.values import Category, VisitState
from queue_server.queue import events as e
from queue_server.queue.reducers import change, end, fold, record
from queue_server.queue.state import DayState, SettledFees, StepRecord


@fold(e.VisitReclassified)
def _(state: DayState, event: e.DayEvent, body: e.VisitReclassified) -> None:
    visit = state.visits[body.visit]
    change(
        state,
        event,
        body.visit,
        category=body.category,
        steps=body.steps,
        counts_from=body.counts_from,
        promise=body.promise,
        due=body.due,
        place=visit.place if body.due == visit.due else body.due,
        asks_priority=False,
    )


@fold(e.VisitChanged)
def _(state: DayState, event: e.DayEvent, body: e.VisitChanged) -> None:
    visit = state.visits[body.visit]
    step = body.steps[body.at_step].step
    # Whoever is early for an appointment waits from now on, though that counts later.
    began = StepRecord(step, min(body.counts_from, event.at))
    records = visit.records if step == visit.step.step else (*visit.records[:-1], began)
    change(
        state,
        event,
        body.visit,
        services=body.services,
        steps=body.steps,
        at_step=body.at_step,
        party_size=body.party_size,
        language=body.language,
        counts_from=body.counts_from,
        promise=body.promise,
        late=body.late,
        due=body.due,
        place=body.place,
        records=records,
        people=body.people,
        items=body.items,
    )


@fold(e.VisitMerged)
def _(state: DayState, event: e.DayEvent, body: e.VisitMerged) -> None:
    """End a visit; its notes, applications, settlements and wish for priority go on with the other."""
    visit, into = state.visits[body.visit], state.visits[body.into]
    end(state, event, body.visit, VisitState.CANCELLED, merged_into=body.into)
    change(
        state,
        event,
        body.into,
        notes=_united(into.notes, visit.notes),
        applications=_united(into.applications, visit.applications),
        settlement_ids=_united(into.settlement_ids, visit.settlement_ids),
        settlements=_settled(into.settlements, visit.settlements),
        # Whoever puts tickets together has the people before them.
        away_until=None,
        asks_priority=into.asks_priority
        or (visit.asks_priority and into.category not in (Category.PRIORITY, Category.URGENT)),
    )


def _settled(before: tuple[SettledFees, ...], news: tuple[SettledFees, ...]) -> tuple[SettledFees, ...]:
    """Take in what was settled; each counts once, as it is known last."""
    known = {one.id: one for one in before}
    known |= {one.id: one for one in news}
    return tuple(one for one in known.values() if one.items)


def _united[T](first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


@fold(e.VisitNoted)
def _(state: DayState, event: e.DayEvent, body: e.VisitNoted) -> None:
    change(state, event, body.visit, notes=(*state.visits[body.visit].notes, body.note))


@fold(e.TicketPrinted)
def _(state: DayState, event: e.DayEvent, body: e.TicketPrinted) -> None:
    """Change nothing: a paper moves nobody, and what was done before it can be taken back as if there were none."""
    del state, event, body


@fold(e.VisitApplied)
def _(state: DayState, event: e.DayEvent, body: e.VisitApplied) -> None:
    change(state, event, body.visit, applications=(*state.visits[body.visit].applications, body.application))


@fold(e.VisitPaid)
def _(state: DayState, event: e.DayEvent, body: e.VisitPaid) -> None:
    visit = state.visits[body.visit]
    change(
        state,
        event,
        body.visit,
        settlement_ids=_united(visit.settlement_ids, (body.settlement,)),
        settlements=_settled(visit.settlements, (SettledFees(body.settlement, body.settles),)),
    )


@fold(e.StopsSkipped)
def _(state: DayState, event: e.DayEvent, body: e.StopsSkipped) -> None:
    visit = state.visits[body.visit]
    fields: dict[str, object] = {}
    if body.left is not None:
        # Where nobody had called it, it never was at the cash desk.
        stayed = visit.records[:-1] if visit.records[-1].called_at is None else record(visit, finished_at=event.at)
        began = StepRecord(body.steps[body.at_step].step, min(body.counts_from, event.at))
        fields = {"records": (*stayed, began), "for_counter": None, "for_until": None}
    change(
        state,
        event,
        body.visit,
        steps=body.steps,
        at_step=body.at_step,
        counts_from=body.counts_from,
        promise=body.promise,
        late=body.late,
        due=body.due,
        place=body.place,
        **fields,
    )
