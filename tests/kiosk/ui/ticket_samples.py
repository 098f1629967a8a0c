"""The ticket, and the look at one."""

import msgspec

from kiosk.journey.page import JourneyPage, OwedFee
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.steps.ticket_code import CodePage
from kiosk.journey.steps.ticket_status import StatusPage
from queue_server.domain.values import CODE_LETTERS
from tests.kiosk.ui.sample_centre import CHEAP, RANGE, SHUT, YEN, SampleCentre

#: As long as an address of a ticket gets.
ADDRESS = "https://queue.consular-support-centre.example/t/" + "AZ-9_x7" * 6 + "Q"


def tickets(here: SampleCentre) -> dict[str, JourneyPage]:
    """Every page with a ticket."""
    centre = here.centre
    return {
        "ticket": TicketPage(
            step=5,
            can_back=False,
            centre=centre,
            code="B042",
            paper="taken",
            ahead=6,
            stops=here.stops[:3],
        ),
        "ticket-crowded": TicketPage(
            step=5, can_back=False, centre=centre, code="K0042", paper="taken", ahead=102, stops=here.stops
        ),
        "ticket-range": TicketPage(
            step=5,
            can_back=False,
            centre=centre,
            code="K0042",
            paper="taken",
            ahead=102,
            wait=RANGE,
            stops=here.stops[:3],
        ),
        "ticket-shut": TicketPage(
            step=5,
            can_back=False,
            centre=centre,
            code="B042",
            paper="taken",
            ahead=31,
            wait=SHUT,
            stops=here.stops[:3],
        ),
        "ticket-printing": here.ticket,
        "ticket-none": TicketPage(
            step=5, can_back=False, centre=centre, code="B042", paper="none", ahead=1, stops=here.stops, address=ADDRESS
        ),
        "ticket-none-paper": TicketPage(
            step=5,
            can_back=False,
            centre=centre,
            code="B042",
            paper="none",
            ahead=1,
            stops=here.stops,
            address=ADDRESS,
            can_print=True,
        ),
        "ticket-cut": TicketPage(
            step=5, can_back=False, centre=centre, code="K0042", paper="cut", ahead=0, stops=here.stops, address=ADDRESS
        ),
        "ticket-unsent": TicketPage(step=5, can_back=False, centre=centre, code="B042", paper="taken"),
        "ticket-paid": msgspec.structs.replace(here.ticket, paper="taken", asks=True, paid=True, stops=here.stops[:3]),
        "ticket-paid-cut": msgspec.structs.replace(here.ticket, paper="cut", paid=True),
        "ticket-owed": msgspec.structs.replace(
            here.ticket,
            paper="taken",
            asks=True,
            wait=RANGE,
            owed=OwedFee((CHEAP,), here.stops[1].label),
            stops=here.stops[:3],
        ),
        "ticket-owed-cut": msgspec.structs.replace(here.ticket, paper="cut", owed=OwedFee((CHEAP, YEN))),
        "ticket-asks": msgspec.structs.replace(
            here.ticket, paper="taken", asks=True, notice=here.announced, stops=here.stops[:3]
        ),
        "ticket-typed": msgspec.structs.replace(
            here.ticket, paper="taken", asks=True, notice=here.typed, stops=here.stops[:3]
        ),
        "status-looking": StatusPage(centre=centre),
        "status": StatusPage(
            centre=centre, found="waiting", code="K0042", ahead=102, stop=here.stops[1].label, place=here.stops[1].place
        ),
        "status-next": StatusPage(centre=centre, found="waiting", code="B042", ahead=0, stop=here.stops[0].label),
        "status-called": StatusPage(centre=centre, found="called", code="K0042", counter="12"),
        "status-serving": StatusPage(centre=centre, found="serving", code="B042", counter="7"),
        "status-parked": StatusPage(centre=centre, found="parked", code="B042"),
        "status-missed": StatusPage(centre=centre, found="missed", code="B042"),
        "status-over": StatusPage(centre=centre, found="over", code="B042"),
        "status-unknown": StatusPage(centre=centre, found="unknown"),
        "status-away": StatusPage(centre=centre, found="away"),
        "status-typed": StatusPage(centre=centre, found="waiting", typed=True, code="K0042"),
        "status-typed-called": StatusPage(centre=centre, found="called", typed=True, code="B042", counter="12"),
        "status-not-shown": StatusPage(centre=centre, found="not-shown", typed=True, code="K0042"),
        "status-limited": StatusPage(centre=centre, found="limited", typed=True),
        "code": CodePage(centre=centre, letters=tuple(CODE_LETTERS)),
        "code-digits": CodePage(centre=centre, entered="B04"),
        "code-full": CodePage(centre=centre, entered="K0042", ready=True),
    }
