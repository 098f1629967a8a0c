"""Setup: the kiosk belongs to no centre yet, and the technician shows the enrolment code to the scanner, or types it.

Nobody goes on from here: a code that is taken makes a new kiosk, with a journey of its own (``kiosk.app``).
"""

import msgspec

from kiosk.journey.context import Context
from kiosk.journey.events import (
    Action,
    Enrol,
    EnrolByText,
    EnrolmentScanned,
    EnrolRefused,
    Event,
    FailureCode,
    Scanned,
)
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class SetupPage(JourneyPage, frozen=True):
    """The kiosk is not enrolled: digits of the enrolment code typed so far; ``problem`` is a failure code or empty.

    ``types``: a code can be typed, since it is known where the server is. ``scans``: there is a scanner to show one to.
    """

    types: bool = True
    scans: bool = False
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
    typing = context.of(EnrolmentEntry)
    return SetupPage(
        types=around.addressed,
        scans=around.scanner,
        entered=typing.entered,
        length=CODE_LENGTH,
        busy=typing.busy,
        problem=typing.problem,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    typing = context.of(EnrolmentEntry)
    match event:
        case EnrolRefused(problem):
            return Stay(context.keeping(EnrolmentEntry(problem=problem)))
        case EnrolmentScanned() | Scanned() if not typing.busy:
            return _scanned(context, event)
        case Action("digit", digit) if not typing.busy and digit in set("0123456789"):
            if len(typing.entered) < CODE_LENGTH:
                return Stay(context.keeping(EnrolmentEntry(typing.entered + digit)))
        case Action("erase") if not typing.busy:
            return Stay(context.keeping(EnrolmentEntry(typing.entered[:-1])))
        case Action("submit") if not typing.busy and len(typing.entered) == CODE_LENGTH:
            return Stay(context.keeping(EnrolmentEntry(typing.entered, busy=True)), (Enrol(typing.entered),))
    return Stay(context)


def _scanned(context: Context, event: EnrolmentScanned | Scanned) -> Outcome:
    """Take what enrols; of anything else say that it does not."""
    if isinstance(event, EnrolmentScanned):
        return Stay(context.keeping(EnrolmentEntry(busy=True)), (EnrolByText(event.text),))
    entered = context.of(EnrolmentEntry).entered
    return Stay(context.keeping(EnrolmentEntry(entered, problem=FailureCode.ENROL_TEXT)))


SETUP = JourneyStep(
    name="setup",
    page=page,
    handle=handle,
    takes={
        EnrolRefused: PersonPresence.NONE,
        EnrolmentScanned: PersonPresence.NONE,
        Scanned: PersonPresence.NONE,
    },
    subject=HelpSubject.START,
    final=True,
)
