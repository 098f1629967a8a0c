"""What becomes of a journey when its surroundings change: who has begun may finish."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.flow import Flow
from kiosk.journey.state import Journey, begun_anew, first
from kiosk.journey.step import JourneyStep, Stay, Withdraw
from kiosk.journey.surroundings import Surroundings


def revalidate(journey: Journey, around: Surroundings) -> Journey:
    """Go on in changed surroundings: a choice that is offered no longer is taken back, and asked for again."""
    if journey.pristine:
        return begun_anew(journey, around)
    offer, context, step = around.offer, journey.context, journey.step
    if not offer.speaks(context.language):
        context = replace(context, language=offer.languages[0].code, language_chosen=False)
    if step.final or context.issuing:
        return replace(journey, around=around, context=context)
    if offer != journey.around.offer:
        # What was passed over may be there no longer.
        context = replace(context, further=0)
    context, step = _rechecked(journey.flow, _entered(journey, around), context, around)
    over = tuple(one for one in journey.over if _stays(journey.flow, one, step))
    return replace(journey, around=around, context=context, step=step, over=over)


def _entered(journey: Journey, around: Surroundings) -> JourneyStep:
    """Give the step that is shown now: what stands in the way may come or go, and a failure stays to be read."""
    if journey.flow.place(journey.step) is None and not journey.context.problem:
        return first(journey.flow, around)
    standing = (one.step for one in journey.flow.entrances if one.throughout and one.when(around))
    return next(standing, journey.step)


def _rechecked(flow: Flow, step: JourneyStep, context: Context, around: Surroundings) -> tuple[Context, JourneyStep]:
    """Ask each step of the way what still stands, and go back to the first that has to be asked again."""
    at = flow.place(step)
    back = len(flow.legs)
    for place, leg in enumerate(flow.legs):
        rechecked = leg.step.recheck(context, around)
        context = rechecked.context
        if isinstance(rechecked, Stay):
            back = min(back, place)
        elif isinstance(rechecked, Withdraw):
            back = min(back, place - 1)
    return context, step if at is None else flow.legs[min(at, max(back, 0))].step


def _stays(flow: Flow, over: JourneyStep, step: JourneyStep) -> bool:
    """Tell whether what lies over a step still has what it was opened for."""
    tied = [door.at for door in flow.doors if door.to is over and door.tied]
    return not tied or any(step in at for at in tied)
