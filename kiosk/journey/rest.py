"""Rest: no tickets are given now. Staff can be called, and a ticket of today can be shown again."""

from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Event
from kiosk.journey.notice import notice
from kiosk.journey.outcome import Outcome, Stay
from kiosk.journey.page import Page, RestPage


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    announced = notice(around.hall.announcement, (context.language,))
    if around.out_of_order or around.hall.closed is None:
        return RestPage(reason="out-of-order", scanner=around.scanner, notice=announced)
    opens = around.hall.opens
    if opens is None:
        return RestPage(reason=around.hall.closed, scanner=around.scanner, notice=announced)
    return RestPage(
        reason=around.hall.closed,
        days=around.hall.days,
        weekday=opens.isoweekday(),
        day=opens.day,
        month=opens.month,
        time=f"{opens:%H:%M}",
        scanner=around.scanner,
        notice=announced,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, event, number
    return Stay(context)
