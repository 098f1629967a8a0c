"""What a visit has paid, and what follows: whoever has paid does not visit the cash desk.

A payment settles fees of the ticket that it was made for. Where a party goes on with another ticket, both fees are
wanted for a service that both had. Once the fee of a service is settled, its stop at the cash desk is taken out of the
plan, and a visit that waits there is ready now for its next stop, as if it had been served. What stays is a stop where
the visit is called or served, the only one of its service, and the last that is left: nobody waits for a call that
never comes. What staff plan later stays too, so that they can send a visit back.
"""

from collections import Counter as Tally
from collections.abc import Collection, Iterable

from msgspec.structs import replace

from queue_server.queue import events as e
from queue_server.queue import order
from queue_server.queue.commands import NamePayment
from queue_server.queue.known import HELD, known_visit
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import Settings
from queue_server.queue.state import DayState, StepPlan, Visit
from queue_server.values import Micros, ServiceId, VisitId, VisitState

#: Payments of one visit at most: every event of the visit carries their ids to every page.
MOST_PAYMENTS = 20

#: States that nothing leads out of: what their plan says is history.
_FINAL = (VisitState.DONE, VisitState.NOT_SERVED)


def name_payment(
    state: DayState, command: NamePayment, settings: Settings, now: Micros
) -> tuple[e.Payload, ...] | Refusal:
    """Name a payment, also of a visit that is over, and there of the visit that its party goes on with.

    One too many is passed over: the money is in its own stream.
    """
    paid = known_visit(state, command.visit)
    if isinstance(paid, Refusal):
        return paid
    goes_on = paid
    while goes_on.merged_into is not None:
        found = known_visit(state, goes_on.merged_into)
        if isinstance(found, Refusal):
            return found
        goes_on = found
    named = _named(paid, command, command.settles)
    # What was paid for another ticket is settled there; here it is named, so that staff find it.
    also = () if goes_on is paid else _named(goes_on, command, ())
    if not named:
        return also
    settled = replace(paid, settled=(*paid.settled, *command.settles))
    before = settled_fees(state, goes_on)
    fees = settled_fees(state, settled if goes_on is paid else goes_on, instead=settled) - before
    return (*named, *also, *skipped(goes_on, fees, settings, now))


def _named(visit: Visit, command: NamePayment, settles: tuple[ServiceId, ...]) -> tuple[e.VisitPaid, ...]:
    """Name it where that says anything new: a payment may be named first and be certain later."""
    known = command.payment in visit.payments
    if (known and set(settles) <= set(visit.settled)) or (not known and len(visit.payments) >= MOST_PAYMENTS):
        return ()
    return (e.VisitPaid(visit.id, command.payment, settles),)


def settled_fees(state: DayState, visit: Visit, instead: Visit | None = None) -> frozenset[ServiceId]:
    """Name the services of a visit of which every fee is settled: that of each ticket which it goes on with.

    ``instead`` is one of these tickets as it is about to be.
    """
    tickets = [instead if instead is not None and one.id == instead.id else one for one in _tickets(state, visit)]
    wanted = _wanted(tickets)
    settled = Tally(service for one in tickets for service in set(one.settled))
    # A ticket of a day before is not there to be counted: what it brought is wanted once.
    return frozenset(service for service in visit.services if settled[service] >= max(1, wanted[service]))


def brought_fees(state: DayState, visit: Visit) -> dict[VisitId, frozenset[ServiceId]]:
    """Name the other tickets that a visit goes on with, and for which of its services their payments count.

    That is what came with them; of a service that came with several, once all its fees are settled.
    """
    _, *others = tickets = _tickets(state, visit)
    wanted, settled = _wanted(tickets), settled_fees(state, visit)
    counts = frozenset(one for one in visit.joined if wanted[one] == 1 or one in settled)
    return {one.id: counts for one in others if counts}


def _tickets(state: DayState, visit: Visit) -> list[Visit]:
    """List a visit and the tickets that were merged into it, those of them too that others were merged into."""
    tickets = [visit]
    for ticket in tickets:
        tickets += (one for one in state.visits.values() if one.merged_into == ticket.id)
    return tickets


def _wanted(tickets: Iterable[Visit]) -> Tally[ServiceId]:
    """Count the fees of each service: one for each ticket that brought it."""
    return Tally(service for one in tickets for service in one.services if service not in one.joined)


def skipped(visit: Visit, fees: Collection[ServiceId], settings: Settings, now: Micros) -> tuple[e.StopsSkipped, ...]:
    """Take out the stops where these fees would have been paid; a visit that waits at one goes on from there."""
    gone = _needless(visit, fees, settings)
    if not gone:
        return ()
    here = visit.at_step
    steps = tuple(stop for index, stop in enumerate(visit.steps) if index not in gone)
    if here not in gone:
        at_step, left = here - sum(index < here for index in gone), None
        counts_from, promise, late, due = visit.counts_from, visit.promise, visit.late, visit.due
        place = visit.place
    else:
        following = next(index for index in _ahead(visit) if index not in gone)
        at_step, left = following - sum(index < following for index in gone), visit.step.step
        counts_from, promise = now, visit.steps[following].promise
        late = order.late_after(visit, now if visit.called_at is None else visit.called_at)
        place = due = order.due(counts_from, promise, late)
    return (e.StopsSkipped(visit.id, left, steps, at_step, counts_from, promise, late, due, place),)


def _needless(visit: Visit, fees: Collection[ServiceId], settings: Settings) -> frozenset[int]:
    """Find the stops that nobody needs to come to."""
    if visit.state in _FINAL:
        return frozenset()
    here = visit.at_step
    gone = {
        index
        for index, stop in enumerate(visit.steps)
        if stop.service in fees
        and stop.step in settings.cash_desks
        and not stop.done
        and not (index == here and visit.state in HELD)
    }
    others = {stop.service for index, stop in enumerate(visit.steps) if index not in gone}
    gone = {index for index in gone if visit.steps[index].service in others}
    if here in gone and all(index in gone for index in _ahead(visit)):
        gone.remove(here)
    return frozenset(gone)


def without_cash_desk(stops: tuple[StepPlan, ...], settings: Settings) -> tuple[StepPlan, ...]:
    """Line up the stops of a service that is paid for already."""
    return tuple(stop for stop in stops if stop.step not in settings.cash_desks) or stops


def _ahead(visit: Visit) -> list[int]:
    """List the stops after this one that the visit still has before it."""
    return [index for index in range(visit.at_step + 1, len(visit.steps)) if not visit.steps[index].done]
