"""Passcode: the twelve digits of a message. A finger that slipped is noticed here, and nobody is asked."""

from msgspec.structs import replace

from kiosk.journey import collecting
from kiosk.journey.collecting import Collecting
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.collection_codes import DIGITS, is_whole
from queue_server.domain.values import HelpSubject


class PasscodePage(JourneyPage, frozen=True):
    """The digits typed so far, of ``length``. ``is_slip``: what was typed before is no code, a digit must be wrong."""

    entered: str = ""
    length: int = DIGITS
    is_slip: bool = False


_DIGITS = frozenset("0123456789")


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    found = context.of(Collecting)
    return PasscodePage(entered=found.typed, is_slip=found.is_slip)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    found = context.of(Collecting)
    match event:
        case Action("digit", key) if key in _DIGITS and len(found.typed) < DIGITS:
            return Stay(context.keeping(replace(found, typed=found.typed + key, is_slip=False)))
        case Action("erase"):
            return Stay(context.keeping(replace(found, typed=found.typed[:-1], is_slip=False)))
        case Action("submit") if len(found.typed) == DIGITS:
            if is_whole(found.typed):
                return Continue(context)
            # What was typed stays, to be compared with the message.
            return Stay(context.keeping(replace(found, is_slip=True)))
    return Stay(context)


PASSCODE = JourneyStep(
    name="passcode",
    page=page,
    handle=handle,
    left=collecting.begun_anew,
    subject=HelpSubject.DOCUMENT,
)
