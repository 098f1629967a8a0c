"""Waiting for a payment: whoever is asked for nothing hears after a while that it takes longer, then staff are called.

Only what terminal, bank and printer do by themselves is waited for. The time counts anew whenever something else is
waited for; to be asked what became of it is still the same answer.
"""

from msgspec.structs import replace

from kiosk.journey.context import Context, Wait
from kiosk.journey.state import Advance, Journey
from kiosk.journey.steps import fee
from kiosk.journey.steps import help as help_
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpKind

#: The terminal goes on by itself, or its last word is old: a card that was to be taken out is out by then.
_BY_ITSELF = frozenset({"", "wait", "remove-card", "authorising", "approved", "declined", "cancelled", "reversing"})


def waits_for(context: Context, around: Surroundings) -> str:
    """Name what the person waits for, "" where they are asked for something, or nothing goes on."""
    payment = context.payment
    if payment is None or not context.issuing:
        return ""
    by_hand = fee.by_hand(around)
    match payment.phase:
        case "paying" if context.cancelled or payment.progress in ({"approved"} if by_hand else _BY_ITSELF):
            return "answer"
        case "asking":
            return "answer"
        case "undoing" if by_hand:
            # They fetch the money at the cash desk.
            return ""
        case "checking" | "undoing" | "printing":
            return payment.phase
    return ""


def timed(journey: Journey, now: float) -> Journey:
    """Note since when the person waits for what they wait for now."""
    context = journey.context
    what = waits_for(context, journey.around)
    before = context.wait
    if what == (before.what if before else ""):
        return journey
    return replace(journey, context=replace(context, wait=Wait(what, now) if what else None))


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
    called = help_.ask(replace(context, overdue=True), HelpKind.HELP, journey.number)
    return Advance(replace(journey, context=called.context), called.effects)
