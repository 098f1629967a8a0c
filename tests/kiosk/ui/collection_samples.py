"""Every page of somebody who collects."""

from typing import Literal

from kiosk.journey.events import DoorState, WallDoor
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.collect import CollectPage
from kiosk.journey.steps.collected import CollectedPage
from kiosk.journey.steps.findings import FindingsPage, FoundRow
from kiosk.journey.steps.locker import LockerPage
from kiosk.journey.steps.passcode import PasscodePage

#: A bank as it stands in a small centre, and one with two hundred doors.
WALL = tuple(WallDoor(str(row * 4 + column + 1), column + 1, row + 1) for row in range(5) for column in range(4))
LARGE_WALL = tuple(
    WallDoor(f"{row + 1}-{column + 1:02}", column + 1, row + 1) for row in range(10) for column in range(20)
)
DOOR_STATES: tuple[DoorState, ...] = (
    "opening",
    "open",
    "reminded",
    "overdue",
    "inside",
    "not-opened",
    "busy",
    "over",
    "staff",
    "away",
)
#: How far the receipt is, and how many documents more there are.
RECEIPTS: tuple[tuple[Literal["offered", "printing", "taken", "none"], int], ...] = (
    ("offered", 2),
    ("printing", 1),
    ("taken", 0),
    ("none", 0),
)
ITEMS = (
    FoundRow("passport", "here"),
    FoundRow("residence-permit", "here"),
    FoundRow("marriage-certificate", "counter"),
    FoundRow("court-document", "later"),
)


def collection(centre: str) -> dict[str, JourneyPage]:
    """Every page of somebody who collects."""
    found: dict[str, JourneyPage] = {
        "collect": CollectPage(steps=3, step=1, centre=centre),
        "collect-reading": CollectPage(steps=3, step=1, centre=centre, reader="reading"),
        "collect-again": CollectPage(steps=3, step=1, centre=centre, reader="again", side="left"),
        "passcode": PasscodePage(steps=3, step=1, centre=centre, entered="5821047"),
        "passcode-slip": PasscodePage(steps=3, step=1, centre=centre, entered="582104773926", is_slip=True),
        "findings-asking": FindingsPage(steps=3, step=2, centre=centre),
        "findings-nothing": FindingsPage(steps=3, step=2, centre=centre, found="nothing"),
        "findings-no-code": FindingsPage(steps=3, step=2, centre=centre, found="nothing", by_code=True),
        "findings-slowed": FindingsPage(steps=3, step=2, centre=centre, found="slowed", wait_min=15),
        "findings-away": FindingsPage(steps=3, step=2, centre=centre, found="away"),
        "findings": FindingsPage(steps=3, step=2, centre=centre, found="found", rows=ITEMS, here=2, at_counter=True),
        "findings-many": FindingsPage(
            steps=3, step=2, centre=centre, found="found", rows=ITEMS[:3], further=4, here=1, at_counter=True
        ),
        **{
            f"findings-{one.where}": FindingsPage(
                steps=3,
                step=2,
                centre=centre,
                found="found",
                rows=(one,),
                here=int(one.where == "here"),
                at_counter=one.where == "counter",
            )
            for one in ITEMS[1:]
        },
        "collected": CollectedPage(steps=3, step=3, centre=centre, can_back=False, kind="passport", door="14"),
        "collected-more": CollectedPage(
            steps=3, step=3, centre=centre, can_back=False, kind="residence-permit", door="3-07", more=2
        ),
        **{
            f"collected-{receipt}": CollectedPage(
                steps=3, step=3, centre=centre, can_back=False, kind="passport", door="14", more=more, receipt=receipt
            )
            for receipt, more in RECEIPTS
        },
        "locker-large": LockerPage(
            steps=3, step=3, centre=centre, can_back=False, state="open", door="7-13", wall=LARGE_WALL
        ),
        "locker-longer": LockerPage(steps=3, step=3, centre=centre, can_back=False, longer=True),
    }
    for state in DOOR_STATES:
        found[f"locker-{state}"] = LockerPage(
            steps=3, step=3, centre=centre, can_back=False, state=state, door="14", wall=WALL
        )
    return found
