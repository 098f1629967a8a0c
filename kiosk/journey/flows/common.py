"""What every flow has around it: what stands before the first page, and what opens over any page."""

from kiosk.journey.context import Context
from kiosk.journey.flow import Entrance, FlowDoor, Transition
from kiosk.journey.steps.address import ADDRESS
from kiosk.journey.steps.closed import CLOSED
from kiosk.journey.steps.display import DISPLAY
from kiosk.journey.steps.help import HELP
from kiosk.journey.steps.language import LANGUAGE
from kiosk.journey.steps.pin import PIN
from kiosk.journey.steps.recovering import RECOVERING
from kiosk.journey.steps.start_over import START_OVER, has_entries
from kiosk.journey.steps.technician import TECHNICIAN
from kiosk.journey.steps.unavailable import UNAVAILABLE
from kiosk.journey.surroundings import Surroundings


def has_languages(context: Context, around: Surroundings) -> bool:
    del context
    return len(around.offer.languages) > 1


def has_pin(context: Context, around: Surroundings) -> bool:
    del context
    return around.pin


def is_closed(around: Surroundings) -> bool:
    return bool(around.copied or around.out_of_order or around.availability.closed)


#: A kiosk that gives nothing now, and one that has to find out about money first.
ENTRANCES = (
    Entrance(CLOSED, is_closed),
    Entrance(RECOVERING, lambda around: around.settling),
)

#: The bar: on every page, also while the kiosk asks whether somebody is there.
BAR = (
    FlowDoor(HELP, "help", repeats=True),
    FlowDoor(LANGUAGE, "show-language", when=has_languages),
    FlowDoor(DISPLAY, "show-display"),
)

#: "Start again" where people enter something: they are asked once.
START_OVER_DOOR = FlowDoor(START_OVER, "restart", when=has_entries)

#: Where nothing of a journey lies yet a technician finds the way in.
TECHNICIAN_DOORS = (
    FlowDoor(PIN, "technician", at=(LANGUAGE, UNAVAILABLE, CLOSED, RECOVERING), when=has_pin),
    FlowDoor(ADDRESS, "address", at=(TECHNICIAN,)),
)
TECHNICIAN_TRANSITIONS = (Transition(PIN, "", TECHNICIAN),)
