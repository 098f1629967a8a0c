"""The visit: somebody chooses what they come for, pays where they like to, and gets a ticket."""

from kiosk.journey import (
    booking_ahead,
    bringing,
    checking_in,
    chip_reading,
    choose,
    collecting,
    filling,
    order,
    party_documents,
)
from kiosk.journey.closed_today import is_closed_today
from kiosk.journey.context import Context
from kiosk.journey.flow import Entrance, Flow, FlowDoor, FlowScan, Leg, Transition, always, never
from kiosk.journey.flows.booking_ahead import ANOTHER_DAY, BOOKING_AHEAD
from kiosk.journey.flows.check_in import CHECK_IN
from kiosk.journey.flows.collection import COLLECTION
from kiosk.journey.flows.common import BAR, ENTRANCES, START_OVER_DOOR, TECHNICIAN_DOORS, TECHNICIAN_TRANSITIONS
from kiosk.journey.flows.form import FORM
from kiosk.journey.flows.information import INFORMATION, is_there
from kiosk.journey.steps.before_closing import BEFORE_CLOSING
from kiosk.journey.steps.bring import BRING
from kiosk.journey.steps.chip import CHIP
from kiosk.journey.steps.closed import CLOSED
from kiosk.journey.steps.closed_service import CLOSED_SERVICE
from kiosk.journey.steps.confirm import CONFIRM
from kiosk.journey.steps.documents import DOCUMENTS
from kiosk.journey.steps.fee import FEE
from kiosk.journey.steps.government import GOVERNMENT
from kiosk.journey.steps.help import HELP
from kiosk.journey.steps.identify import IDENTIFY
from kiosk.journey.steps.kind import KIND
from kiosk.journey.steps.language import LANGUAGE
from kiosk.journey.steps.more import MORE
from kiosk.journey.steps.party import PARTY
from kiosk.journey.steps.pay import PAY
from kiosk.journey.steps.priority_request import PRIORITY_REQUEST
from kiosk.journey.steps.service import SERVICE
from kiosk.journey.steps.ticket import TICKET
from kiosk.journey.steps.ticket_code import TICKET_CODE, complete
from kiosk.journey.steps.ticket_status import TICKET_STATUS
from kiosk.journey.steps.unavailable import UNAVAILABLE
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.upcoming_wait import is_too_late


def without_document(context: Context, around: Surroundings) -> bool:
    del around
    return not context.document


def chip_matters(context: Context, around: Surroundings) -> bool:
    """Tell whether there is something to say of a chip, or to wait for."""
    del around
    return chip_reading.asks(context)


def without_ticket(context: Context, around: Surroundings) -> bool:
    del around
    return context.ticket is None


def not_issuing(context: Context, around: Surroundings) -> bool:
    del around
    return not context.issuing


def has_service(context: Context, around: Surroundings) -> bool:
    del around
    return bool(context.service)


VISIT = Flow(
    name="visit",
    legs=(
        Leg(LANGUAGE),
        Leg(IDENTIFY, stage=1, when=without_document, back=always),
        Leg(CHIP, stage=1, when=chip_matters, back=never),
        Leg(GOVERNMENT, stage=2),
        Leg(KIND, stage=3),
        Leg(SERVICE, stage=3),
        Leg(CLOSED_SERVICE, stage=3, when=is_closed_today, back=never),
        Leg(MORE, stage=3, when=order.can_be_more),
        Leg(BEFORE_CLOSING, stage=3, when=is_too_late),
        Leg(DOCUMENTS, stage=3, when=party_documents.matters),
        Leg(BRING, stage=3, when=bringing.matters),
        Leg(CONFIRM, stage=4),
        Leg(FEE, stage=4, when=without_ticket),
        Leg(PAY, stage=4, when=without_ticket),
        Leg(TICKET, stage=5),
    ),
    entrances=(*ENTRANCES, Entrance(UNAVAILABLE, lambda around: not around.offer.served(), throughout=True)),
    failed=UNAVAILABLE,
    transitions=(
        Transition(IDENTIFY, "collect", COLLECTION, when=collecting.is_offered),
        Transition(KIND, "collect", COLLECTION, when=collecting.is_offered),
        Transition(IDENTIFY, "check-in", CHECK_IN, when=checking_in.is_offered),
        Transition(KIND, "check-in", CHECK_IN, when=checking_in.is_offered),
        Transition(GOVERNMENT, "document", CHIP),
        Transition(KIND, "elsewhere", GOVERNMENT, undo=choose.of_document),
        Transition(MORE, "add", KIND, undo=order.taken_back),
        Transition(CLOSED_SERVICE, "book-ahead", ANOTHER_DAY),
        Transition(BEFORE_CLOSING, "book-ahead", ANOTHER_DAY),
        Transition(UNAVAILABLE, "", CONFIRM, when=has_service),
        Transition(TICKET, "form", FORM),
        *TECHNICIAN_TRANSITIONS,
    ),
    doors=(
        *BAR,
        START_OVER_DOOR,
        FlowDoor(PARTY, "party", at=(MORE,), when=order.can_be_several, tied=True),
        FlowDoor(PRIORITY_REQUEST, "ask", at=(CONFIRM,), when=not_issuing, tied=True),
        FlowDoor(HELP, "private", at=(PRIORITY_REQUEST,)),
        FlowDoor(TICKET_CODE, "code", at=(IDENTIFY, UNAVAILABLE, CLOSED)),
        FlowDoor(FORM, "form", at=(TICKET_CODE,), when=filling.can_go_on),
        FlowDoor(INFORMATION, "information", at=(LANGUAGE, UNAVAILABLE, CLOSED), when=is_there),
        FlowDoor(BOOKING_AHEAD, "book-ahead", at=(CLOSED,), when=booking_ahead.is_offered),
        FlowDoor(TICKET_STATUS, "submit", at=(TICKET_CODE,), when=complete),
        *TECHNICIAN_DOORS,
    ),
    shown=FlowDoor(TICKET_STATUS, "", at=(LANGUAGE, IDENTIFY, UNAVAILABLE, CLOSED)),
    scans=(FlowScan(CHECK_IN, checking_in.scanned, at=(LANGUAGE, IDENTIFY, GOVERNMENT, KIND, CLOSED)),),
)
