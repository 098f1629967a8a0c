"""Rest: no tickets are given now. Staff can be called, and a ticket of today can be shown again."""

from msgspec.structs import replace

from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Event
from kiosk.journey.notice import LANGUAGES, notice
from kiosk.journey.outcome import Outcome, Stay
from kiosk.journey.page import Page, RestPage


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    hall = around.hall
    out = around.out_of_order or hall.closed is None
    others = [one.code for one in around.offer.languages if one.code != context.language]
    shown = RestPage(
        reason="copied" if around.copied else "out-of-order" if out else hall.closed or "closed",
        sign=around.copied,
        others=() if context.language_chosen else tuple(others[: LANGUAGES - 1]),
        scanner=around.scanner,
        notice=notice(hall.announcement, (context.language,)),
    )
    if shown.reason in {"copied", "out-of-order"} or hall.opens is None:
        return shown
    return replace(
        shown,
        days=hall.days,
        weekday=hall.opens.isoweekday(),
        day=hall.opens.day,
        month=hall.opens.month,
        time=f"{hall.opens:%H:%M}",
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, event, number
    return Stay(context)
