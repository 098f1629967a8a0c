"""What the journey shows: one frozen value a page, all that its QML file needs and nothing else.

Here is what all pages have, and what several show; the pages are beside their steps. Text that belongs to the kiosk is
in the QML files (and their translations); names of governments, services and places come from the catalogue in the
person's language and travel here as text.
"""

from typing import Literal

import msgspec

from kiosk.journey.foreseen import ForeseenWait

#: Where a device stands, seen by who stands before the screen.
type Side = Literal["left", "right", "below"]


class Choice(msgspec.Struct, frozen=True):
    """One thing to choose: ``icon`` names a file of ``kit/icons``; ``badge`` stands in the well instead of it.

    ``wait`` is how long it takes until whoever chooses it is called, None where nobody can say, or nobody is.
    ``closed``: it is closed for the rest of the day.
    """

    id: str
    label: str
    icon: str = ""
    badge: str = ""
    wait: ForeseenWait | None = None
    closed: bool = False


class JourneyStop(msgspec.Struct, frozen=True):
    """One step of the visit, in order; ``place`` is empty where the catalogue names none."""

    label: str
    place: str = ""


class Language(msgspec.Struct, frozen=True):
    code: str
    endonym: str


class Fee(msgspec.Struct, frozen=True):
    """What a service costs: whole minor units of ``currency`` (ISO 4217), which has ``exponent`` decimal digits."""

    minor: int
    currency: str
    exponent: int


class OwedFee(msgspec.Struct, frozen=True):
    """What is still to be paid: several ``fees`` where the services share no currency.

    ``desk`` names the stop where it is paid, empty for a counter.
    """

    fees: tuple[Fee, ...]
    desk: str = ""


class JourneyPage(msgspec.Struct, frozen=True, tag_field="page", tag=lambda name: name.removesuffix("Page").lower()):
    """What every page has: ``step`` of ``steps`` dots (0 = outside of the journey), and what the bar can do."""

    step: int = 0
    steps: int = 5
    can_back: bool = True
    can_restart: bool = True
    can_language: bool = True
    can_inform: bool = False
    centre: str = ""
