"""What becomes of a journey when its surroundings change: who has begun may finish."""

from msgspec.structs import replace

from kiosk.journey.state import Journey, Step, first, start
from kiosk.journey.steps import fee
from kiosk.journey.surroundings import Surroundings

#: The way to a ticket.
FLOW = (
    Step.LANGUAGE,
    Step.IDENTIFY,
    Step.CHIP,
    Step.GOVERNMENT,
    Step.KIND,
    Step.SERVICE,
    Step.MORE,
    Step.DOCUMENTS,
    Step.CONFIRM,
    Step.FEE,
    Step.PAY,
    Step.TICKET,
)


def settle(journey: Journey, around: Surroundings) -> Journey:  # noqa: C901 - one case a choice
    """Go on in changed surroundings: a choice that is offered no longer is taken back, and asked for again."""
    if journey.pristine:
        return replace(start(around, journey.timing, journey.touched), number=journey.number)
    offer, context, step = around.offer, journey.context, journey.step
    if not offer.speaks(context.language):
        context = replace(context, language=offer.languages[0].code, language_chosen=False)
    if step in {Step.SETUP, Step.PAY, Step.TICKET} or context.issuing:
        return replace(journey, around=around, context=context)
    if step in {Step.REST, Step.MOMENT} or (step is Step.SORRY and not context.problem):
        step = first(around)
    elif not offer.served():
        step = Step.SORRY
    if offer != journey.around.offer:
        # What was passed over may be there no longer.
        context = replace(context, further=0)
    kept = step
    there = tuple(one for one in context.before if offer.service(one.government, one.kind, one.service) is not None)
    context = replace(context, before=there)
    if context.government and offer.government(context.government) is None:
        context, kept = replace(context, government="", kind="", service=""), Step.GOVERNMENT
    elif context.kind and offer.kind(context.government, context.kind) is None:
        context, kept = replace(context, kind="", service=""), Step.KIND
    elif context.service and offer.service(context.government, context.kind, context.service) is None:
        context, kept = replace(context, service=""), Step.SERVICE
    elif step is Step.FEE and fee.due(context, around) is None:
        kept = Step.CONFIRM
    if step in FLOW and kept in FLOW:
        step = min(step, kept, key=FLOW.index)
    over = tuple(one for one in journey.over if _stays(one, step))
    return replace(journey, around=around, context=context, step=step, over=over)


def _stays(over: Step, step: Step) -> bool:
    """Tell whether what lies over a step still has what it was opened for."""
    return {Step.ASK: Step.CONFIRM, Step.PARTY: Step.MORE}.get(over, step) is step
