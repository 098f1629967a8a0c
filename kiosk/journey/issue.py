"""A ticket is asked for: at the confirmation, or later where its fee is not paid here."""

from msgspec.structs import replace

from kiosk.journey.context import Context, Surroundings, Ticket
from kiosk.journey.events import Issue, Issued, IssueFailed
from kiosk.journey.offer import text
from kiosk.journey.outcome import Abort, Continue, Outcome, Stay
from kiosk.journey.page import Stop


def ask(context: Context, around: Surroundings, number: int) -> Stay:
    """Have the ticket made."""
    asked = Issue(
        number=number,
        service=context.service,
        language=context.language,
        centre=text(around.offer.centre, context.language),
        stops=stops(context, around),
        asks_priority=context.asks,
    )
    return Stay(replace(context, issuing=True), (asked,))


def answered(context: Context, around: Surroundings, event: Issued | IssueFailed) -> Outcome:
    """Take the answer, where one is waited for."""
    if not context.issuing:
        return Stay(context)
    if isinstance(event, IssueFailed):
        return Abort(event.problem)
    ticket = Ticket(event.visit, event.code, stops(context, around), address=event.address)
    return Continue(replace(context, issuing=False, ticket=ticket))


def stops(context: Context, around: Surroundings, *, paid: bool = False) -> tuple[Stop, ...]:
    """Give the steps of the chosen service, in the person's language.

    Whoever has paid need not go to the cash desk, unless there is nothing else: the server plans the visit alike.
    """
    service = around.offer.service(context.government, context.kind, context.service)
    if service is None:
        return ()
    steps = service.steps
    if paid:
        steps = tuple(one for one in steps if not one.takes_payment) or steps
    return tuple(Stop(text(one.name, context.language), text(one.place, context.language)) for one in steps)
