"""Setup: the kiosk belongs to no centre yet, and the technician types the enrolment code."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Enrol, Enrolled, EnrolRefused, Event
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Page
from kiosk.journey.surroundings import Surroundings


class SetupPage(Page, frozen=True):
    """The kiosk is not enrolled: digits of the enrolment code typed so far; ``problem`` is a failure code or empty."""

    entered: str = ""
    length: int = 8
    busy: bool = False
    problem: str = ""


CODE_LENGTH = 8


def page(context: Context, around: Surroundings, number: int) -> Page:
    del around, number
    return SetupPage(entered=context.entered, length=CODE_LENGTH, busy=context.enrolling, problem=context.problem)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    match event:
        case Enrolled():
            return Continue(replace(context, entered="", enrolling=False, problem=""))
        case EnrolRefused(problem):
            return Stay(replace(context, entered="", enrolling=False, problem=problem))
        case Action("digit", digit) if not context.enrolling and digit in set("0123456789"):
            if len(context.entered) < CODE_LENGTH:
                return Stay(replace(context, entered=context.entered + digit, problem=""))
        case Action("erase") if not context.enrolling:
            return Stay(replace(context, entered=context.entered[:-1], problem=""))
        case Action("submit") if not context.enrolling and len(context.entered) == CODE_LENGTH:
            return Stay(replace(context, enrolling=True, problem=""), (Enrol(context.entered),))
    return Stay(context)
