"""The journey: one person at the kiosk, from the first touch until the wipe. Pure: time comes in, effects go out.

``advance`` takes a state and an event and gives the next state and what is to be done; ``page`` says what is shown,
``idle.due`` when it wants a ``Tick``. Seconds are of any clock that only goes forward.
"""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.journey import choose, idle, notice, wait
from kiosk.journey.context import Bench, Context
from kiosk.journey.events import (
    Action,
    AddressAnswered,
    Answered,
    CallHelp,
    ChipProgress,
    ChipRead,
    ChipReaderChanged,
    CopiedChanged,
    DocumentRead,
    DocumentReading,
    DocumentUnread,
    Enrolled,
    EnrolRefused,
    Event,
    ForgetDocument,
    HallChanged,
    HealthChanged,
    HelpAnswered,
    Issued,
    IssueFailed,
    ModeChanged,
    OfferChanged,
    PaperChanged,
    PaymentChanged,
    PinAnswered,
    PlaceAway,
    PlaceFound,
    PlaceUnknown,
    Printed,
    ReaderChanged,
    Scanned,
    ScannerChanged,
    Settling,
    TerminalChanged,
    Tick,
    TrialAnswered,
    Wipe,
)
from kiosk.journey.idle import IdlePage
from kiosk.journey.offer import text
from kiosk.journey.outcome import Abort, Continue, Outcome, Stay
from kiosk.journey.page import Page
from kiosk.journey.settle import FLOW, settle
from kiosk.journey.state import Advance, Journey, Step, first, start, wiped
from kiosk.journey.steps import (
    address,
    ask,
    chip,
    code,
    confirm,
    display,
    documents,
    fee,
    government,
    identify,
    kind,
    language,
    moment,
    more,
    party,
    pay,
    pin,
    place,
    rest,
    service,
    setup,
    sorry,
    technician,
    ticket,
)
from kiosk.journey.steps import help as help_
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpKind


class Room(NamedTuple):
    page: Callable[[Context, Surroundings, int], Page]
    handle: Callable[[Context, Surroundings, Event, int], Outcome]


ROOMS = {
    Step.SETUP: Room(setup.page, setup.handle),
    Step.LANGUAGE: Room(language.page, language.handle),
    Step.IDENTIFY: Room(identify.page, identify.handle),
    Step.CHIP: Room(chip.page, chip.handle),
    Step.GOVERNMENT: Room(government.page, government.handle),
    Step.KIND: Room(kind.page, kind.handle),
    Step.SERVICE: Room(service.page, service.handle),
    Step.MORE: Room(more.page, more.handle),
    Step.PARTY: Room(party.page, party.handle),
    Step.DOCUMENTS: Room(documents.page, documents.handle),
    Step.CONFIRM: Room(confirm.page, confirm.handle),
    Step.FEE: Room(fee.page, fee.handle),
    Step.PAY: Room(pay.page, pay.handle),
    Step.ASK: Room(ask.page, ask.handle),
    Step.TICKET: Room(ticket.page, ticket.handle),
    Step.HELP: Room(help_.page, help_.handle),
    Step.DISPLAY: Room(display.page, display.handle),
    Step.SORRY: Room(sorry.page, sorry.handle),
    Step.REST: Room(rest.page, rest.handle),
    Step.MOMENT: Room(moment.page, moment.handle),
    Step.PLACE: Room(place.page, place.handle),
    Step.CODE: Room(code.page, code.handle),
    Step.PIN: Room(pin.page, pin.handle),
    Step.TECHNICIAN: Room(technician.page, technician.handle),
    Step.ADDRESS: Room(address.page, address.handle),
}

#: Where a document that is laid on the reader means something.
_READING = {Step.LANGUAGE, Step.IDENTIFY, Step.CHIP, Step.GOVERNMENT, Step.DOCUMENTS}

#: Where the number of a ticket may be typed, once a language can be read.
_TYPING = {Step.IDENTIFY, Step.SORRY, Step.REST}

#: Where a ticket may be shown again, and where a technician finds the way in: nothing of a journey lies there yet.
_SCANNING = {Step.LANGUAGE, Step.IDENTIFY, Step.SORRY, Step.REST}
_ENTRANCE = {Step.LANGUAGE, Step.SORRY, Step.REST, Step.MOMENT}

#: What gives way to a ticket that is shown.
_LIGHT = {Step.PLACE, Step.CODE, Step.DISPLAY, Step.LANGUAGE}

#: Pages outside of the way to a ticket.
_ASIDE = {Step.HELP, Step.PLACE, Step.CODE, Step.PIN, Step.TECHNICIAN, Step.ADDRESS}


def advance(journey: Journey, event: Event, now: float) -> Advance:
    """Take one event at ``now`` seconds. Never raises for any event: what does not fit is left aside."""
    after, effects = _advance(journey, event, now)
    after = wait.timed(after, now)
    wiped_now = any(isinstance(effect, Wipe) for effect in effects)
    if journey.context.chip is not None and after.context.chip is None and not wiped_now:
        after = replace(after, context=replace(after.context, papers=(), turn=None))
        effects = (*effects, ForgetDocument())
    elif not wiped_now:
        effects = (*documents.dropped(journey.context, after.context, event), *effects)
    after = replace(after, context=help_.timed(after.context, now))
    return Advance(after, tuple(help_.addressed(after, one) if isinstance(one, CallHelp) else one for one in effects))


def _advance(  # noqa: C901, PLR0911, PLR0912 - one case an event
    journey: Journey, event: Event, now: float
) -> Advance:
    match event:
        case Tick() if _passes(journey, now):
            return _inform(journey, journey.step, Action("continue"))
        case Tick():
            return idle.tick(journey, now)
        case Action() | DocumentReading() | DocumentUnread() | DocumentRead() | Scanned() if journey.emergency:
            return Advance(journey)
        case Action():
            return _act(journey, event, now)
        case DocumentReading() | DocumentUnread() | DocumentRead():
            if journey.current is Step.TECHNICIAN:
                return _inform(_here(journey, now), Step.TECHNICIAN, event)
            if isinstance(event, DocumentRead) and event.seal and journey.step not in _READING:
                # Where no document is taken a seal is one of the codes that are no ticket.
                return _scanned(journey, Scanned("foreign"), now)
            if journey.over or journey.step not in _READING:
                return Advance(journey)
            return _laid(_here(journey, now), event)
        case Scanned():
            return _scanned(journey, event, now)
        case PaperChanged(paper):
            return Advance(settle(journey, replace(journey.around, paper=paper)))
        case ReaderChanged(reader):
            return Advance(settle(journey, replace(journey.around, reader=reader)))
        case ChipReaderChanged(reader):
            return Advance(settle(journey, replace(journey.around, chip=reader)))
        case ScannerChanged(scanner):
            return Advance(settle(journey, replace(journey.around, scanner=scanner)))
        case TerminalChanged(terminal):
            return Advance(settle(journey, replace(journey.around, terminal=terminal)))
        case Settling(settling):
            return Advance(settle(journey, replace(journey.around, settling=settling)))
        case OfferChanged(offer):
            return Advance(settle(journey, replace(journey.around, offer=offer)))
        case HallChanged(hall):
            return _hall(journey, replace(journey.around, hall=hall), now)
        case HealthChanged(health):
            settled = settle(journey, replace(journey.around, health=health))
            return Advance(replace(settled, context=technician.outdated(settled.context, health)))
        case ModeChanged(out):
            return Advance(settle(journey, replace(journey.around, out_of_order=out)))
        case CopiedChanged(sign):
            return Advance(settle(journey, replace(journey.around, copied=sign)))
        case Enrolled(name):
            around = replace(journey.around, enrolled=True, kiosk=name)
            return _inform(replace(journey, around=around), Step.SETUP, event)
        case EnrolRefused():
            return _inform(journey, Step.SETUP, event)
        case _ if event.number != journey.number:
            return Advance(journey)
        case ChipProgress() | ChipRead():
            return _chip(journey, event, now)
        case Issued() | IssueFailed():
            return _inform(_here(journey, now), journey.step, event)
        case PaymentChanged():
            return _inform(_here(journey, now), Step.PAY, event)
        case Printed():
            return _inform(replace(journey, touched=now), Step.TICKET, event)
        case Answered():
            return _inform(journey, Step.TICKET, event)
        case HelpAnswered():
            return Advance(_told(journey, event))
        case PlaceFound() | PlaceUnknown() | PlaceAway():
            return _inform(replace(journey, touched=now), Step.PLACE, event)
        case PinAnswered():
            return _inform(replace(journey, touched=now), Step.PIN, event)
        case TrialAnswered():
            return _inform(journey, Step.TECHNICIAN, event)
        case AddressAnswered():
            return _inform(journey, Step.ADDRESS, event)


def page(journey: Journey) -> Page:
    """Say what the screen shows."""
    context, around = journey.context, journey.around
    if journey.emergency:
        return notice.emergency(context, around)
    under = ROOMS[journey.step].page(context, around, journey.number)
    shown = ROOMS[journey.current].page(context, around, journey.number)
    shown = replace(
        shown,
        step=0 if journey.current in _ASIDE else under.step,
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


def _act(  # noqa: C901, PLR0911, PLR0912 - one line a control
    journey: Journey, action: Action, now: float
) -> Advance:
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
            return _call(here, HelpKind.HELP)
        case "private" if here.current is Step.ASK and not asked:
            return _call(here, HelpKind.PRIVATE)
        case "show-language" if here.current is not Step.LANGUAGE and len(here.around.offer.languages) > 1:
            return Advance(_over(here, Step.LANGUAGE))
        case "show-display" if here.current is not Step.DISPLAY:
            return Advance(_over(here, Step.DISPLAY))
        case "elsewhere" if here.current is Step.KIND and choose.told(here.context, here.around) and not asked:
            other = replace(here.context, elsewhere=True, further=0, government="", kind="", service="")
            return Advance(replace(here, step=Step.GOVERNMENT, context=other))
        case "ask" if here.current is Step.CONFIRM and not here.context.issuing and not asked:
            return Advance(_over(here, Step.ASK))
        case "add" if here.current is Step.MORE and more.can_add(here.context, here.around) and not asked:
            return Advance(_reach(replace(here, step=Step.KIND, context=more.added(here.context))))
        case "party" if here.current is Step.MORE and here.around.offer.party > 1 and not asked:
            return Advance(replace(_over(here, Step.PARTY), context=party.opened(here.context, here.around)))
        case "technician" if here.current in _ENTRANCE and not here.over and here.around.pin and not asked:
            return Advance(_over(here, Step.PIN))
        case "code" if here.current in _TYPING and not asked:
            return Advance(replace(_over(here, Step.CODE), context=replace(here.context, typed="")))
        case "submit" if here.current is Step.CODE and code.complete(here.context) and not asked:
            looked = code.look(here.context, here.number)
            return Advance(replace(_over(here, Step.PLACE), context=looked.context), looked.effects)
        case "address" if here.current is Step.TECHNICIAN and not asked:
            context = address.opened(here.context, here.around, action.argument)
            return Advance(replace(_over(here, Step.ADDRESS), context=context)) if context else Advance(here)
    # A touch that lands while the page asks only says that somebody is there: it was aimed at that page.
    return Advance(here) if asked else _inform(here, here.current, action)


def _call(here: Journey, kind: HelpKind) -> Advance:
    lifted = here if here.current is Step.HELP else _over(here, Step.HELP)
    called = help_.ask(here.context, kind, here.number)
    return Advance(replace(lifted, context=called.context), called.effects)


def _scanned(journey: Journey, event: Scanned, now: float) -> Advance:
    """Take a code where nothing of a journey is lost by it: before one has begun, or where a technician tries it."""
    here = _here(journey, now)
    if journey.current is Step.TECHNICIAN:
        return _inform(here, Step.TECHNICIAN, event)
    if journey.step not in _SCANNING or not _LIGHT.issuperset(journey.over):
        return Advance(journey)
    return _inform(replace(here, over=(Step.PLACE,)), Step.PLACE, event)


def _laid(here: Journey, event: DocumentReading | DocumentUnread | DocumentRead) -> Advance:
    """Take what the reader says. Wherever a chip begins to be read once a language was chosen, its page shows it."""
    after, effects = _inform(here, here.step, event)
    if here.step is Step.GOVERNMENT and isinstance(event, DocumentRead):
        # A document that is put down now answers the question.
        after = replace(after, context=replace(after.context, elsewhere=False, further=0))
        after = replace(after, step=Step.CHIP) if chip.running(after.context) else _reach(after)
    return Advance(after, effects)


def _chip(journey: Journey, event: ChipProgress | ChipRead, now: float) -> Advance:
    """Take news of a chip: its page shows them, and where a person is elsewhere they are kept for later."""
    if chip.told(journey.context, event) == journey.context:
        return Advance(journey)
    here = _here(journey, now)
    if journey.step is Step.CHIP and isinstance(event, ChipRead):
        return _inform(here, Step.CHIP, event)
    return Advance(replace(here, context=chip.told(journey.context, event)))


def _passes(journey: Journey, now: float) -> bool:
    due = idle.due(journey)
    context = journey.context
    passing = (journey.current is Step.CHIP and chip.passing(context)) or (
        journey.current is Step.DOCUMENTS and documents.over(context, journey.around)
    )
    return passing and journey.asked is None and due is not None and now >= due


def _hall(journey: Journey, around: Surroundings, now: float) -> Advance:
    """Take a changed hall. An emergency ends what somebody has begun, but not a ticket that exists or is being made.

    Whoever has to leave is not charged behind their back: the terminal is asked for an end.
    """
    before = journey.emergency
    settled = settle(journey, around)
    if before or not settled.emergency or settled.pristine:
        return Advance(settled)
    if settled.context.ticket is None and not settled.context.issuing:
        return wiped(settled, now)
    ended = pay.cancel(settled.context)
    return Advance(replace(_here(settled, now), context=ended.context, over=()), ended.effects)


def _behind(journey: Journey) -> Journey | None:
    """Give the state that Back leads to, or None where there is no way back."""
    if journey.over:
        return _lifted(journey)
    context = journey.context
    if context.issuing or journey.step is Step.PAY or journey.step not in FLOW[1:-1]:
        return None
    if context.further:
        return replace(journey, context=replace(context, further=context.further - 1))
    if journey.step is Step.GOVERNMENT and context.elsewhere:
        context = replace(context, elsewhere=False, government=context.document, kind="", service="")
        return replace(journey, step=Step.KIND, context=context)
    if journey.step in {Step.DOCUMENTS, Step.CONFIRM}:
        context = documents.left(context)
    step = FLOW[FLOW.index(journey.step) - 1]
    while choose.only(step, context, journey.around) is not None:
        step = FLOW[FLOW.index(step) - 1]
    if context.before and FLOW.index(step) < FLOW.index(Step.KIND):
        # Whoever was adding a service needs none after all.
        return replace(journey, step=Step.MORE, context=more.taken_back(context))
    if journey.step is Step.CHIP:
        # Whoever goes back puts a document down anew.
        context = replace(context, chip=None)
    return replace(journey, step=Step.IDENTIFY if step is Step.CHIP else step, context=context)


def _lifted(journey: Journey) -> Journey:
    """Take the topmost page away, and what only it had a use for."""
    context = journey.context
    match journey.current:
        case Step.PLACE:
            context = replace(context, place=None)
        case Step.CODE:
            context = replace(context, typed="")
        case Step.PIN | Step.TECHNICIAN:
            context = replace(context, bench=None)
        case Step.ADDRESS:
            context = replace(context, bench=Bench(view="addresses"))
    return replace(journey, context=context, over=journey.over[:-1])


def _over(journey: Journey, step: Step) -> Journey:
    below = journey.over[: journey.over.index(step)] if step in journey.over else journey.over
    return replace(journey, over=(*below, step))


def _inform(journey: Journey, step: Step, event: Event) -> Advance:  # noqa: PLR0911 - one line a way on
    """Let the step take the event, if the journey is there."""
    if step not in (journey.step, *journey.over):
        return Advance(journey)
    match ROOMS[step].handle(journey.context, journey.around, event, journey.number):
        case Stay(context, effects):
            return Advance(replace(journey, context=context), effects)
        case Continue(context, effects):
            reached = replace(journey, context=context)
            if step in {Step.TICKET, Step.PLACE, Step.TECHNICIAN}:
                return wiped(reached, journey.touched)
            if step is Step.PIN:
                # The answer may come while another page lies over this one.
                opened = tuple(Step.TECHNICIAN if one is Step.PIN else one for one in journey.over)
                return Advance(replace(reached, over=opened), effects)
            if step in journey.over:
                return Advance(replace(reached, over=tuple(one for one in journey.over if one is not step)), effects)
            return Advance(_next(reached), effects)
        case Abort(code):
            context = replace(journey.context, issuing=False, problem=code)
            return Advance(replace(journey, step=Step.SORRY, over=(), context=context))


def _next(journey: Journey) -> Journey:
    match journey.step:
        case Step.SETUP:
            return replace(start(journey.around, journey.timing, journey.touched), number=journey.number)
        case Step.SORRY:
            step = Step.CONFIRM if journey.context.service else first(journey.around)
            return replace(journey, step=step, context=replace(journey.context, problem=""))
        case Step.LANGUAGE | Step.IDENTIFY if journey.context.document or journey.step is Step.IDENTIFY:
            return _reach(replace(journey, step=Step.CHIP if chip.asks(journey.context) else Step.GOVERNMENT))
        case Step.CONFIRM | Step.FEE | Step.PAY if journey.context.ticket is not None:
            return replace(journey, step=Step.TICKET)
    return _reach(replace(journey, step=FLOW[FLOW.index(journey.step) + 1]))


def _reach(journey: Journey) -> Journey:
    """Come to a page: what has one answer is not asked."""
    step, context = journey.step, replace(journey.context, further=0)
    while (answered := choose.only(step, context, journey.around)) is not None:
        step, context = FLOW[FLOW.index(step) + 1], answered
    return replace(journey, step=step, context=context)


def _told(journey: Journey, answer: HelpAnswered) -> Journey:
    call = journey.context.help
    if call is None or call.call != answer.call or call.sent == "coming":
        return journey
    return replace(journey, context=replace(journey.context, help=replace(call, sent=answer.sent)))
