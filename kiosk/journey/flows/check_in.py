"""Check-in: somebody shows that they have an appointment, and gets its ticket, or is told what comes next."""

from kiosk.journey import checking_in, chip_reading
from kiosk.journey.context import Context
from kiosk.journey.flow import RETURN, Flow, Leg, Transition, never
from kiosk.journey.flows.common import BAR, START_OVER_DOOR
from kiosk.journey.flows.form import FORM
from kiosk.journey.steps.admission import ADMISSION
from kiosk.journey.steps.booked_party import BOOKED_PARTY
from kiosk.journey.steps.booking import BOOKING
from kiosk.journey.steps.booking_code import BOOKING_CODE
from kiosk.journey.steps.check_in import CHECK_IN_START
from kiosk.journey.steps.chip import CHIP
from kiosk.journey.steps.early import EARLY
from kiosk.journey.steps.ticket import TICKET
from kiosk.journey.steps.unavailable import UNAVAILABLE
from kiosk.journey.steps.wrong_day import WRONG_DAY
from kiosk.journey.surroundings import Surroundings


def chip_matters(context: Context, around: Surroundings) -> bool:
    """Tell whether there is something to say of a chip, or to wait for."""
    return checking_in.by_document(context, around) and chip_reading.asks(context)


CHECK_IN = Flow(
    name="check-in",
    legs=(
        Leg(CHECK_IN_START, stage=1),
        Leg(BOOKING_CODE, stage=1, when=checking_in.by_code),
        Leg(CHIP, stage=1, when=chip_matters, back=never),
        Leg(BOOKING, stage=2, back=never),
        Leg(EARLY, stage=2, when=checking_in.is_early),
        Leg(WRONG_DAY, stage=2, when=checking_in.is_wrong_day),
        Leg(BOOKED_PARTY, stage=2, when=checking_in.is_party),
        Leg(ADMISSION, stage=2, back=never),
        Leg(TICKET, stage=2),
    ),
    failed=UNAVAILABLE,
    transitions=(
        # A number without the appointment is given where everybody gets one.
        Transition(BOOKING, "number", RETURN),
        Transition(BOOKING, "again", CHECK_IN_START),
        Transition(ADMISSION, "refused", BOOKING),
        Transition(TICKET, "form", FORM),
    ),
    doors=(*BAR, START_OVER_DOOR),
)
