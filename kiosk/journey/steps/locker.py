"""Locker: a door is open. The page goes on when its sensor says that it was shut, and no touch ends it before."""

from msgspec.structs import replace

from kiosk.journey import staff_call
from kiosk.journey.collecting import UNDER_WAY, Collecting
from kiosk.journey.context import Context
from kiosk.journey.events import Action, DoorChanged, DoorState, Event, OpenDoor, WallDoor
from kiosk.journey.page import JourneyPage
from kiosk.journey.patience import last
from kiosk.journey.step import Continue, EndJourney, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout, Work
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpKind, HelpSubject


class LockerPage(JourneyPage, frozen=True):
    """The door ``door`` in its ``wall``, and how far it is. ``longer``: it takes longer than usual until it opens."""

    state: DoorState = "opening"
    door: str = ""
    wall: tuple[WallDoor, ...] = ()
    longer: bool = False


#: Somebody of staff is called at once: a door that nobody shuts, and one that is not as it should be.
_CALLS: frozenset[DoorState] = frozenset({"overdue", "not-opened", "staff"})
#: The same item can be asked for once more.
_REPEATED: frozenset[DoorState] = frozenset({"inside", "busy", "away"})


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    known, wait = context.of(Collecting), context.wait
    return LockerPage(
        state=known.state,
        door=known.door,
        wall=known.wall,
        longer=wait is not None and wait.longer,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around
    known = context.of(Collecting)
    match event:
        case DoorChanged(_, look, state, door, wall, label) if look == known.opens and known.state in UNDER_WAY:
            place = replace(known, door=door or known.door, wall=wall or known.wall, label=label or known.label)
            told = replace(place, state=state)
            kept = context.keeping(told)
            if state == "taken":
                return Continue(kept)
            is_called = context.help is not None and context.help.sent != "away"
            return staff_call.ask(kept, HelpKind.HELP, number) if state in _CALLS and not is_called else Stay(kept)
        case Action("open") if known.state in _REPEATED and known.item is not None:
            asked = replace(known, opens=known.opens + 1, state="opening")
            return Stay(context.keeping(asked), (OpenDoor(number, asked.opens, known.item.item),))
        case Action("done") if known.state not in UNDER_WAY:
            return EndJourney()
    return Stay(context)


def goes_on(context: Context) -> bool:
    known = context.of(Collecting)
    return known.item is not None and known.state in UNDER_WAY


def waits_for(context: Context, around: Surroundings) -> str:
    """While a door is open it is the person who is waited for."""
    del around
    return "door" if goes_on(context) and context.of(Collecting).state == "opening" else ""


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    del around
    return StepTimeout(last(context, timing, timing.place), "wipe")


LOCKER = JourneyStep(
    name="locker",
    page=page,
    handle=handle,
    takes={DoorChanged: PersonPresence.RENEWED},
    patience=patience,
    work=Work(goes_on=goes_on, waits_for=waits_for),
    subject=HelpSubject.DOCUMENT,
    final=True,
)
