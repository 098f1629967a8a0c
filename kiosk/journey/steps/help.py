"""Help: staff are called; the person keeps the place in the journey and says when it goes on.

Any page may call staff for the person who stands at it (``ask``), and end the call when they are not needed (``end``);
whoever leaves ends it too.
"""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey.context import Context, Help
from kiosk.journey.events import Action, CallHelp, Effect, Event, WithdrawHelp
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Page
from kiosk.journey.state import Journey, Step
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpKind, HelpSubject


class HelpPage(Page, frozen=True):
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

#: Phases of a payment that staff have to settle, whatever the person needs.
_FOR_STAFF = frozenset({"staff", "broken"})

#: What staff are told of where a person stands; everywhere else something is chosen.
_ABOUT = {
    Step.SETUP: HelpSubject.START,
    Step.LANGUAGE: HelpSubject.START,
    Step.IDENTIFY: HelpSubject.DOCUMENT,
    Step.CHIP: HelpSubject.DOCUMENT,
    Step.DOCUMENTS: HelpSubject.DOCUMENT,
    Step.CONFIRM: HelpSubject.CONFIRM,
    Step.FEE: HelpSubject.PAYMENT,
    Step.PAY: HelpSubject.PAYMENT,
    Step.TICKET: HelpSubject.TICKET,
    Step.SORRY: HelpSubject.START,
    Step.REST: HelpSubject.START,
    Step.MOMENT: HelpSubject.START,
}


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
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
            return ask(context, HelpKind.PRIVATE, number)
        case Action("no-help") if context.payment is not None and context.payment.phase in _FOR_STAFF:
            return Continue(context)
        case Action("no-help"):
            ended = end(context, number)
            return Continue(ended.context, ended.effects)
    return Stay(context)


def ask(context: Context, kind: HelpKind, number: int) -> Stay:
    """Call staff. Asked again it is the same call, sent once more; what was asked for in private stays private."""
    before = context.help
    if before is not None and before.kind in (kind, HelpKind.PRIVATE):
        call = before if before.sent == "coming" else replace(before, sent="sending")
    else:
        # Whoever goes into a private room has called already: their minutes count on.
        since = before.since if before is not None else None
        call = Help(kind, context.calls + 1, since=since, minutes=before.minutes if before is not None else 0)
    effects: tuple[Effect, ...] = (CallHelp(number, call.call, call.kind),)
    return Stay(replace(context, help=call, calls=call.call), effects)


def end(context: Context, number: int) -> Stay:
    """Say that nobody needs to come any more, where somebody was called."""
    if context.help is None:
        return Stay(context)
    return Stay(replace(context, help=None), (WithdrawHelp(number),))


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


def addressed(journey: Journey, call: CallHelp) -> CallHelp:
    """Tell staff whom to send: who speaks this language, and knows this page."""
    context = journey.context
    about = HelpSubject.PLACE if Step.PLACE in journey.over else _ABOUT.get(journey.step, HelpSubject.CHOICE)
    return replace(call, language=context.language if context.language_chosen else None, about=about)
