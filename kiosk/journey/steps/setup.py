"""Setup: the kiosk belongs to no centre yet, and the technician types the enrolment code.

Nobody goes on from here: a code that is taken makes a new kiosk, with a journey of its own (``kiosk.app``).
"""

import msgspec

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Enrol, EnrolRefused, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class SetupPage(JourneyPage, frozen=True):
    """The kiosk is not enrolled: digits of the enrolment code typed so far; ``problem`` is a failure code or empty."""

    entered: str = ""
    length: int = 8
    busy: bool = False
    problem: str = ""


CODE_LENGTH = 8


class EnrolmentEntry(msgspec.Struct, frozen=True):
    """Digits of the enrolment code typed so far; ``problem`` is the failure code of the one before."""

    entered: str = ""
    busy: bool = False
    problem: str = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    typing = context.of(EnrolmentEntry)
    return SetupPage(entered=typing.entered, length=CODE_LENGTH, busy=typing.busy, problem=typing.problem)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    typing = context.of(EnrolmentEntry)
    match event:
        case EnrolRefused(problem):
            return Stay(context.keeping(EnrolmentEntry(problem=problem)))
        case Action("digit", digit) if not typing.busy and digit in set("0123456789"):
            if len(typing.entered) < CODE_LENGTH:
                return Stay(context.keeping(EnrolmentEntry(typing.entered + digit)))
        case Action("erase") if not typing.busy:
            return Stay(context.keeping(EnrolmentEntry(typing.entered[:-1])))
        case Action("submit") if not typing.busy and len(typing.entered) == CODE_LENGTH:
            return Stay(context.keeping(EnrolmentEntry(typing.entered, busy=True)), (Enrol(typing.entered),))
    return Stay(context)


SETUP = JourneyStep(
    name="setup",
    page=page,
    handle=handle,
    takes={EnrolRefused: PersonPresence.NONE},
    subject=HelpSubject.START,
    final=True,
)
