"""The journey: one person at the kiosk, from the first touch until the wipe. Pure: time comes in, effects go out.

``advance`` takes a state and an event and gives the next state and what is to be done; ``page`` says what is shown,
``idle.due`` when it wants a ``Tick``. Seconds are of any clock that only goes forward.
"""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.journey import (
    confirm,
    display,
    government,
    identify,
    idle,
    kind,
    language,
    service,
    setup,
    sorry,
    ticket,
)
from kiosk.journey import help as help_
from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import (
    Action,
    AddressAnswered,
    Answered,
    DocumentRead,
    DocumentReading,
    DocumentUnread,
    Enrolled,
    EnrolRefused,
    Event,
    HallChanged,
    HealthChanged,
    HelpAnswered,
    Issued,
    IssueFailed,
    ModeChanged,
    OfferChanged,
    PaperChanged,
    PinAnswered,
    PlaceAway,
    PlaceFound,
    PlaceUnknown,
    Printed,
    ReaderChanged,
    Scanned,
    ScannerChanged,
    TellStaff,
    Tick,
    TrialAnswered,
)
from kiosk.journey.offer import text
from kiosk.journey.outcome import Abort, Continue, Outcome, Stay
from kiosk.journey.page import IdlePage, Page
from kiosk.journey.state import Advance, Journey, Step, start, wiped
from queue_server.values import HelpKind


class Room(NamedTuple):
    page: Callable[[Context, Surroundings, int], Page]
    handle: Callable[[Context, Surroundings, Event, int], Outcome]


ROOMS = {
    Step.SETUP: Room(setup.page, setup.handle),
    Step.LANGUAGE: Room(language.page, language.handle),
    Step.IDENTIFY: Room(identify.page, identify.handle),
    Step.GOVERNMENT: Room(government.page, government.handle),
    Step.KIND: Room(kind.page, kind.handle),
    Step.SERVICE: Room(service.page, service.handle),
    Step.CONFIRM: Room(confirm.page, confirm.handle),
    Step.TICKET: Room(ticket.page, ticket.handle),
    Step.HELP: Room(help_.page, help_.handle),
    Step.DISPLAY: Room(display.page, display.handle),
    Step.SORRY: Room(sorry.page, sorry.handle),
}

_FLOW = (
    Step.LANGUAGE,
    Step.IDENTIFY,
    Step.GOVERNMENT,
    Step.KIND,
    Step.SERVICE,
    Step.CONFIRM,
    Step.TICKET,
)

#: Where a document that is laid on the reader means something.
_READING = {Step.LANGUAGE, Step.IDENTIFY, Step.GOVERNMENT}


def advance(  # noqa: C901, PLR0911, PLR0912 - one case an event
    journey: Journey, event: Event, now: float
) -> Advance:
    """Take one event at ``now`` seconds. Never raises for any event: what does not fit is left aside."""
    match event:
        case Tick():
            return idle.tick(journey, now)
        case Action():
            return _act(journey, event, now)
        case DocumentReading() | DocumentUnread() | DocumentRead():
            if journey.over or journey.step not in _READING:
                return Advance(journey)
            return _inform(_here(journey, now), journey.step, event)
        case PaperChanged(paper):
            ended = journey.around.paper and not paper
            tell = (TellStaff(HelpKind.PAPER),) if ended else ()
            return Advance(_settle(journey, replace(journey.around, paper=paper)), tell)
        case ReaderChanged(reader):
            return Advance(_settle(journey, replace(journey.around, reader=reader)))
        case ScannerChanged(scanner):
            return Advance(_settle(journey, replace(journey.around, scanner=scanner)))
        case OfferChanged(offer):
            return Advance(_settle(journey, replace(journey.around, offer=offer)))
        case HallChanged(hall):
            return Advance(_settle(journey, replace(journey.around, hall=hall)))
        case HealthChanged(health):
            return Advance(_settle(journey, replace(journey.around, health=health)))
        case ModeChanged(out):
            return Advance(_settle(journey, replace(journey.around, out_of_order=out)))
        case Scanned():
            return Advance(journey)
        case Enrolled(name):
            around = replace(journey.around, enrolled=True, kiosk=name)
            return _inform(replace(journey, around=around), Step.SETUP, event)
        case EnrolRefused():
            return _inform(journey, Step.SETUP, event)
        case _ if event.number != journey.number:
            return Advance(journey)
        case Issued() | IssueFailed():
            return _inform(_here(journey, now), Step.CONFIRM, event)
        case Printed():
            return _inform(replace(journey, touched=now), Step.TICKET, event)
        case Answered():
            return _inform(journey, Step.TICKET, event)
        case HelpAnswered():
            return Advance(_told(journey, event))
        case PlaceFound() | PlaceUnknown() | PlaceAway() | PinAnswered() | TrialAnswered() | AddressAnswered():
            return Advance(journey)


def page(journey: Journey) -> Page:
    """Say what the screen shows."""
    context, around = journey.context, journey.around
    under = ROOMS[journey.step].page(context, around, journey.number)
    shown = ROOMS[journey.current].page(context, around, journey.number)
    shown = replace(
        shown,
        step=0 if journey.current is Step.HELP else under.step,
        centre=text(around.offer.centre, context.language),
        can_back=_behind(journey) is not None,
        can_restart=not context.issuing and not journey.pristine,
        can_language=len(around.offer.languages) > 1 and journey.current is not Step.LANGUAGE,
    )
    if journey.asked is None:
        return shown
    return IdlePage(
        step=shown.step,
        centre=shown.centre,
        can_restart=shown.can_restart,
        can_language=len(around.offer.languages) > 1,
        left=journey.left,
    )


def _here(journey: Journey, now: float) -> Journey:
    """Note that somebody is there."""
    return replace(journey, touched=now, asked=None, left=0)


def _act(journey: Journey, action: Action, now: float) -> Advance:  # noqa: PLR0911 - one line a control of the bar
    asked = journey.asked is not None
    here = _here(journey, now)
    match action.name:
        case "finished" if asked:
            return wiped(here, now)
        case "restart" if not here.context.issuing and not here.pristine:
            return wiped(here, now)
        case "back" if not asked and (behind := _behind(here)) is not None:
            return Advance(behind)
        case "help":
            lifted = here if here.current is Step.HELP else _over(here, Step.HELP)
            called = help_.ask(here.context, HelpKind.HELP, here.number)
            return Advance(replace(lifted, context=called.context), called.effects)
        case "show-language" if here.current is not Step.LANGUAGE and len(here.around.offer.languages) > 1:
            return Advance(_over(here, Step.LANGUAGE))
        case "show-display" if here.current is not Step.DISPLAY:
            return Advance(_over(here, Step.DISPLAY))
    # A touch that lands while the page asks only says that somebody is there: it was aimed at that page.
    return Advance(here) if asked else _inform(here, here.current, action)


def _behind(journey: Journey) -> Journey | None:
    """Give the state that Back leads to, or None where there is no way back."""
    if journey.over:
        return replace(journey, over=journey.over[:-1])
    if journey.context.issuing or journey.step not in _FLOW[1:-1]:
        return None
    return replace(journey, step=_FLOW[_FLOW.index(journey.step) - 1])


def _over(journey: Journey, step: Step) -> Journey:
    below = journey.over[: journey.over.index(step)] if step in journey.over else journey.over
    return replace(journey, over=(*below, step))


def _inform(journey: Journey, step: Step, event: Event) -> Advance:
    """Let the step take the event, if the journey is there."""
    if step not in (journey.step, *journey.over):
        return Advance(journey)
    match ROOMS[step].handle(journey.context, journey.around, event, journey.number):
        case Stay(context, effects):
            return Advance(replace(journey, context=context), effects)
        case Continue(context, effects):
            reached = replace(journey, context=context)
            if step is journey.current and journey.over:
                return Advance(replace(reached, over=journey.over[:-1]), effects)
            if step is Step.TICKET:
                return wiped(reached, journey.touched)
            return Advance(_next(reached), effects)
        case Abort(code):
            context = replace(journey.context, issuing=False, problem=code)
            return Advance(replace(journey, step=Step.SORRY, over=(), context=context))


def _next(journey: Journey) -> Journey:
    match journey.step:
        case Step.SETUP:
            return replace(start(journey.around, journey.timing, journey.touched), number=journey.number)
        case Step.SORRY:
            step = Step.CONFIRM if journey.context.service else Step.LANGUAGE
            return replace(journey, step=step, context=replace(journey.context, problem=""))
        case Step.LANGUAGE if journey.context.document:
            return replace(journey, step=Step.GOVERNMENT)
    return replace(journey, step=_FLOW[_FLOW.index(journey.step) + 1])


def _settle(journey: Journey, around: Surroundings) -> Journey:
    """Go on in changed surroundings: a choice that is offered no longer is taken back, and asked for again."""
    if journey.pristine:
        return replace(start(around, journey.timing, journey.touched), number=journey.number)
    offer, context, step = around.offer, journey.context, journey.step
    if not offer.speaks(context.language):
        context = replace(context, language=offer.languages[0].code, language_chosen=False)
    if step in {Step.SETUP, Step.TICKET} or context.issuing:
        return replace(journey, around=around, context=context)
    if not offer.served():
        return replace(journey, around=around, context=context, step=Step.SORRY)
    if step is Step.SORRY and not context.problem:
        step = Step.LANGUAGE
    kept = step
    if context.government and offer.government(context.government) is None:
        context, kept = replace(context, government="", kind="", service=""), Step.GOVERNMENT
    elif context.kind and offer.kind(context.government, context.kind) is None:
        context, kept = replace(context, kind="", service=""), Step.KIND
    elif context.service and offer.service(context.government, context.kind, context.service) is None:
        context, kept = replace(context, service=""), Step.SERVICE
    if step in _FLOW and kept in _FLOW:
        step = min(step, kept, key=_FLOW.index)
    return replace(journey, around=around, context=context, step=step)


def _told(journey: Journey, answer: HelpAnswered) -> Journey:
    call = journey.context.help
    if call is None or call.call != answer.call or call.sent == "coming":
        return journey
    return replace(journey, context=replace(journey.context, help=replace(call, sent=answer.sent)))
