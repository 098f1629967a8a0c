"""A form: somebody fills in what is asked for their service while they wait, or goes on with one that was begun."""

from kiosk.journey import filling
from kiosk.journey.context import Context
from kiosk.journey.flow import RETURN, Flow, Leg, Transition, never
from kiosk.journey.flows.common import BAR, START_OVER_DOOR
from kiosk.journey.form_step import LOST
from kiosk.journey.steps.consent import CONSENT
from kiosk.journey.steps.form_answers import FORM_ANSWERS
from kiosk.journey.steps.form_code import FORM_CODE
from kiosk.journey.steps.form_declined import FORM_DECLINED
from kiosk.journey.steps.form_done import FORM_DONE
from kiosk.journey.steps.form_keep import FORM_KEEP
from kiosk.journey.steps.form_list import FORM_LIST
from kiosk.journey.steps.form_opening import FORM_OPENING
from kiosk.journey.steps.form_pin import FORM_PIN
from kiosk.journey.steps.form_saving import FORM_SAVING
from kiosk.journey.steps.new_form_pin import NEW_FORM_PIN
from kiosk.journey.steps.prefill import PREFILL
from kiosk.journey.steps.question import QUESTION, unchanged
from kiosk.journey.surroundings import Surroundings


def wants_pin(context: Context, around: Surroundings) -> bool:
    """Tell whether a PIN is to be chosen."""
    found = filling.known(context)
    return filling.is_new(context, around) and found.keeps == "yes"


_LEGS = (
    Leg(FORM_LIST, stage=1, when=filling.has_ticket),
    Leg(FORM_CODE, stage=1, when=filling.opens),
    Leg(FORM_PIN, stage=1, when=filling.opens),
    Leg(FORM_OPENING, stage=1, when=filling.opens, back=never),
    Leg(CONSENT, stage=1, when=filling.is_new),
    Leg(FORM_DECLINED, stage=1, when=filling.is_declined),
    Leg(PREFILL, stage=2, when=filling.asks_document),
    Leg(QUESTION, stage=2),
    Leg(FORM_ANSWERS, stage=3),
    Leg(FORM_KEEP, stage=4, when=filling.is_new),
    Leg(NEW_FORM_PIN, stage=4, when=wants_pin),
    Leg(FORM_SAVING, stage=4, back=never),
    Leg(FORM_DONE, stage=4),
)

FORM = Flow(
    name="form",
    legs=_LEGS,
    failed=FORM_DECLINED,
    transitions=(
        Transition(FORM_LIST, "leave", RETURN),
        Transition(FORM_OPENING, "again", FORM_CODE),
        Transition(FORM_OPENING, "answered", FORM_ANSWERS),
        Transition(FORM_OPENING, "leave", RETURN),
        Transition(FORM_DECLINED, "again", CONSENT),
        Transition(FORM_DECLINED, "leave", RETURN),
        Transition(FORM_ANSWERS, "change", QUESTION, undo=unchanged),
        Transition(FORM_SAVING, "change", QUESTION),
        Transition(FORM_SAVING, "leave", RETURN),
        Transition(FORM_DONE, "next", FORM_LIST),
        *(Transition(leg.step, LOST, RETURN) for leg in _LEGS),
    ),
    doors=(*BAR, START_OVER_DOOR),
)
