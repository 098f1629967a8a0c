"""A flow with a step of its own, which machine, events and context know nothing of."""

import dataclasses
from typing import cast

import pytest
from msgspec.structs import replace

from kiosk.journey.availability import Availability
from kiosk.journey.context import Context
from kiosk.journey.events import (
    Action,
    AvailabilityChanged,
    CallStaff,
    DocumentRead,
    Effect,
    Event,
    FailureCode,
    OfferChanged,
    ReaderChanged,
    Wipe,
)
from kiosk.journey.flow import Flow, FlowDoor, FlowError, Leg, Transition
from kiosk.journey.flows.visit import VISIT
from kiosk.journey.idle import IdlePage
from kiosk.journey.notice import EmergencyNoticePage
from kiosk.journey.offer import CentreOffer
from kiosk.journey.step import Continue, Outcome
from kiosk.journey.steps import identify
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.confirm import CONFIRM
from kiosk.journey.steps.display import DisplayPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.identify import IDENTIFY, IdentifyPage
from kiosk.journey.steps.kind import KIND
from kiosk.journey.steps.language import LANGUAGE, LanguagePage
from kiosk.journey.steps.unavailable import UNAVAILABLE, UnavailablePage
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpKind, HelpSubject
from tests.kiosk.journey.conftest import LEAVE
from tests.kiosk.journey.umbrellas import (
    UMBRELLA,
    UMBRELLA_FLOW,
    UMBRELLA_WAY,
    Borrowing,
    OpenStand,
    StandOpened,
    UmbrellaPage,
)
from tests.kiosk.journey.walk import TIMING, Walk


def opened(number: int, *, ok: bool = True) -> Event:
    return cast("Event", StandOpened(number, ok))


@pytest.fixture
def rain(around: Surroundings) -> Walk:
    return Walk(around, UMBRELLA_FLOW)


def to_umbrellas(rain: Walk) -> UmbrellaPage:
    page = rain(("language", "en"), "no-document")
    assert isinstance(page, UmbrellaPage)
    return page


def test_it_is_walked_to_its_end(rain: Walk) -> None:
    assert isinstance(rain.page, LanguagePage)
    assert isinstance(rain(("language", "en")), IdentifyPage)
    page = rain("no-document")
    assert isinstance(page, UmbrellaPage)
    assert (page.step, page.steps, page.can_back, page.centre) == (2, 2, True, "Consular Support Centre")
    assert rain(("choose", "no such thing")) == page
    page = rain(("choose", "large"))
    assert isinstance(page, UmbrellaPage)
    assert page.state == "opening"
    assert rain.effects == [cast("Effect", OpenStand(1, "large"))]
    page = rain(opened(1))
    assert isinstance(page, UmbrellaPage)
    assert page.state == "open"
    assert isinstance(rain("done"), LanguagePage)
    assert rain.effects[-1] == Wipe()
    assert rain.journey.context == Context(language="en")
    assert rain.number == 2


def test_an_answer_for_somebody_who_has_left_is_not_heard(rain: Walk) -> None:
    to_umbrellas(rain)
    rain(("choose", "small"), "restart")
    to_umbrellas(rain)
    rain(("choose", "small"))
    page = rain(opened(1))
    assert isinstance(page, UmbrellaPage)
    assert page.state == "opening"


def test_a_document_passes_over_what_it_has_said_and_back_comes_to_it(rain: Walk) -> None:
    assert isinstance(rain(DocumentRead("EGY"), ("language", "en")), UmbrellaPage)
    # Here, as the flow says it, Back passes over it as well.
    assert isinstance(rain("back"), LanguagePage)
    assert not rain.page.can_back


def test_back_leads_along_the_way_and_forgets_what_the_step_kept(rain: Walk) -> None:
    to_umbrellas(rain)
    rain(("choose", "large"))
    assert isinstance(rain("back"), IdentifyPage)
    page = rain("no-document")
    assert isinstance(page, UmbrellaPage)
    assert page.state == "choosing"
    assert isinstance(rain("back", "back"), LanguagePage)


def test_its_patience_is_its_own(rain: Walk) -> None:
    to_umbrellas(rain)
    assert isinstance(rain.wait(6.9), UmbrellaPage)
    asked = rain.wait(0.2)
    assert isinstance(asked, IdlePage)
    assert (asked.step, asked.left) == (2, 20)
    assert isinstance(rain("more-time"), UmbrellaPage)
    assert isinstance(rain.wait(7.0 + TIMING.countdown), LanguagePage)
    assert rain.effects == [Wipe()]


def test_it_goes_on_by_itself(rain: Walk) -> None:
    to_umbrellas(rain)
    rain(("choose", "large"), opened(1))
    assert isinstance(rain.wait(4.9), UmbrellaPage)
    assert isinstance(rain.wait(0.2), LanguagePage)
    assert rain.effects[-1] == Wipe()


def test_help_lies_over_it_and_says_where_the_person_stands(rain: Walk) -> None:
    to_umbrellas(rain)
    page = rain("help")
    assert isinstance(page, HelpPage)
    assert page.step == 0
    assert rain.effects == [CallStaff(1, 1, HelpKind.HELP, "en", HelpSubject.PLACE)]
    rain(opened(1))
    assert isinstance(rain("back"), UmbrellaPage)


def test_an_answer_comes_while_another_page_lies_over_it(rain: Walk) -> None:
    to_umbrellas(rain)
    rain(("choose", "large"))
    assert isinstance(rain("show-display"), DisplayPage)
    assert isinstance(rain(opened(1)), DisplayPage)
    page = rain("done")
    assert isinstance(page, UmbrellaPage)
    assert page.state == "open"


def test_the_language_changes_over_it(rain: Walk) -> None:
    assert to_umbrellas(rain).choices[1].label == "A large umbrella"
    assert isinstance(rain("show-language"), LanguagePage)
    page = rain(("language", "ar"))
    assert isinstance(page, UmbrellaPage)
    assert page.choices[1].label == "مظلة كبيرة"
    assert page.centre == "مركز الدعم القنصلي"


def test_a_fault_of_a_device_is_shown_and_nobody_is_lost(rain: Walk) -> None:
    page = rain(("language", "en"), ReaderChanged(False))
    assert isinstance(page, IdentifyPage)
    assert page.reader == "missing"
    page = rain("no-document", ("choose", "large"), opened(1, ok=False))
    assert isinstance(page, UnavailablePage)
    assert page.problem == FailureCode.OUTBOX
    page = rain("continue")
    assert isinstance(page, UmbrellaPage)
    assert page.state == "opening", "what the step kept is there"
    assert rain.number == 1


def test_an_empty_offer_is_none_of_its_business(rain: Walk) -> None:
    to_umbrellas(rain)
    assert isinstance(rain(OfferChanged(CentreOffer())), UmbrellaPage)


def test_the_hall_closes_between_persons_only(rain: Walk) -> None:
    to_umbrellas(rain)
    assert isinstance(rain(AvailabilityChanged(Availability(closed="closed"))), UmbrellaPage)
    rain(("choose", "small"), opened(1))
    assert isinstance(rain("done"), ClosedPage)
    assert isinstance(rain(AvailabilityChanged(Availability(notices=(LEAVE,)))), EmergencyNoticePage)
    assert isinstance(rain(AvailabilityChanged(Availability())), LanguagePage)


# From the real flow, which names it: the way that a check-in takes.


def offered(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    if event == Action("rain"):
        return Continue(context, by="rain")
    return identify.handle(context, around, event, number)


WET = dataclasses.replace(IDENTIFY, exits=IDENTIFY.exits | {"rain"}, handle=offered)
WET_VISIT = dataclasses.replace(
    VISIT,
    legs=tuple(dataclasses.replace(leg, step=WET) if leg.step is IDENTIFY else leg for leg in VISIT.legs),
    doors=tuple(
        one
        if one.at == "anywhere"
        else dataclasses.replace(one, at=tuple(WET if step is IDENTIFY else step for step in one.at))
        for one in VISIT.doors
    ),
    transitions=(
        *(dataclasses.replace(one, start=WET) if one.start is IDENTIFY else one for one in VISIT.transitions),
        Transition(WET, "rain", UMBRELLA_WAY),
    ),
    scans=tuple(
        dataclasses.replace(one, at=tuple(WET if step is IDENTIFY else step for step in one.at)) for one in VISIT.scans
    ),
)


def test_a_flow_leads_into_another_and_back(around: Surroundings) -> None:
    walk = Walk(around, WET_VISIT)
    page = walk(("language", "ar"), "rain")
    assert isinstance(page, UmbrellaPage)
    assert (page.step, page.steps, page.can_back) == (1, 1, True)
    assert isinstance(walk("back"), IdentifyPage)
    assert walk.journey.flow is WET_VISIT
    walk("rain", ("choose", "small"), opened(1))
    assert isinstance(walk("done"), LanguagePage)
    assert (walk.journey.flow, walk.effects[-1], walk.number) == (WET_VISIT, Wipe(), 2)


def test_whoever_took_another_way_is_wiped_as_well(around: Surroundings) -> None:
    walk = Walk(around, WET_VISIT)
    walk(("language", "ar"), "rain")
    assert isinstance(walk.wait(7.0 + TIMING.countdown), LanguagePage)
    assert walk.journey.pristine


# A flow that cannot be walked is found where it is declared.


def flow(*legs: Leg, transitions: tuple[Transition, ...] = (), doors: tuple[FlowDoor, ...] = ()) -> Flow:
    return Flow(name="wrong", legs=legs, failed=UNAVAILABLE, transitions=transitions, doors=doors)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (flow, "no way"),
        (lambda: flow(Leg(CONFIRM)), "confirm needs service"),
        (lambda: flow(Leg(LANGUAGE), Leg(KIND)), "kind needs government"),
        (lambda: flow(Leg(WET)), "identify has no way by check-in, collect, rain"),
        (
            lambda: flow(Leg(UMBRELLA), transitions=(Transition(UMBRELLA, "rain", LANGUAGE),)),
            "umbrella has no exit rain",
        ),
        (lambda: flow(Leg(UMBRELLA), transitions=(Transition(LANGUAGE, "", UMBRELLA),)), "a transition from language"),
        (lambda: flow(Leg(UMBRELLA), doors=(FlowDoor(UNAVAILABLE, "x", at=(LANGUAGE,)),)), "x at language"),
        (
            lambda: flow(Leg(IDENTIFY), Leg(WET), transitions=(Transition(WET, "rain", IDENTIFY),)),
            "two steps are called identify",
        ),
        (
            lambda: flow(Leg(dataclasses.replace(UMBRELLA, gives=frozenset({"rain"})))),
            "umbrella names rain, which no context has",
        ),
    ],
)
def test_a_flow_that_cannot_be_walked_is_found_where_it_is_declared(make: object, says: str) -> None:
    assert callable(make)
    with pytest.raises(FlowError, match=says):
        make()


def test_what_a_step_keeps_leaves_no_trace_once_it_is_as_at_the_beginning() -> None:
    context = Context(language="en")
    kept = context.keeping(Borrowing("large"))
    assert kept.of(Borrowing) == Borrowing("large")
    assert kept != context
    assert kept.keeping(Borrowing()) == context
    assert replace(kept, own=()) == context
