"""Fee: what it costs, and why; the person chooses where to pay. Nobody needs to pay here to get a ticket."""

from kiosk.journey import fees, issue, order, owing
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, Issued, IssueFailed
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.offer import text
from kiosk.journey.page import Fee, JourneyPage, Side
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, Withdraw
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.upcoming_wait import upcoming_wait
from queue_server.domain.tariff import size
from queue_server.domain.values import HelpSubject


class FeePage(JourneyPage, frozen=True):
    """What it costs, and where to pay. ``desk`` is the name of the stop where it is paid later, empty for a counter.

    ``can_pay``: now, here or at a cash desk (``by_hand``); else only later, at a counter. ``wait`` is how long it takes
    until they are called, None where nobody can say.
    """

    fee: Fee = Fee(0, "EUR", 2)
    service: str = ""
    government: str = ""
    icon: str = ""
    services: int = 1
    people: int = 1
    can_pay: bool = True
    side: Side = "right"
    by_hand: bool = False
    working: bool = False
    desk: str = ""
    wait: ForeseenWait | None = None


def page(context: Context, around: Surroundings) -> JourneyPage:
    service = around.offer.service(context.government, context.kind, context.service)
    chosen = order.chosen(context, around)
    government = around.offer.government(context.government)
    return FeePage(
        fee=fees.due(context, around) or Fee(0, "EUR", 2),
        service=" + ".join(one.service for one in chosen),
        government=text(government.name, context.language) if government else "",
        icon=around.offer.icon(service) if service else "",
        services=len(chosen),
        people=size(order.people(context, around)),
        can_pay=fees.payable(context, around),
        side=around.sides.terminal,
        by_hand=fees.by_hand(around),
        working=context.issuing,
        desk=owing.desk(context, around),
        wait=upcoming_wait(context, around),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("pay") if not context.issuing and fees.payable(context, around):
            begun = fees.begin(context, around, number)
            return Continue(begun.context, begun.effects)
        case Action("pay-later") if not context.issuing:
            return issue.ask(context, around, number)
        case Issued() | IssueFailed():
            return issue.answered(context, around, event)
    return Stay(context)


def recheck(context: Context, around: Surroundings) -> Continue | Withdraw:
    """Where nothing can be paid any more there is nothing to choose."""
    return Withdraw(context) if fees.due(context, around) is None else Continue(context)


FEE = JourneyStep(
    name="fee",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    gives=frozenset({"checkout", "ticket"}),
    takes={Issued: PersonPresence.HERE, IssueFailed: PersonPresence.HERE},
    recheck=recheck,
    subject=HelpSubject.PAYMENT,
)
