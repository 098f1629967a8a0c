"""Staff are called to the kiosk, by the person or by the kiosk itself.

Any page may call staff for the person who stands at it (``ask``), and end the call when they are not needed (``end``);
whoever leaves ends it too.
"""

from msgspec.structs import replace

from kiosk.journey.context import Context, OpenHelpCall
from kiosk.journey.events import CallStaff, Effect, HelpAnswered, WithdrawCall
from kiosk.journey.state import Journey
from kiosk.journey.step import Stay
from queue_server.domain.values import HelpKind, HelpSubject


def ask(context: Context, kind: HelpKind, number: int) -> Stay:
    """Call staff. Asked again it is the same call, sent once more; what was asked for in private stays private."""
    before = context.help
    if before is not None and before.kind in (kind, HelpKind.PRIVATE):
        call = before if before.sent == "coming" else replace(before, sent="sending")
    else:
        # Whoever goes into a private room has called already: their minutes count on.
        since = before.since if before is not None else None
        call = OpenHelpCall(kind, context.calls + 1, since=since, minutes=before.minutes if before is not None else 0)
    effects: tuple[Effect, ...] = (CallStaff(number, call.call, call.kind),)
    return Stay(replace(context, help=call, calls=call.call), effects)


def end(context: Context, number: int) -> Stay:
    """Say that nobody needs to come any more, where somebody was called."""
    if context.help is None:
        return Stay(context)
    return Stay(replace(context, help=None), (WithdrawCall(number),))


def due(context: Context) -> float | None:
    """Say when the page shows another minute, None where nobody was called."""
    call = context.help
    return None if call is None or call.since is None else call.since + 60.0 * (call.minutes + 1)


def timed(context: Context, now: float) -> Context:
    """Count the minutes of a call."""
    call = context.help
    if call is None:
        return context
    call = replace(call, since=now) if call.since is None else call
    context = replace(context, help=call)
    # The very sum that ``due`` gives, as for all that runs out.
    while (moment := due(context)) is not None and now >= moment and context.help is not None:
        context = replace(context, help=replace(context.help, minutes=context.help.minutes + 1))
    return context


def answered(context: Context, answer: HelpAnswered) -> Context:
    """Note how far a call is; one that somebody has taken is not heard of again."""
    call = context.help
    if call is None or call.call != answer.call or call.sent == "coming":
        return context
    return replace(context, help=replace(call, sent=answer.sent))


def addressed(journey: Journey, call: CallStaff) -> CallStaff:
    """Tell staff whom to send: who speaks this language, and knows this page."""
    context = journey.context
    beside = next((one.subject for one in reversed(journey.over) if one.aside and one.subject is not None), None)
    about = beside or journey.step.subject or HelpSubject.CHOICE
    return replace(call, language=context.language if context.language_chosen else None, about=about)
