"""The journey: one person at the kiosk, from the first touch until the wipe. Pure: time comes in, effects go out.

``advance`` takes a state and an event and gives the next state and what is to be done; ``page`` says what is shown,
``idle.due`` when it wants a ``TimePassed``. Seconds are of any clock that only goes forward.

No step is known here. What a step takes, keeps and waits for stands in its declaration (``step.JourneyStep``), and
where it leads in the flow (``flow.Flow``).
"""

from msgspec.structs import replace

from kiosk.journey import changes, chip_reading, idle, notice, staff_call, wait
from kiosk.journey.events import (
    Action,
    AvailabilityChanged,
    CallStaff,
    ChipProgress,
    ChipRead,
    ChipReaderChanged,
    CopiedChanged,
    DocumentRead,
    DocumentUnread,
    EnrolmentScanned,
    EnrolRefused,
    Event,
    HealthChanged,
    HelpAnswered,
    InformationChanged,
    ModeChanged,
    OfferChanged,
    PaperChanged,
    ReaderChanged,
    ReadingStarted,
    Scanned,
    ScannerChanged,
    Settling,
    TerminalChanged,
    TimePassed,
    WaitsChanged,
    Wipe,
)
from kiosk.journey.flow import Flow, FlowDoor
from kiosk.journey.idle import IdlePage
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage
from kiosk.journey.revalidate import revalidate
from kiosk.journey.route import backward, enter, onward, overlay, turned
from kiosk.journey.state import Advance, Journey, wiped
from kiosk.journey.step import Abort, Continue, EndJourney, JourneyStep, PersonPresence, Stay

#: The controls of the bar that lead to the choice of a language, to what can be read, and to the beginning.
_LANGUAGE, _INFORMATION, _RESTART = "show-language", "information", "restart"


def advance(journey: Journey, event: Event, now: float) -> Advance:
    """Take one event at ``now`` seconds. Never raises for any event: what does not fit is left aside."""
    after, effects = _advance(journey, event, now)
    after = wait.timed(after, now)
    if not any(isinstance(effect, Wipe) for effect in effects):
        ended = chip_reading.consequences(journey.context, after.context, event)
        after, effects = replace(after, context=ended.context), (*ended.effects, *effects)
    after = replace(after, context=staff_call.timed(after.context, now))
    return Advance(
        after, tuple(staff_call.addressed(after, one) if isinstance(one, CallStaff) else one for one in effects)
    )


def page(journey: Journey) -> JourneyPage:
    """Say what the screen shows."""
    context, around, flow = journey.context, journey.around, journey.flow
    if journey.emergency:
        return notice.emergency(context, around)
    languages = _bar(journey, _LANGUAGE)
    leg = flow.leg(journey.step)
    bar = replace(
        journey.current.page(context, around),
        step=0 if journey.current.aside or leg is None else leg.stage,
        steps=flow.stages,
        centre=text(around.offer.centre, context.language),
        can_back=backward(journey) is not None,
        can_restart=_may_restart(journey),
        can_language=languages is not None and journey.current is not languages.to,
        can_inform=_door(journey, _INFORMATION) is not None,
    )
    if journey.asked is None:
        return bar
    return IdlePage(
        step=bar.step,
        steps=bar.steps,
        centre=bar.centre,
        can_restart=bar.can_restart,
        can_language=languages is not None,
        left=journey.left,
    )


def _advance(journey: Journey, event: Event, now: float) -> Advance:  # noqa: C901, PLR0911, PLR0912 - one case a kind of event
    match event:
        case TimePassed() if idle.passes(journey, now):
            return _inform(journey, journey.current, Action("continue"))
        case TimePassed():
            return idle.tick(journey, now)
        case Action() | ReadingStarted() | DocumentUnread() | DocumentRead() | Scanned() if journey.emergency:
            return Advance(journey)
        case Action():
            return _act(journey, event, now)
        case ReadingStarted() | DocumentUnread() | DocumentRead():
            return _on_document(journey, event, now)
        case Scanned():
            return _scanned(journey, event, now)
        case AvailabilityChanged():
            return _availability(journey, event, now)
        case (
            PaperChanged()
            | ReaderChanged()
            | ChipReaderChanged()
            | ScannerChanged()
            | TerminalChanged()
            | Settling()
            | OfferChanged()
            | HealthChanged()
            | ModeChanged()
            | CopiedChanged()
            | InformationChanged()
            | WaitsChanged()
        ):
            return _deliver(revalidate(journey, changes.changed(journey.around, event)), event, now)
        case EnrolRefused() | EnrolmentScanned():
            return _deliver(journey, event, now)
        case _ if event.number != journey.number:
            return Advance(journey)
        case HelpAnswered():
            return Advance(replace(journey, context=staff_call.answered(journey.context, event)))
        case ChipProgress() | ChipRead():
            return _read(journey, event, now)
        case _:
            return _deliver(journey, event, now)


def _here(journey: Journey, now: float) -> Journey:
    """Note that somebody is there."""
    return replace(journey, touched=now, asked=None, left=0)


def _act(journey: Journey, action: Action, now: float) -> Advance:  # noqa: PLR0911 - one line a control
    asked = journey.asked is not None
    here = _here(journey, now)
    match action.name:
        case "finished" if asked:
            return wiped(here, now)
        case "restart" if not _may_restart(here):
            return Advance(here)
        case "restart" if idle.is_served(here) or _bar(here, _RESTART) is None:
            return wiped(here, now)
        case "back" if not asked and (behind := backward(here)) is not None:
            return Advance(behind)
    if (door := _bar(here, action.name)) is not None and (door.repeats or here.current is not door.to):
        return _open(here, door, action)
    if asked:
        # A touch that lands while the page asks only says that somebody is there: it was aimed at that page.
        return Advance(here)
    if (door := _door(here, action.name)) is not None:
        return _open(here, door, action)
    return _inform(here, here.current, action)


def _may_restart(journey: Journey) -> bool:
    """Tell whether there is something to wipe, and nobody waits for its end; not where that is asked already."""
    asks = _bar(journey, _RESTART)
    is_asked = asks is not None and journey.current is asks.to
    return not (journey.context.issuing or wait.works(journey) or journey.pristine or is_asked)


def _bar(journey: Journey, name: str) -> FlowDoor | None:
    """Give the door that is found everywhere, where it is open."""
    doors = (one for one in journey.flow.doors if one.by == name and one.at == "anywhere")
    return next((one for one in doors if one.when(journey.context, journey.around)), None)


def _door(journey: Journey, name: str) -> FlowDoor | None:
    """Give the door on the page that is shown, where it is open."""
    doors = (one for one in journey.flow.doors if one.by == name and journey.aimed is not None)
    here = (one for one in doors if one.at != "anywhere" and journey.aimed in one.at)
    return next((one for one in here if one.when(journey.context, journey.around)), None)


def _open(here: Journey, door: FlowDoor, event: Event) -> Advance:
    if isinstance(door.to, Flow):
        return enter(here, door.to)
    opened = door.to.opened(here.context, here.around, event, here.number)
    if opened is None:
        return Advance(here)
    return Advance(replace(overlay(here, door.to), context=opened.context), opened.effects)


def _on_document(journey: Journey, event: ReadingStarted | DocumentUnread | DocumentRead, now: float) -> Advance:
    """Take what the reader says, where a document means something."""
    if journey.aimed is not None and type(event) in journey.aimed.takes:
        return _inform(_here(journey, now), journey.current, event)
    if isinstance(event, DocumentRead) and event.seal and type(event) not in journey.step.takes:
        # Where no document is taken a seal is one of the codes that are no ticket.
        return _scanned(journey, Scanned("foreign"), now)
    return Advance(journey)


def _scanned(journey: Journey, event: Scanned, now: float) -> Advance:
    """Take a code where nothing of a journey is lost by it: before one has begun, or where a technician tries it."""
    here = _here(journey, now)
    if Scanned in journey.current.takes:
        return _inform(here, here.current, event)
    if all(one.light for one in journey.over):
        for scan in journey.flow.scans:
            context = scan.reads(here.context, here.around, event.text) if journey.step in scan.at else None
            if context is not None:
                return enter(replace(here, context=context, over=()), scan.to)
    door = journey.flow.shown
    if door is None or journey.step not in door.at or not all(one.light for one in journey.over):
        return Advance(journey)
    return _open(replace(here, over=()), door, event)


def _read(journey: Journey, event: ChipProgress | ChipRead, now: float) -> Advance:
    """Take news of a chip: its page shows them, and where a person is elsewhere they are kept for later."""
    told = chip_reading.note_progress(journey.context, event)
    if told == journey.context:
        return Advance(journey)
    here = _here(journey, now)
    if type(event) in here.step.takes:
        return _inform(here, here.step, event)
    return Advance(replace(here, context=told))


def _availability(journey: Journey, event: AvailabilityChanged, now: float) -> Advance:
    """Close or open. An emergency ends what somebody has begun, but not a ticket that exists or is being made.

    Whoever has to leave is not charged behind their back: what was begun is asked for an end.
    """
    after = revalidate(journey, changes.changed(journey.around, event))
    if journey.emergency or not after.emergency or after.pristine:
        return Advance(after)
    if after.context.ticket is None and not after.context.issuing:
        return wiped(after, now)
    ended = after.step.interrupted(after.context)
    return Advance(replace(_here(after, now), context=ended.context, over=()), ended.effects)


def _deliver(journey: Journey, event: Event, now: float) -> Advance:
    """Bring an answer to the step that takes it, the topmost of them."""
    taker = next((one for one in (*reversed(journey.over), journey.step) if type(event) in one.takes), None)
    if taker is None:
        return Advance(journey)
    match taker.takes[type(event)]:
        case PersonPresence.HERE:
            journey = _here(journey, now)
        case PersonPresence.RENEWED:
            journey = replace(journey, touched=now)
    return _inform(journey, taker, event)


def _inform(journey: Journey, step: JourneyStep, event: Event) -> Advance:
    """Let a step of the journey take the event, and go where it leads."""
    match step.handle(journey.context, journey.around, event, journey.number):
        case Stay(context, effects):
            return Advance(replace(journey, context=context), effects)
        case Continue(context, effects, by):
            after = replace(journey, context=context)
            if step in journey.over:
                return Advance(_withdraw_overlay(after, step, by), effects)
            led = onward(after, by)
            return Advance(led.journey, (*effects, *led.effects))
        case EndJourney():
            return wiped(journey, journey.touched)
        case Abort(code):
            context = replace(journey.context, issuing=False, problem=code)
            return Advance(replace(journey, step=journey.flow.failed, over=(), context=context))


def _withdraw_overlay(journey: Journey, step: JourneyStep, by: str) -> Journey:
    """Take a page away that lies over others, wherever it lies; the flow may name another one in its place."""
    transition = turned(journey, step, by)
    instead = transition.to if transition is not None and isinstance(transition.to, JourneyStep) else None
    over = (instead if one is step else one for one in journey.over)
    return replace(journey, over=tuple(one for one in over if one is not None))
