"""A document and its chip, a seal, and the documents of a party, in every state."""

from typing import Any

import msgspec

from kiosk.journey.can import CanPage
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.chip import ChipPage
from kiosk.journey.steps.documents import DocumentsPage, PartyMember
from tests.kiosk.ui.sample_centre import SampleCentre

CHIP_OUTCOMES = (
    "read",
    "expired",
    "paper-expired",
    "document-unread",
    "look",
    "document-removed",
    "chip-reserved",
    "chip-access-refused",
    "chip-answer-invalid",
    "chip-channel-broken",
    "chip-data-invalid",
    "device-not-connected",
    "device-busy",
    "device-timeout",
    "something-new",
)
SEALS = {
    "seal-holds": "emergency-travel-document",
    "seal-expired": "visa",
    "seal-unchecked": "residence-permit",
    "seal-nameless": "health-certificate",
    "look": "substitute-identity-document",
}
FAMILY = (
    PartyMember("adult", 1, alone=False, state="read", name="A\N{BULLET}\N{BULLET}\N{BULLET}\N{BULLET}"),
    PartyMember("adult", 2, alone=False, state="read", name="M\N{BULLET}\N{BULLET}\N{BULLET}\N{BULLET}"),
    PartyMember("child", 1, alone=True, state="now"),
    PartyMember("small", 1, alone=True, state="later"),
)
CHILDREN = (
    PartyMember("adult", 1, alone=True, state="read"),
    PartyMember("child", 1, alone=False, state="none"),
    PartyMember("child", 2, alone=False, state="counter", name="J\N{BULLET}\N{BULLET}\N{BULLET}\N{BULLET}"),
    PartyMember("child", 3, alone=False, state="now"),
)
GROUP = tuple(
    PartyMember(
        "person", nth, alone=False, state="read" if nth < 5 else "none" if nth == 5 else "now" if nth == 6 else "later"
    )
    for nth in range(1, 12)
)
ALL_READ = tuple(
    msgspec.structs.replace(one, state="read", name="W\N{BULLET}\N{BULLET}\N{BULLET}\N{BULLET}") for one in FAMILY
)
LAST = (*FAMILY[:2], PartyMember("small", 1, alone=True, state="now"))
FIRST = tuple(PartyMember("small", nth, alone=False, state="now" if nth == 1 else "later") for nth in range(1, 9))
#: The states of the page of a party's documents, by the end of their names.
DOCUMENTS: dict[str, dict[str, Any]] = {
    "": {},
    "-reading": {"reader": "reading"},
    "-again": {"reader": "again"},
    "-twice": {"reader": "twice"},
    "-missing": {"reader": "missing"},
    "-chip": {"chip": "reading", "percent": 40},
    "-chip-back": {"chip": "back", "percent": 40},
    "-left": {"people": CHILDREN, "side": "left"},
    "-left-again": {"people": CHILDREN, "reader": "again"},
    "-group": {"people": GROUP},
    "-group-twice": {"people": GROUP, "reader": "twice"},
    "-group-first": {"people": FIRST},
    "-last": {"people": LAST},
    "-all": {"people": ALL_READ},
    "-all-of-a-group": {"people": tuple(msgspec.structs.replace(one, state="read") for one in GROUP)},
}


def documents(centre: str, people: tuple[PartyMember, ...] = FAMILY, **more: Any) -> DocumentsPage:
    return DocumentsPage(step=3, centre=centre, people=people, **more)


def chips(here: SampleCentre) -> dict[str, JourneyPage]:
    """Every page about a document, its chip or a seal."""
    centre = here.centre
    return {
        "chip": ChipPage(step=1, centre=centre),
        "chip-reading": ChipPage(step=1, centre=centre, state="reading", percent=65),
        "chip-back": ChipPage(step=1, centre=centre, state="back", percent=30),
        **{
            f"chip-{outcome}": ChipPage(step=1, centre=centre, state="ended", percent=100, outcome=outcome)
            for outcome in CHIP_OUTCOMES
        },
        "seal": ChipPage(step=1, centre=centre, seal="visa"),
        **{
            f"seal-{outcome.removeprefix('seal-')}": ChipPage(
                step=1, centre=centre, state="ended", outcome=outcome, seal=kind
            )
            for outcome, kind in SEALS.items()
        },
        **{f"documents{name}": documents(centre, **more) for name, more in DOCUMENTS.items()},
        "can": CanPage(centre=centre, step=1),
        "can-again": CanPage(centre=centre, step=1, entered="0689", again=True),
    }
