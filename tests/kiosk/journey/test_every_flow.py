"""Every flow, also those to come: nobody meets a dead end, whatever page they stand before.

Walks go breadth first through all that can be touched and answered, and note each page that a person can tell apart.
"""

import importlib
import pkgutil
from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import Literal, cast

import pytest
from msgspec.structs import replace

from kiosk.journey import events as e
from kiosk.journey import flows, idle, wait
from kiosk.journey.availability import Availability
from kiosk.journey.checkout import Checkout
from kiosk.journey.collecting import Collecting
from kiosk.journey.context import ShownTicket
from kiosk.journey.filling import known
from kiosk.journey.flow import Flow
from kiosk.journey.flows.form import FORM
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.idle import IdlePage
from kiosk.journey.machine import advance, page
from kiosk.journey.state import Journey, start
from kiosk.journey.steps.locker import LOCKER
from kiosk.journey.surroundings import Health, Surroundings, Timing
from queue_server.domain.appointments import CheckInVerdict
from queue_server.domain.collection_codes import with_check_digit
from queue_server.domain.forms import FORM_CODE_LENGTH, FormAnswer
from queue_server.domain.values import ServiceId, VisitState
from tests.kiosk.journey.conftest import INFORMATION, booking_text, ticket_text
from tests.kiosk.journey.test_anything import FORM_DAY, FORMS, NAMES, PIN, TODAYS
from tests.kiosk.journey.test_bring import CHECKLISTS
from tests.kiosk.journey.umbrellas import UMBRELLA_FLOW, StandOpened
from tests.kiosk.journey.walk import TIMING

ARGUMENTS = {
    "language": ("en",),
    "choose": ("UTO", "passports", "renewal", "first", "small", "fees", "2026-11-25", "2026-11-25T09:20:00+00:00"),
    "remove": ("renewal",),
    "paper": ("again", "give-up"),
    "address": ("printer",),
    "key": ("x",),
    "toggle": ("renewal/photo",),
    "turn": ("1",),
    "sign": ("H",),
    "plus": ("here",),
}
#: What is typed one by one, and leads somewhere only as a whole.
TYPED: tuple[tuple[e.Event, ...], ...] = (
    (*[e.Action("digit", "7")] * 8, e.Action("submit"), e.PinAnswered(1, ok=True)),
    (e.Action("letter", "B"), *[e.Action("digit", "7")] * 3, e.Action("submit")),
    (*[e.Action("digit", digit) for digit in with_check_digit(572)], e.Action("submit")),
    (e.Action("party"), e.Action("plus", "anyone"), e.Action("people")),
    (*[e.Action("sign", "H")] * 8, e.Action("submit")),
    (*[e.Action("sign", "H")] * FORM_CODE_LENGTH, e.Action("submit")),
    (*[e.Action("digit", digit) for digit in PIN], e.Action("submit")),
    (
        *[e.Action("key", digit) for digit in "1984"],
        e.Action("submit"),
        e.Action("choose", "2"),
        e.Action("choose", "3"),
    ),
    (e.Action("choose", "female"),),
    (e.Action("choose", "yes"), e.Action("skip"), e.Action("skip")),
    (e.Action("choose", "renewal-form"),),
    (e.Action("change", "surname"),),
    (e.Action("key", "x"), e.Action("submit")),
)
BOOKING = e.CheckedBooking(CheckInVerdict.ON_TIME, "one", ("renewal",), people=2, day="2026-11-25", clock="10:30")
CHECKED = (
    *(replace(BOOKING, verdict=verdict) for verdict in CheckInVerdict),
    replace(BOOKING, people=1),
    replace(BOOKING, needs_document=True),
)


TIMES = (
    e.DayWithTimes(
        "2026-11-25", tuple(e.BookableTime(f"2026-11-25T{hour}:20:00+00:00", f"{hour}:20") for hour in ("09", "10"))
    ),
)
#: A form that was opened: one that is begun, and one that is whole.
OPENED: tuple[dict[str, FormAnswer], ...] = (
    {"surname": "Doe"},
    {"surname": "Doe", "birth": "1984-02-29", "sex": "male", "married": True},
)
SAVED: tuple[Literal["saved", "answers", "away"], ...] = ("saved", "answers", "away")
DOORS: tuple[e.DoorState, ...] = ("open", "taken", "inside", "staff")
FOUND = (e.CollectedItem("one", "passport", "here"), e.CollectedItem("two", "form", "counter"))


def every_flow() -> Iterator[Flow]:
    """Find the flows of the kiosk, and the toy."""
    for module in pkgutil.iter_modules(flows.__path__, f"{flows.__name__}."):
        yield from (one for one in vars(importlib.import_module(module.name)).values() if isinstance(one, Flow))
    yield UMBRELLA_FLOW


FLOWS = list(dict.fromkeys(every_flow()))


@cache
def touches(number: int) -> tuple[tuple[e.Event, ...], ...]:
    """Return what this person does, and what devices and server answer."""
    return tuple(_touches(number))


def _touches(number: int) -> Iterator[tuple[e.Event, ...]]:
    for name in (*NAMES, "code", "no-can", "toggle", "turn"):
        yield from ((e.Action(name, argument),) for argument in ARGUMENTS.get(name, ("",)))
    yield from TYPED
    for look in (1, 2):
        for name in ("open", "counter"):
            yield e.Action("continue"), e.ProofAnswered(number, look, "found", FOUND), e.Action(name)
        for booking in CHECKED:
            yield e.Action("continue"), e.BookingChecked(number, look, "checked", booking)
        yield e.Action("continue"), e.BookingChecked(number, look, "away")
        yield (e.BookingPrinted(number, look, is_printed=True),)
        for days in (TIMES, ()):
            yield e.Action("continue"), e.TimesFound(number, look, "found", days, "2026-11-24")
        yield e.Action("continue"), e.TimesFound(number, look, "away")
        found = e.Action("continue"), e.TimesFound(number, look, "found", TIMES, "2026-11-24")
        yield *found, e.Action("choose", TIMES[0].times[0].at), e.HoldAnswered(number, look + 1, "held", "09:10")
        booked = e.TimeBooked(number, look + 1, "booked", "2026-11-25", "09:20", "HS4K7KM2")
        yield e.Action("book"), booked
        yield e.Action("book"), e.TimeBooked(number, look + 1, "away")
        for state in DOORS:
            yield (e.DoorChanged(number, look, state),)
        yield (e.CollectedPrinted(number, look, is_printed=True),)
        for opened in OPENED:
            yield e.Action("continue"), e.FormOpened(number, look, "opened", "renewal-form", opened, ("application",))
        yield e.Action("continue"), e.FormOpened(number, look, "not-opened")
        for outcome in SAVED:
            yield e.Action("continue"), e.FormStored(number, look, outcome, "HS4K7KM2QR", field="surname")
        yield (e.FieldsRead(number, look),)
        yield (e.FormSlipPrinted(number, look, is_printed=True),)
    yield from (
        (e.DocumentRead("UTO", 1),),
        (e.ChipRead(number, 1, "look"),),
        (e.Scanned(ticket_text(TODAYS)),),
        (e.Scanned(booking_text(TODAYS)),),
        (e.Action("continue"), e.AdmissionRefused(number, CheckInVerdict.CHECKED_IN, "B042")),
        (e.PinAnswered(number, ok=True),),
        (e.StatusFound(number, 1, "B042", VisitState.WAITING),),
        (e.Issued(number, "visit", "B042"),),
        (e.IssueFailed(number, e.FailureCode.OUTBOX),),
        (e.EnrolRefused(e.FailureCode.ENROL_CODE),),
        (e.Printed(number, "taken"),),
        (e.TopicPrinted(number, 1, is_printed=True),),
        (e.CheckoutChanged(number, Checkout("not-paid", visit="visit", code="B042")),),
        (e.CheckoutChanged(number, Checkout("staff", visit="visit", code="B042")),),
        (cast("e.Event", StandOpened(number)),),
        (cast("e.Event", StandOpened(number, ok=False)),),
    )


def led(journey: Journey, events: tuple[e.Event, ...], begun: dict[e.Event, Journey]) -> Journey:
    """Return where the events lead; ``begun`` has where the first of them leads, for many begin alike."""
    first = events[0]
    if isinstance(first, e.Action):
        if first not in begun:
            begun[first] = advance(journey, first, 0.0).journey
        after = begun[first]
    else:
        after = advance(journey, first, 0.0).journey
    # Where the first letter does nothing the other letters do nothing either.
    if after == journey and events in TYPED:
        return journey
    for event in events[1:]:
        after, _ = advance(after, event, 0.0)
    return after


def seen(journey: Journey) -> tuple[object, ...]:
    """Tell two states apart as far as they lead to other pages; whose they are, and how they look, is not told.

    What is over a page does not depend on how that page was reached.
    """
    if journey.over:
        return journey.flow, journey.step, journey.over, type(page(journey))
    context = journey.context
    phase = context.checkout.phase if context.checkout else ""
    begun = (context.issuing, phase, bool(context.service), bool(context.before), bool(context.people))
    return journey.flow, journey.step, type(page(journey)), begun, len(context.own), asked(journey)


def asked(journey: Journey) -> tuple[object, ...]:
    """Say how far a form is: one page shows all its questions."""
    found = known(journey.context)
    if journey.flow is not FORM:
        return ()
    return found.purpose, found.at, found.part, found.prefill, found.changing, found.chosen != "", found.outcome


def looked_at(journey: Journey) -> bool:
    """What opens everywhere is looked at on each page, and not once more over each other."""
    bar = [door.to for door in journey.flow.doors if door.at == "anywhere"]
    return len(journey.over) <= 1 or not any(one in bar for one in journey.over)


def surroundings(around: Surroundings) -> list[Surroundings]:
    """Stand at a kiosk with everything, and before what may stand in its way."""
    offer = replace(around.offer, party=2, most=2, appointments=True, checklists=CHECKLISTS, asks_to_bring=True)
    full = replace(around, offer=offer, chip=True, terminal=True, collects=True, information=INFORMATION)
    full = replace(full, health=Health(around.health.parts, connected=True))
    # Whoever renews a passport is not reached today, and a first one is not given today.
    full = replace(full, waits={"renewal": ForeseenWait(shut=True)}, closes="16:00")
    full = replace(full, availability=Availability(closed_services=(ServiceId("first"),)))
    closed, moment = replace(full, availability=Availability(closed="closed")), replace(full, settling=True)
    return [full, closed, moment, replace(full, offer=type(offer)())]


def with_ticket(begun: Journey) -> Journey:
    """Begin a form as it begins: by somebody who has a ticket for a service that has one; and others as they do."""
    if "service" in begun.flow.given:
        return replace(begun, context=replace(begun.context, service="renewal", government="UTO", kind="passports"))
    if begun.flow is not FORM:
        return begun
    offer = replace(begun.around.offer, day=FORM_DAY, forms=FORMS)
    ticket = ShownTicket("visit", "B042", paper="taken")
    context = replace(begun.context, service="renewal", government="UTO", kind="passports", ticket=ticket)
    return replace(begun, around=replace(begun.around, offer=offer), context=context)


def states(flow: Flow, around: Surroundings) -> dict[tuple[object, ...], Journey]:
    found: dict[tuple[object, ...], Journey] = {}
    for one in surroundings(around):
        begun = with_ticket(start(flow, one, Timing(), 0.0))
        waiting = deque([begun])
        found[seen(begun)] = begun
        while waiting:
            journey = waiting.popleft()
            firsts: dict[e.Event, Journey] = {}
            for events in touches(journey.number):
                after = led(journey, events, firsts)
                # Most touches do nothing here: then the page is the same one, and need not be made.
                if after != journey and looked_at(after) and (key := seen(after)) not in found:
                    found[key] = after
                    waiting.append(after)
    return found


@pytest.fixture(scope="module", params=FLOWS, ids=lambda flow: flow.name)
def explored(request: pytest.FixtureRequest, around: Surroundings) -> tuple[Flow, list[Journey]]:
    return request.param, list(states(request.param, around).values())


def test_the_flows_of_the_kiosk_are_found() -> None:
    names = [
        "booking-ahead",
        "another-day",
        "form",
        "check-in",
        "collection",
        "enrolment",
        "information",
        "visit",
        "umbrellas",
    ]
    assert [flow.name for flow in FLOWS] == names


def test_every_step_of_a_flow_is_reached(explored: tuple[Flow, list[Journey]]) -> None:
    flow, journeys = explored
    reached = {journey.current for journey in journeys if journey.flow is flow}
    assert {step.name for step in flow.steps} == {step.name for step in reached}


def test_nobody_meets_a_dead_end(explored: tuple[Flow, list[Journey]]) -> None:
    """Somebody can go on, back or leave; or what is under way answers; and staff can be called from everywhere."""
    _, journeys = explored
    for journey in journeys:
        shown = page(journey)
        called, effects = advance(journey, e.Action("help"), 1.0)
        assert any(isinstance(effect, e.CallStaff) for effect in effects) or called.context.help is not None
        if shown.can_back or shown.can_restart or journey.pristine:
            continue
        others = (led(journey, events, {}) for events in touches(journey.number))
        assert any(seen(other) != seen(journey) for other in others), (journey.step.name, shown)


def test_left_alone_everybody_is_forgotten(explored: tuple[Flow, list[Journey]]) -> None:
    _, journeys = explored
    for begun in journeys:
        journey, now = begun, 0.0
        limit = now + 2 * (max(TIMING.help, TIMING.technician) + TIMING.countdown)
        while not journey.pristine and now <= limit:
            if wait.works(journey):
                # What terminal and printer do ends by itself, and a door is shut, by staff if by nobody else.
                over: e.Event = e.CheckoutChanged(journey.number, Checkout("not-paid"))
                if journey.step is LOCKER:
                    over = e.DoorChanged(journey.number, journey.context.of(Collecting).opens, "staff")
            else:
                over, now = e.TimePassed(), max(now, idle.due(journey) or now)
            journey, _ = advance(journey, over, now)
        assert journey.pristine, (begun.step.name, [one.name for one in begun.over])


def test_every_page_says_where_it_is_on_its_way(explored: tuple[Flow, list[Journey]]) -> None:
    _, journeys = explored
    for journey in journeys:
        shown = page(journey)
        assert 0 <= shown.step <= shown.steps == journey.flow.stages
        assert isinstance(shown, IdlePage) or not journey.current.aside or shown.step == 0
