"""Help: staff are called; the person keeps the place in the journey and says when it goes on.

Any page may call staff for the person who stands at it (``ask``), and end the call when they are not needed (``end``);
whoever leaves ends it too.
"""

from typing import Literal

from kiosk.journey import staff_call
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpKind


class HelpPage(JourneyPage, frozen=True):
    """Staff were called, ``minutes`` ago; ``late``: and nobody has said yet that they come.

    ``sent``: ``sending`` | ``told`` (at the server) | ``coming`` (taken by staff) | ``away`` (no server).
    """

    sent: Literal["sending", "told", "coming", "away"] = "sending"
    minutes: int = 0
    late: bool = False
    private: bool = False
    kiosk: str = ""
    has_ticket: bool = False


#: Once nobody has taken a call for so many minutes, the page says that, and what else can be done.
LATE_MIN = 2

#: Phases of paying that staff have to settle, whatever the person needs.
_FOR_STAFF = frozenset({"staff", "broken"})


def page(context: Context, around: Surroundings) -> JourneyPage:
    call = context.help
    return HelpPage(
        sent=call.sent if call else "away",
        minutes=call.minutes if call else 0,
        late=call is not None and call.sent == "told" and call.minutes >= LATE_MIN,
        private=call is not None and call.kind is HelpKind.PRIVATE,
        kiosk=around.kiosk,
        has_ticket=context.ticket is not None,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around
    match event:
        case Action("private"):
            return staff_call.ask(context, HelpKind.PRIVATE, number)
        case Action("no-help") if context.checkout is not None and context.checkout.phase in _FOR_STAFF:
            return Continue(context)
        case Action("no-help"):
            ended = staff_call.end(context, number)
            return Continue(ended.context, ended.effects)
    return Stay(context)


def opened(context: Context, around: Surroundings, event: Event, number: int) -> Stay | None:
    """Call staff, in private where that was touched."""
    del around
    kind = HelpKind.PRIVATE if isinstance(event, Action) and event.name == "private" else HelpKind.HELP
    return staff_call.ask(context, kind, number)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    del context, around
    return StepTimeout(timing.help)


HELP = JourneyStep(
    name="help",
    page=page,
    handle=handle,
    opened=opened,
    patience=patience,
    renewed=staff_call.due,
    aside=True,
)
