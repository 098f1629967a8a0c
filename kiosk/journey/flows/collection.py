"""Collection: somebody shows their document or types a code, and takes what is here for them out of a door."""

from kiosk.journey import chip_reading, collecting
from kiosk.journey.context import Context
from kiosk.journey.flow import RETURN, Flow, Leg, Transition, never
from kiosk.journey.flows.common import BAR, START_OVER_DOOR
from kiosk.journey.steps.chip import CHIP
from kiosk.journey.steps.collect import COLLECT
from kiosk.journey.steps.collected import COLLECTED
from kiosk.journey.steps.findings import FINDINGS
from kiosk.journey.steps.locker import LOCKER
from kiosk.journey.steps.passcode import PASSCODE
from kiosk.journey.surroundings import Surroundings


def chip_matters(context: Context, around: Surroundings) -> bool:
    """Tell whether there is something to say of a chip, or to wait for."""
    return not collecting.by_code(context, around) and chip_reading.asks(context)


COLLECTION = Flow(
    name="collection",
    legs=(
        Leg(COLLECT, stage=1),
        Leg(PASSCODE, stage=1, when=collecting.by_code),
        Leg(CHIP, stage=1, when=chip_matters, back=never),
        Leg(FINDINGS, stage=2),
        Leg(LOCKER, stage=3),
        Leg(COLLECTED, stage=3),
    ),
    failed=FINDINGS,
    transitions=(
        # A number for the counter is given where everybody gets one.
        Transition(FINDINGS, "counter", RETURN),
        Transition(FINDINGS, "again", COLLECT),
        Transition(COLLECTED, "next", FINDINGS),
    ),
    doors=(*BAR, START_OVER_DOOR),
)
