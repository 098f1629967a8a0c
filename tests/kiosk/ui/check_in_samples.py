"""Every page of somebody who has an appointment."""

from typing import Any, Literal

import msgspec

from kiosk.journey.order import AgeBandCount
from kiosk.journey.page import JourneyPage, JourneyStop
from kiosk.journey.steps.admission import AdmissionPage
from kiosk.journey.steps.booked_party import CompanyPage
from kiosk.journey.steps.booking import BookingPage, Found
from kiosk.journey.steps.booking_code import SignsPage
from kiosk.journey.steps.check_in import AppointmentPage
from kiosk.journey.steps.early import EarlyPage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.steps.wrong_day import DayPage

#: What stands in the way of an appointment, and what leads on there.
NOT_ADMITTED: dict[Found, dict[str, Any]] = {
    "asking": {},
    "away": {"number": True},
    "slowed": {"number": True, "wait_min": 15},
    "unknown": {"number": True, "again": True},
    "other-centre": {"number": True, "place": "Harbour Consular Centre", "address": "Quay 3, Floor 2"},
    "cancelled": {"number": True, "can_choose": True},
    "displaced": {"number": True, "can_choose": True},
    "checked-in": {"code": "A128"},
    "wrong-person": {"number": True, "again": True},
    "needs-document": {"number": True, "again": True},
    "too-late": {"number": True, "can_choose": True, "clock": "11:00"},
    "staff": {},
}
_LINK = "https://queue.example/b/" + "A" * 43


def check_in(centre: str, stops: tuple[JourneyStop, ...], family: tuple[AgeBandCount, ...]) -> dict[str, JourneyPage]:
    """Every page of somebody who has an appointment."""
    on: dict[str, Any] = {"steps": 2, "centre": centre}
    came: tuple[Literal["on-time", "early", "late"], ...] = ("on-time", "early", "late")
    day = DayPage(
        step=2, day="2026-12-03", clock="10:30", today="2026-11-24", ahead=12, number=True, can_print=True, **on
    )
    choose = msgspec.structs.replace(day, can_choose=True)
    ticket = TicketPage(step=2, can_back=False, code="A128", paper="taken", ahead=4, stops=stops[:1], **on)
    return {
        "appointment": AppointmentPage(step=1, scanner=True, reader="ready", **on),
        "appointment-foreign": AppointmentPage(step=1, scanner=True, reader="ready", foreign=True, **on),
        "appointment-shown": AppointmentPage(step=1, scanner=True, reader="ready", shown=True, **on),
        "appointment-reading": AppointmentPage(step=1, scanner=True, reader="reading", **on),
        "appointment-confirms": AppointmentPage(step=1, reader="again", confirms=True, side="left", **on),
        "appointment-code-only": AppointmentPage(step=1, **on),
        "signs": SignsPage(step=1, entered="HS4K7", **on),
        "admission": AdmissionPage(step=2, **on),
        "early": EarlyPage(step=2, now="13:10", opens="14:15", clock="14:30", **on),
        "day": choose,
        "day-code": day,
        "day-full": msgspec.structs.replace(choose, number=False, ahead=-1),
        "day-printing": msgspec.structs.replace(choose, paper="printing", can_print=False),
        "day-taken": msgspec.structs.replace(choose, paper="taken", can_print=False, ahead=0),
        "day-no-paper": msgspec.structs.replace(choose, paper="none", can_print=False, ahead=-1),
        "day-link": msgspec.structs.replace(choose, link=_LINK),
        "company": CompanyPage(step=2, people=4, here=4, most=8, **on),
        "company-fewer": CompanyPage(step=2, people=6, counts=True, here=4, most=8, bands=family, **on),
        "company-more": CompanyPage(step=2, people=3, counts=True, here=4, most=4, bands=family, **on),
        "company-nobody": CompanyPage(
            step=2, people=4, counts=True, here=0, most=8, bands=(AgeBandCount("anyone"),), **on
        ),
        **{f"ticket-{how}": msgspec.structs.replace(ticket, booked="11:00", came=how) for how in came},
        **{f"booking-{found}": BookingPage(step=2, found=found, **on, **more) for found, more in NOT_ADMITTED.items()},
        "booking-link": BookingPage(step=2, found="cancelled", number=True, link=_LINK, **on),
    }
