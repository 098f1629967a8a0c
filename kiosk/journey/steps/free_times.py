"""Free times: a few large choices. The one that is touched is held at once, before anything more is asked."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import booking_ahead, choose, order
from kiosk.journey.booking_ahead import BookingAhead, TimeChoice, TimesView
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, HoldAnswered, HoldTime, TimesFound
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.tariff import size
from queue_server.domain.values import HelpSubject


class TimesPage(JourneyPage, frozen=True):
    """What is ``found``: being looked for, ``choose``, or why there is nothing to choose.

    ``view``: the first free times, days, or the times of one ``day``. ``more``: behind the last is more of the same;
    ``others``: other days and times. ``working``: what was touched is being held. ``lost``: it was no more to be had.
    ``link`` is where times are booked on a phone.
    """

    found: Literal["asking", "choose", "nothing", "not-offered", "remote", "away"] = "asking"
    view: TimesView = "first"
    day: str = ""
    times: tuple[TimeChoice, ...] = ()
    more: bool = False
    others: bool = False
    working: bool = False
    lost: bool = False
    link: str = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = context.of(BookingAhead)
    cut, found = _cut(context), _found(known)
    return TimesPage(
        found=found,
        view=known.view,
        day=known.day,
        times=cut.shown,
        more=cut.more,
        others=known.view == "first" and booking_ahead.has_others(known),
        working=known.holding,
        lost=known.lost,
        link="" if found in {"asking", "choose"} else booking_ahead.page_of_centre(around),
    )


def _found(known: BookingAhead) -> Literal["asking", "choose", "nothing", "not-offered", "remote", "away"]:
    if known.outcome == "found":
        return "choose" if known.days else "nothing"
    return known.outcome or "asking"


def _cut(context: Context) -> choose.VisibleChoices[TimeChoice]:
    return choose.cut(booking_ahead.choices(context.of(BookingAhead)), context)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one line an event
    known = context.of(BookingAhead)
    match event:
        case Action("continue") if not known.is_asked:
            return booking_ahead.ask(context, around, number)
        case TimesFound():
            return Stay(booking_ahead.answered(context, event))
        case HoldAnswered(_, look, outcome, until) if look == known.looks and known.holding:
            return _held(context, outcome, until)
        case Action() if known.holding:
            return Stay(context)
        case Action("again") if _found(known) not in {"asking", "choose"}:
            return Stay(booking_ahead.asked_again(context))
        case Action("choose", ident) if any(one.id == ident for one in booking_ahead.choices(known)):
            return _chosen(context, around, ident, number)
        case Action("other-times") if known.view == "first" and booking_ahead.has_others(known):
            return Stay(replace(context, further=0).keeping(replace(known, view="days", lost=False)))
        case Action("more") if _cut(context).more:
            return Stay(choose.further(context))
    return Stay(context)


def _held(context: Context, outcome: Literal["held", "taken", "away"], until: str) -> Outcome:
    known = context.of(BookingAhead)
    match outcome:
        case "held":
            return Continue(context.keeping(booking_ahead.held(known, until)))
        case "taken":
            return Stay(booking_ahead.asked_again(context, lost=True))
        case "away":
            return Stay(context.keeping(replace(known, holding=False, outcome="away")))


def _chosen(context: Context, around: Surroundings, ident: str, number: int) -> Stay:
    known = context.of(BookingAhead)
    if known.view == "days":
        return Stay(replace(context, further=0).keeping(replace(known, view="times", day=ident)))
    looks = known.looks + 1
    people = order.people(context, around)
    ages = people if around.offer.bands else ()
    asked = HoldTime(number, looks, order.services(context), size(people), ages, ident)
    return Stay(context.keeping(replace(known, looks=looks, at=ident, holding=True, lost=False)), (asked,))


def turned_back(context: Context) -> Context | None:
    """Go back from later days to earlier ones, from times to days, and from days to the first free times."""
    known = context.of(BookingAhead)
    if context.further:
        return choose.turned_back(context)
    match known.view:
        case "times":
            return context.keeping(replace(known, view="days", day=""))
        case "days":
            return context.keeping(replace(known, view="first"))
    return None


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """It asks by itself."""
    del around, timing
    return None if context.of(BookingAhead).is_asked else StepTimeout(0.0, "continue")


FREE_TIMES = JourneyStep(
    name="free-times",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    takes={TimesFound: PersonPresence.RENEWED, HoldAnswered: PersonPresence.RENEWED},
    turned_back=turned_back,
    left=booking_ahead.begun_anew,
    patience=patience,
    subject=HelpSubject.CHOICE,
)
