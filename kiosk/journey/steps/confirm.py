"""Confirm: what will happen. Here a ticket is asked for, or the way goes on to what it costs."""

from kiosk.journey import fees, issue, order, owing, party_documents
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, Issued, IssueFailed
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage, JourneyStop, OwedFee
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.upcoming_wait import upcoming_wait
from queue_server.domain.tariff import size
from queue_server.domain.values import HelpSubject


class ConfirmPage(JourneyPage, frozen=True):
    """``service`` names all ``services`` that were chosen; ``people`` for whom it is.

    ``owed`` is what it costs, None where that is nothing; ``fee``: the next page asks how that is paid. ``wait`` is how
    long it takes until they are called, None where nobody can say.
    """

    service: str = ""
    government: str = ""
    icon: str = ""
    stops: tuple[JourneyStop, ...] = ()
    no_paper: bool = False
    asks: bool = False
    fee: bool = False
    owed: OwedFee | None = None
    services: int = 1
    people: int = 1
    wait: ForeseenWait | None = None


def page(context: Context, around: Surroundings) -> JourneyPage:
    service = around.offer.service(context.government, context.kind, context.service)
    chosen = order.chosen(context, around)
    government = around.offer.government(context.government)
    return ConfirmPage(
        service=" + ".join(one.service for one in chosen),
        government=text(government.name, context.language) if government else "",
        icon=around.offer.icon(service) if service else "",
        stops=issue.stops(context, around),
        no_paper=not around.paper,
        asks=context.asks,
        fee=fees.payable(context, around),
        owed=owing.owed(context, around),
        services=len(chosen),
        people=size(order.people(context, around)),
        wait=upcoming_wait(context, around),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("confirm") if not context.issuing and fees.payable(context, around):
            return Continue(context)
        case Action("confirm") if not context.issuing:
            return issue.ask(context, around, number)
        case Issued() | IssueFailed():
            return issue.answered(context, around, event)
    return Stay(context)


CONFIRM = JourneyStep(
    name="confirm",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    gives=frozenset({"ticket"}),
    takes={Issued: PersonPresence.HERE, IssueFailed: PersonPresence.HERE},
    left=party_documents.left,
    subject=HelpSubject.CONFIRM,
)
