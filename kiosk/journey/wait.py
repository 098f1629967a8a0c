"""Waiting for what goes on by itself: after a while the page says that it takes longer, then staff are called.

The time counts anew whenever something else is waited for; to be asked what became of it is still the same answer.
"""

from msgspec.structs import replace

from kiosk.journey import staff_call
from kiosk.journey.context import CheckoutWait
from kiosk.journey.state import Advance, Journey
from kiosk.journey.step import Work
from queue_server.domain.values import HelpKind


def works(journey: Journey) -> bool:
    """Tell whether something goes on that ends by itself, and is settled before anybody else is served."""
    return not journey.emergency and any(work.goes_on(journey.context) for work in _works(journey))


def timed(journey: Journey, now: float) -> Journey:
    """Note since when the person waits for what they wait for now."""
    context = journey.context
    waits = (work.waits_for(context, journey.around) for work in _works(journey))
    what = next(filter(None, waits), "")
    before = context.wait
    if what == (before.what if before else ""):
        return journey
    return replace(journey, context=replace(context, wait=CheckoutWait(what, now) if what else None))


def due(journey: Journey) -> float | None:
    """Say when the page has something new to say, None where nobody waits, or all is said."""
    wait = journey.context.wait
    if wait is None or wait.called:
        return None
    return wait.since + (journey.timing.staff if wait.longer else journey.timing.longer)


def tick(journey: Journey, now: float) -> Advance:
    wait, moment = journey.context.wait, due(journey)
    if wait is None or moment is None or now < moment:
        return Advance(journey)
    if not wait.longer:
        longer = replace(journey, context=replace(journey.context, wait=replace(wait, longer=True)))
        return tick(longer, now)
    context = replace(journey.context, wait=replace(wait, called=True))
    if context.help is not None and context.help.sent != "away":
        return Advance(replace(journey, context=context))
    called = staff_call.ask(replace(context, overdue=True), HelpKind.HELP, journey.number)
    return Advance(replace(journey, context=called.context), called.effects)


def _works(journey: Journey) -> tuple[Work, ...]:
    """List what may go on by itself on this way, wherever its person is."""
    return tuple(leg.step.work for leg in journey.flow.legs if leg.step.work is not None)
