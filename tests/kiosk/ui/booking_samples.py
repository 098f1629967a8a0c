"""Every page of somebody who books a time on another day."""

from kiosk.journey.booking_ahead import TimeChoice
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.booked_time import ReservedPage
from kiosk.journey.steps.free_times import TimesPage
from kiosk.journey.steps.held_time import HeldPage
from queue_server.domain.appointments import LINK_PATH

DAYS = ("2026-11-24", "2026-11-25", "2026-11-26", "2026-12-02", "2026-12-03", "2026-12-30")
HOURS = ("08:30", "09:00", "10:15", "11:00", "13:45", "14:00")
LINK = f"https://queue.example{LINK_PATH}{'A' * 43}"
NEAR = (
    *(TimeChoice(f"{day}T09:20", day, at, "09:20") for at, day in enumerate(DAYS[:3])),
    TimeChoice(f"{DAYS[4]}T14:00", DAYS[4], 9, "14:00"),
)


def booking_ahead(centre: str, service: str, other: str) -> dict[str, JourneyPage]:
    """Name each page; ``service`` and ``other`` are what they come for."""

    def times(**more: object) -> TimesPage:
        return TimesPage(step=2, steps=4, centre=centre, **more)  # type: ignore[arg-type] # as the page has them

    def held(**more: object) -> HeldPage:
        kept = {"day": DAYS[4], "clock": "14:00", "until": "11:35", "service": service} | more
        return HeldPage(step=3, steps=4, centre=centre, **kept)  # type: ignore[arg-type] # as the page has them

    def reserved(**more: object) -> ReservedPage:
        kept = {"day": DAYS[4], "clock": "14:00", "code": "HS4K 7KM2"} | more
        return ReservedPage(step=4, steps=4, centre=centre, can_back=False, **kept)  # type: ignore[arg-type] # the same

    days = tuple(TimeChoice(day, day, at) for at, day in enumerate(DAYS[:5]))
    hours = tuple(TimeChoice(f"{DAYS[4]}T{clock}", DAYS[4], 9, clock) for clock in HOURS)
    return {
        "times-asking": times(),
        "times-first": times(found="choose", times=NEAR, others=True),
        "times-lost": times(found="choose", times=NEAR, others=True, lost=True),
        "times-one": times(found="choose", times=NEAR[1:2]),
        "times-working": times(found="choose", times=NEAR, others=True, working=True),
        "times-days": times(found="choose", view="days", times=days, more=True),
        "times-hours": times(found="choose", view="times", day=DAYS[4], times=hours),
        "times-nothing": times(found="nothing", link="https://queue.example/book"),
        "times-away": times(found="away", link="https://queue.example/book"),
        "times-remote": times(found="remote", link="https://queue.example/book"),
        "times-not-offered": times(found="not-offered", link="https://queue.example/book"),
        "held": held(),
        "held-party": held(service=f"{service} + {other}", services=2, people=4),
        "held-working": held(working=True, can_back=False),
        "held-away": held(away=True),
        "held-no-paper": held(no_paper=True),
        "reserved-printing": reserved(),
        "reserved": reserved(paper="taken"),
        "reserved-no-paper": reserved(paper="none", link=LINK),
    }
