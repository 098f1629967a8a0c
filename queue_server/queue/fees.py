"""What a visit has paid, and what follows: whoever has paid does not visit the cash desk.

What a visit is for is a sum of items, people times services, and so is what is settled of it, whichever of its tickets
that was for. Once nothing of a service is left that costs anything, its stop at the cash desk is taken
out of the plan, and a visit that waits there is ready now for its next stop, as if it had been served. What stays is a
stop where the visit is called or served, the only one of its service, and the last that is left: nobody waits for a
call that never comes. What staff plan later stays too, so that they can send a visit back.
"""

from collections.abc import Collection, Iterable
from datetime import date

from msgspec.structs import replace

from queue_server.domain import tariff
from queue_server.domain.tariff import FeeItem
from queue_server.domain.values import Day, Micros, ServiceId, SettlementId, VisitState
from queue_server.eventlog.payload import Payload
from queue_server.queue import events as e
from queue_server.queue import order
from queue_server.queue.commands import NameSettlement
from queue_server.queue.guards import HELD, known_visit
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, SettledFees, StepPlan, Visit

#: What is settled of one visit, in how many parts at most: every event of the visit carries their ids to every page.
MAX_SETTLEMENTS = 20

#: States that nothing leads out of: what their plan says is history.
_FINAL = (VisitState.DONE, VisitState.NOT_SERVED)


def name_settlement(
    state: DayState, command: NameSettlement, settings: CentreSettings, now: Micros
) -> tuple[Payload, ...] | Refusal:
    """Name what settles fees, also of a visit that is over, and there of the visit that its party goes on with.

    One too many is passed over: the money is in its own stream.
    """
    paid = known_visit(state, command.visit)
    if isinstance(paid, Refusal):
        return paid
    goes_on = going_on(state, paid)
    if isinstance(goes_on, Refusal):
        return goes_on
    services = {one.service for one in command.settles if one.count > 0}
    if command.asked and (refused := unpayable(goes_on, services)) is not None:
        return refused
    named = _named(paid, command)
    also = () if goes_on is paid else _named(goes_on, command)
    if not also and goes_on is not paid:
        return named
    if not named and goes_on is paid:
        return ()
    settled = _settled(goes_on, command)
    fees = settled_fees(settled, settings, state.day) - settled_fees(goes_on, settings, state.day)
    return (*named, *also, *skipped(goes_on, fees, settings, now))


def going_on(state: DayState, visit: Visit) -> Visit | Refusal:
    """Find the visit with which a party goes on: this one, or that of the ticket which it was merged into."""
    while visit.merged_into is not None:
        found = known_visit(state, visit.merged_into)
        if isinstance(found, Refusal):
            return found
        visit = found
    return visit


def unpayable(visit: Visit, services: Collection[ServiceId]) -> Refusal | None:
    """Say why nothing can be taken for these services: the visit is not for one, or was cancelled."""
    if visit.state is VisitState.CANCELLED:
        return refuse(RefusalCode.VISIT_CANCELLED, visit=visit.id)
    known = {one.service for one in visit.items}
    other = next((one for one in services if one not in known), None)
    return None if other is None else refuse(RefusalCode.FEE_NOT_OF_VISIT, visit=visit.id, service=other)


def _named(visit: Visit, command: NameSettlement) -> tuple[e.VisitPaid, ...]:
    """Name it where that says anything new: it may be certain later than it is named, or not any more."""
    known = command.settlement in visit.settlement_ids
    if known and settled_by(visit, command.settlement) == command.settles:
        return ()
    if not known and len(visit.settlement_ids) >= MAX_SETTLEMENTS:
        return ()
    return (e.VisitPaid(visit.id, command.settlement, command.settles),)


def settled_by(visit: Visit, settlement: SettlementId) -> tuple[FeeItem, ...]:
    """Give what of a visit's fees is known to be settled by something that was paid, or waived."""
    return next((one.items for one in visit.settlements if one.id == settlement), ())


def _settled(visit: Visit, command: NameSettlement) -> Visit:
    others = tuple(one for one in visit.settlements if one.id != command.settlement)
    return replace(visit, settlements=(*others, SettledFees(command.settlement, command.settles)))


def settled_fees(visit: Visit, settings: CentreSettings, day: Day) -> frozenset[ServiceId]:
    """Name the services of a visit of which something is settled, and nothing is left that costs anything."""
    today = date.fromisoformat(day)
    paid = tariff.added(*(one.items for one in visit.settlements))
    left = tariff.remaining(visit.items, paid)
    begun = {one.service for one in paid}
    priced = {one.service for one in visit.items if settings.tariff.charges(one.service, one.band, today)}
    owing = {
        one.service
        for one in left
        # What a service costs that is not in the tariff nobody knows: then all of it has to be settled.
        if one.service not in priced or settings.tariff.charges(one.service, one.band, today)
    }
    wanted = dict.fromkeys(one.service for one in visit.items)
    unpaid = [service for service in wanted if service in owing & priced]
    covered = _covered(unpaid, left, tariff.remaining(paid, visit.items), settings.tariff, today)
    return frozenset(service for service in wanted if service in (begun - owing) | covered)


def _covered(
    owing: Iterable[ServiceId],
    left: tuple[FeeItem, ...],
    surplus: tuple[FeeItem, ...],
    known: tariff.Tariff,
    today: date,
) -> frozenset[ServiceId]:
    """Name the services that are paid by what was settled for people or services that the visit is not for any more."""
    worth = {one.currency: one.amount for one in known.prices(surplus, today)}
    found: set[ServiceId] = set()
    for service in owing:
        prices = known.prices((one for one in left if one.service == service), today)
        paid = next((one for one in prices if worth.get(one.currency, 0) >= one.amount), None)
        if paid is None:
            return frozenset(found)
        worth = {paid.currency: worth[paid.currency] - paid.amount}
        found.add(service)
    return frozenset(found)


def skipped(
    visit: Visit, fees: Collection[ServiceId], settings: CentreSettings, now: Micros
) -> tuple[e.StopsSkipped, ...]:
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
        # Nobody goes before their appointment by paying: who was not called yet counts from its time as before.
        counts_from = now if visit.called_at is not None else max(now, visit.counts_from)
        promise = visit.steps[following].promise
        late = order.late_after(visit, now if visit.called_at is None else visit.called_at)
        place = due = order.due(counts_from, promise, late)
    return (e.StopsSkipped(visit.id, left, steps, at_step, counts_from, promise, late, due, place),)


def _needless(visit: Visit, fees: Collection[ServiceId], settings: CentreSettings) -> frozenset[int]:
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


def without_cash_desk(stops: tuple[StepPlan, ...], settings: CentreSettings) -> tuple[StepPlan, ...]:
    """Line up the stops of a service that is paid for already."""
    return tuple(stop for stop in stops if stop.step not in settings.cash_desks) or stops


def _ahead(visit: Visit) -> list[int]:
    """List the stops after this one that the visit still has before it."""
    return [index for index in range(visit.at_step + 1, len(visit.steps)) if not visit.steps[index].done]
