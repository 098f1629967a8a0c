"""What every step of a form has: much time, and an end when an emergency has come between.

What was answered goes with the emergency at once. Whoever stands there afterwards, with a ticket, is led back to it.
"""

from collections.abc import Callable
from typing import Any

from kiosk.journey import filling, patience
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import known
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject

#: The exit by which somebody is led back to their ticket.
LOST = "lost"

type Handle = Callable[[Context, Surroundings, Event, int], Outcome]
type Patience = Callable[[Context, Surroundings, Timing], StepTimeout | None]


def calm(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """Wait longer than elsewhere: reading, thinking and typing take their time."""
    del around
    return StepTimeout(patience.usual(context, timing, calm=True))


def form_step(
    *,
    name: str,
    page: Callable[[Context, Surroundings], JourneyPage],
    handle: Handle,
    exits: frozenset[str] = frozenset(),
    waits: Patience = calm,
    **more: Any,
) -> JourneyStep:
    """Declare a step of a form."""

    def handled(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
        if not known(context).is_lost:
            return handle(context, around, event, number)
        if event == Action("continue"):
            return Continue(filling.begun_anew(context), by=LOST)
        return Stay(context)

    def waiting(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
        return StepTimeout(0.0, "continue") if known(context).is_lost else waits(context, around, timing)

    def interrupted(context: Context) -> Stay:
        return Stay(filling.lost(context))

    return JourneyStep(
        name=name,
        page=page,
        handle=handled,
        exits=exits | {LOST},
        patience=waiting,
        interrupted=interrupted,
        subject=HelpSubject.TICKET,
        **more,
    )
