"""Help: staff are called; the person keeps the place in the journey and says when it goes on."""

from msgspec.structs import replace

from kiosk.journey.context import Context, Help, Surroundings
from kiosk.journey.events import Action, CallHelp, Event
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import HelpPage, Page
from queue_server.values import HelpKind


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    call = context.help
    return HelpPage(
        sent=call.sent if call else "away",
        private=call is not None and call.kind is HelpKind.PRIVATE,
        kiosk=around.kiosk,
        has_ticket=context.ticket is not None,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around
    match event:
        case Action("private"):
            return ask(context, HelpKind.PRIVATE, number)
        case Action("no-help" | "continue"):
            return Continue(context)
    return Stay(context)


def ask(context: Context, kind: HelpKind, number: int) -> Stay:
    """Call staff. Asked again it is the same call, sent once more; what was asked for in private stays private."""
    before = context.help
    if before is not None and before.kind in (kind, HelpKind.PRIVATE):
        call = replace(before, sent="sending")
    else:
        call = Help(kind, call=before.call + 1 if before else 1)
    return Stay(replace(context, help=call), (CallHelp(number, call.call, call.kind),))
