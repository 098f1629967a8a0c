"""The way along a flow: on, and back. What has one answer is not asked, on neither way."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.flow import Flow, FlowReturn, Transition
from kiosk.journey.state import Advance, Journey, begun_anew, first, wiped
from kiosk.journey.step import JourneyStep


def onward(journey: Journey, by: str) -> Advance:
    """Leave the step that lies below all others by an exit, or by the way on. Behind the last one is the wipe."""
    transition = turned(journey, journey.step, by)
    if transition is not None:
        return _reach(journey, transition.to)
    place = journey.flow.place(journey.step)
    if place is None:
        # What stood in the way of the first step is over.
        anew = begun_anew(journey, journey.around)
        return Advance(replace(anew, context=journey.context))
    return _arrive(journey, place + 1)


def turned(journey: Journey, step: JourneyStep, by: str) -> Transition | None:
    """Give where the exit of a step leads now, None where nothing but the way on is meant."""
    for transition in journey.flow.transitions:
        if transition.start is step and transition.by == by and transition.when(journey.context, journey.around):
            return transition
    return None


def backward(journey: Journey) -> Journey | None:
    """Give the state that Back leads to, or None where there is no way back."""
    if journey.over:
        return lifted(journey)
    flow, context, step = journey.flow, journey.context, journey.step
    place = flow.place(step)
    if place is None or step.final or context.issuing:
        return None
    if (turned_back := step.turned_back(context)) is not None:
        return replace(journey, context=turned_back)
    return _before(replace(journey, context=step.left(context)), place)


def lifted(journey: Journey) -> Journey:
    """Take the topmost page away, and what only it had a use for."""
    return replace(journey, context=journey.current.left(journey.context), over=journey.over[:-1])


def overlay(journey: Journey, step: JourneyStep) -> Journey:
    """Lay a page over all others; where it lies there already it comes to the top."""
    below = journey.over[: journey.over.index(step)] if step in journey.over else journey.over
    return replace(journey, over=(*below, step))


def _reach(journey: Journey, to: JourneyStep | Flow | FlowReturn) -> Advance:
    if isinstance(to, FlowReturn):
        return _returned(journey)
    if isinstance(to, Flow):
        return enter(journey, to)
    return _arrive(journey, _place(journey.flow, to))


def enter(journey: Journey, flow: Flow) -> Advance:
    """Begin another flow; Back from its first page leads to where this one is left."""
    entered = replace(journey, flow=flow, over=(), came=(*journey.came, (journey.flow, journey.step)))
    return _arrive(replace(entered, step=first(flow, journey.around)), 0)


def _returned(journey: Journey) -> Advance:
    """Go on where the flow was left that led to this one; where none did, begin anew."""
    if not journey.came:
        anew = begun_anew(journey, journey.around)
        return Advance(replace(anew, context=journey.context))
    *before, (flow, step) = journey.came
    return _arrive(replace(journey, flow=flow, came=tuple(before)), _place(flow, step))


def _arrive(journey: Journey, place: int) -> Advance:
    """Come to the first page from ``place`` on that has something to ask."""
    context = replace(journey.context, further=0)
    for leg in journey.flow.legs[place:]:
        if not leg.when(context, journey.around):
            continue
        answered = leg.step.answer(context, journey.around)
        if answered is None:
            return Advance(replace(journey, step=leg.step, context=context))
        context = answered
    return wiped(journey, journey.touched)


def _before(journey: Journey, place: int) -> Journey | None:
    """Give the page before ``place``: that of an undone transition, of this way, or of the way that led here."""
    landing = _landing(journey, journey.context, place - 1)
    for transition in journey.flow.transitions:
        if transition.undo is None or not isinstance(transition.to, JourneyStep):
            continue
        if landing >= _place(journey.flow, transition.to):
            continue
        if (undone := transition.undo(journey.context)) is not None:
            return replace(journey, step=transition.start, context=undone)
    if landing >= 0:
        return replace(journey, step=journey.flow.legs[landing].step)
    if not journey.came:
        return None
    *before, (came, at) = journey.came
    return replace(journey, flow=came, step=at, came=tuple(before))


def _landing(journey: Journey, context: Context, place: int) -> int:
    """Find the page before, -1 where there is none on this way."""
    legs = journey.flow.legs
    while place >= 0 and not (
        legs[place].returns(context, journey.around) and legs[place].step.answer(context, journey.around) is None
    ):
        place -= 1
    return place


def _place(flow: Flow, step: JourneyStep) -> int:
    """Give the place of a step that is on the way: the flow was checked for it."""
    place = flow.place(step)
    return len(flow.legs) if place is None else place
