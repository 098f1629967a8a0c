"""Booking ahead: somebody for whom no number is given today books a time on another day."""

import dataclasses

from msgspec.structs import replace

from kiosk.journey import choose, order
from kiosk.journey.context import Context
from kiosk.journey.events import Event
from kiosk.journey.flow import Flow, FlowDoor, Leg, Transition, never
from kiosk.journey.flows.common import BAR, START_OVER_DOOR, has_languages
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Outcome
from kiosk.journey.steps.booked_time import BOOKED_TIME
from kiosk.journey.steps.free_times import FREE_TIMES
from kiosk.journey.steps.government import GOVERNMENT
from kiosk.journey.steps.held_time import HELD_TIME
from kiosk.journey.steps.kind import KIND
from kiosk.journey.steps.language import LANGUAGE
from kiosk.journey.steps.more import MORE
from kiosk.journey.steps.party import PARTY
from kiosk.journey.steps.service import SERVICE
from kiosk.journey.surroundings import Surroundings


def _alone(around: Surroundings) -> Surroundings:
    """Leave out what else is done at this kiosk: it has its own ways, and they end with a number."""
    return replace(around, collects=False, offer=replace(around.offer, appointments=False))


def _kind_page(context: Context, around: Surroundings) -> JourneyPage:
    return KIND.page(context, _alone(around))


def _kind_handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    return KIND.handle(context, _alone(around), event, number)


def _kind_answer(context: Context, around: Surroundings) -> Context | None:
    return KIND.answer(context, _alone(around))


#: What it is about, and nothing beside it.
SUBJECT = dataclasses.replace(
    KIND, page=_kind_page, handle=_kind_handle, answer=_kind_answer, exits=frozenset({"elsewhere"})
)


def speaks_first(context: Context, around: Surroundings) -> bool:
    """Tell whether nobody has said yet which language they read."""
    return not context.language_chosen and has_languages(context, around)


BOOKING_AHEAD = Flow(
    name="booking-ahead",
    legs=(
        Leg(LANGUAGE, when=speaks_first, back=never),
        Leg(GOVERNMENT, stage=1),
        Leg(SUBJECT, stage=1),
        Leg(SERVICE, stage=1),
        Leg(MORE, stage=1, when=order.can_be_more),
        Leg(FREE_TIMES, stage=2),
        Leg(HELD_TIME, stage=3),
        Leg(BOOKED_TIME, stage=4),
    ),
    failed=FREE_TIMES,
    transitions=(
        # A document that is put down here answers which country it is about, and nothing else.
        Transition(GOVERNMENT, "document", GOVERNMENT),
        Transition(SUBJECT, "elsewhere", GOVERNMENT, undo=choose.of_document),
        Transition(MORE, "add", SUBJECT, undo=order.taken_back),
        Transition(HELD_TIME, "again", FREE_TIMES),
    ),
    doors=(*BAR, START_OVER_DOOR, FlowDoor(PARTY, "party", at=(MORE,), when=order.can_be_several, tied=True)),
)

#: The same for whoever has chosen already, and is not reached today.
ANOTHER_DAY = Flow(
    name="another-day",
    given=frozenset({"service"}),
    legs=(Leg(FREE_TIMES, stage=2), Leg(HELD_TIME, stage=3), Leg(BOOKED_TIME, stage=4)),
    failed=FREE_TIMES,
    transitions=(Transition(HELD_TIME, "again", FREE_TIMES),),
    doors=(*BAR, START_OVER_DOOR),
)
