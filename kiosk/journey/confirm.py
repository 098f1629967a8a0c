"""Confirm: what will happen, and the one place where a ticket is asked for."""

from msgspec.structs import replace

from kiosk.journey.context import Context, Surroundings, Ticket
from kiosk.journey.events import Action, Event, Issue, Issued, IssueFailed
from kiosk.journey.offer import text
from kiosk.journey.outcome import Abort, Continue, Outcome, Stay
from kiosk.journey.page import ConfirmPage, Page, Stop


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    service = around.offer.service(context.government, context.kind, context.service)
    kind = around.offer.kind(context.government, context.kind)
    government = around.offer.government(context.government)
    return ConfirmPage(
        step=4,
        service=text(service.name, context.language) if service else "",
        government=text(government.name, context.language) if government else "",
        icon=kind.icon if kind else "",
        stops=_stops(context, around),
        no_paper=not around.paper,
        asks=context.asks,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("confirm") if not context.issuing:
            ask = Issue(
                number=number,
                service=context.service,
                language=context.language,
                centre=text(around.offer.centre, context.language),
                stops=_stops(context, around),
                asks_priority=context.asks,
            )
            return Stay(replace(context, issuing=True), (ask,))
        case Issued(_, visit, code) if context.issuing:
            ticket = Ticket(visit, code, _stops(context, around))
            return Continue(replace(context, issuing=False, ticket=ticket))
        case IssueFailed(_, problem) if context.issuing:
            return Abort(problem)
    return Stay(context)


def _stops(context: Context, around: Surroundings) -> tuple[Stop, ...]:
    service = around.offer.service(context.government, context.kind, context.service)
    if service is None:
        return ()
    return tuple(Stop(text(one.name, context.language), text(one.place, context.language)) for one in service.steps)
