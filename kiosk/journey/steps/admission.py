"""Admission: the ticket is made. The server is asked before it is on paper, so that one appointment has one ticket."""

from msgspec.structs import replace

from kiosk.journey import checking_in, issue
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context
from kiosk.journey.events import Action, AdmissionRefused, Event, Issued, IssueFailed
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject


class AdmissionPage(JourneyPage, frozen=True):
    """One moment: nothing is asked."""


def page(context: Context, around: Surroundings) -> JourneyPage:
    del context, around
    return AdmissionPage()


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    known = context.of(CheckingIn)
    match event:
        case Action("continue") if not context.issuing and known.booking is not None:
            return issue.ask(checking_in.ordered(context, around), around, number)
        case AdmissionRefused(_, verdict, code) if context.issuing and known.booking is not None:
            refused = replace(known, booking=replace(known.booking, verdict=verdict, code=code))
            return Continue(replace(context, issuing=False).keeping(refused), by="refused")
        case Issued() | IssueFailed():
            return issue.answered(context, around, event)
    return Stay(context)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """It begins by itself."""
    del around, timing
    return None if context.issuing else StepTimeout(0.0, "continue")


ADMISSION = JourneyStep(
    name="admission",
    page=page,
    handle=handle,
    gives=frozenset({"ticket"}),
    exits=frozenset({"refused"}),
    takes=dict.fromkeys((Issued, IssueFailed, AdmissionRefused), PersonPresence.HERE),
    patience=patience,
    subject=HelpSubject.CONFIRM,
)
