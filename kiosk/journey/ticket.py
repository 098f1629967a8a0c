"""Ticket: it exists, whatever becomes of the paper."""

from msgspec.structs import replace

from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Action, Answered, Event, Printed
from kiosk.journey.notice import notice
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Page, TicketPage


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    ticket = context.ticket
    if ticket is None:
        return TicketPage(step=5)
    return TicketPage(
        step=5,
        code=ticket.code,
        paper=ticket.paper,
        ahead=ticket.ahead,
        stops=ticket.stops,
        asks=context.asks,
        paid=ticket.paid,
        notice=notice(around.hall.announcement, (context.language,)),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    ticket = context.ticket
    if ticket is None:
        return Continue(context)
    match event:
        case Action("done"):
            return Continue(context)
        case Answered(_, ahead):
            return Stay(replace(context, ticket=replace(ticket, ahead=ahead)))
        case Printed(_, paper):
            return Stay(replace(context, ticket=replace(ticket, paper=paper)))
    return Stay(context)
