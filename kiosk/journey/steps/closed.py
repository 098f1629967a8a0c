"""Closed: no tickets are given now. Staff can be called, and a ticket of today can be shown again."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import booking_ahead, notice
from kiosk.journey.context import Context
from kiosk.journey.events import Event
from kiosk.journey.notice import ShownNotice
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class ClosedPage(JourneyPage, frozen=True):
    """No tickets are given now, and why. It comes between two persons only.

    ``others`` are further languages that say it as long as nobody has chosen one.
    ``days`` nights lie before it opens again, -1 where nobody knows when. ``weekday`` is 1 (Monday) to 7, ``time`` is
    ``HH:MM``, all in the centre's zone. ``sign`` tells this machine from another that is the same kiosk (``copied``).
    ``books``: a time on another day can be booked here.
    """

    reason: Literal["closed", "last-ticket", "full", "out-of-order", "copied"] = "closed"
    sign: str = ""
    days: int = -1
    weekday: int = 1
    day: int = 1
    month: int = 1
    time: str = ""
    others: tuple[str, ...] = ()
    scanner: bool = False
    books: bool = False
    notice: ShownNotice | None = None


def page(context: Context, around: Surroundings) -> JourneyPage:
    now = around.availability
    out = around.out_of_order or now.closed is None
    others = notice.unread(context, around)
    shown = ClosedPage(
        reason="copied" if around.copied else "out-of-order" if out else now.closed or "closed",
        sign=around.copied,
        others=others,
        scanner=around.scanner,
        books=booking_ahead.is_offered(context, around),
        notice=notice.notice(now.announcement, (context.language, *others), everybody=bool(others)),
    )
    if shown.reason in {"copied", "out-of-order"} or now.opens is None:
        return shown
    return replace(
        shown,
        days=now.days,
        weekday=now.opens.isoweekday(),
        day=now.opens.day,
        month=now.opens.month,
        time=f"{now.opens:%H:%M}",
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, event, number
    return Stay(context)


CLOSED = JourneyStep(name="closed", page=page, handle=handle, subject=HelpSubject.START)
