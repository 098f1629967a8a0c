"""A toy flow: whoever comes in the rain borrows an umbrella. Nothing of the journey knows of it.

Its step, its page, what it asks for and what it hears are all here, as they would be in a module of ``steps``; the
names of events and effects would be in a module of ``events``.
"""

from typing import Literal, cast

import msgspec

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Effect, Event, FailureCode
from kiosk.journey.flow import Flow, FlowDoor, Leg, Transition
from kiosk.journey.flows.common import BAR, ENTRANCES, TECHNICIAN_DOORS, TECHNICIAN_TRANSITIONS
from kiosk.journey.offer import text
from kiosk.journey.page import Choice, JourneyPage
from kiosk.journey.step import Abort, Continue, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.steps.closed import CLOSED
from kiosk.journey.steps.identify import IDENTIFY
from kiosk.journey.steps.language import LANGUAGE
from kiosk.journey.steps.ticket_status import TICKET_STATUS
from kiosk.journey.steps.unavailable import UNAVAILABLE
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject

UMBRELLAS = {
    "small": {"en": "A small umbrella", "ar": "مظلة صغيرة"},
    "large": {"en": "A large umbrella", "ar": "مظلة كبيرة"},
}


class OpenStand(msgspec.Struct, frozen=True):
    """Effect: let go of one umbrella; answered by ``StandOpened``."""

    number: int
    umbrella: str


class StandOpened(msgspec.Struct, frozen=True):
    number: int
    ok: bool = True


class UmbrellaPage(JourneyPage, frozen=True):
    """Umbrellas to choose from, until one was let go of."""

    choices: tuple[Choice, ...] = ()
    state: Literal["choosing", "opening", "open"] = "choosing"


class Borrowing(msgspec.Struct, frozen=True):
    """What the step keeps for itself."""

    umbrella: str = ""
    opened: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    borrowing = context.of(Borrowing)
    return UmbrellaPage(
        choices=tuple(Choice(one, text(names, context.language)) for one, names in UMBRELLAS.items()),
        state="open" if borrowing.opened else "opening" if borrowing.umbrella else "choosing",
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around
    borrowing = context.of(Borrowing)
    match cast("object", event):
        case Action("choose", umbrella) if umbrella in UMBRELLAS and not borrowing.umbrella:
            asked = cast("Effect", OpenStand(number, umbrella))
            return Stay(context.keeping(Borrowing(umbrella)), (asked,))
        case StandOpened(ok=True) if borrowing.umbrella:
            return Stay(context.keeping(Borrowing(borrowing.umbrella, opened=True)))
        case StandOpened(ok=False) if borrowing.umbrella:
            return Abort(FailureCode.OUTBOX)
        case Action("continue" | "done") if borrowing.opened:
            return Continue(context)
    return Stay(context)


def left(context: Context) -> Context:
    return context.keeping(Borrowing())


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """Nobody thinks long in the rain; whoever has an umbrella is gone."""
    del around, timing
    return StepTimeout(5.0, "continue") if context.of(Borrowing).opened else StepTimeout(7.0)


UMBRELLA = JourneyStep(
    name="umbrella",
    page=page,
    handle=handle,
    needs=frozenset({"language"}),
    takes={cast("type[Event]", StandOpened): PersonPresence.HERE},
    left=left,
    patience=patience,
    subject=HelpSubject.PLACE,
)


def nobody_told(context: Context, around: Surroundings) -> bool:
    del around
    return not context.document


UMBRELLA_FLOW = Flow(
    name="umbrellas",
    legs=(Leg(LANGUAGE), Leg(IDENTIFY, stage=1, when=nobody_told), Leg(UMBRELLA, stage=2)),
    entrances=ENTRANCES,
    failed=UNAVAILABLE,
    transitions=(
        Transition(IDENTIFY, "collect", UMBRELLA),
        Transition(IDENTIFY, "check-in", UMBRELLA),
        Transition(UNAVAILABLE, "", UMBRELLA),
        *TECHNICIAN_TRANSITIONS,
    ),
    doors=(*BAR, *TECHNICIAN_DOORS),
    shown=FlowDoor(TICKET_STATUS, "", at=(LANGUAGE, UNAVAILABLE, CLOSED)),
)

#: Where it is one of several ways: no language is asked for twice.
UMBRELLA_WAY = Flow(name="umbrella-way", legs=(Leg(UMBRELLA, stage=1),), failed=UNAVAILABLE, doors=BAR)
