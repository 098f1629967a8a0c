"""What one person's journey carries (``Context``), and what stands around it (``Surroundings``).

Everything that comes from a person is in the context: replacing it is the wipe.
"""

from typing import Literal

import msgspec

from kiosk.journey.offer import Offer
from kiosk.journey.page import Stop
from queue_server.values import HelpKind

type Sent = Literal["sending", "told", "coming", "away"]
type OnPaper = Literal["printing", "taken", "none", "cut"]


class Ticket(msgspec.Struct, frozen=True):
    """The ticket as the page shows it; ``ahead`` is -1 where the server has not said it."""

    visit: str
    code: str
    stops: tuple[Stop, ...] = ()
    paper: OnPaper = "printing"
    ahead: int = -1


class Help(msgspec.Struct, frozen=True):
    """One call for staff; ``call`` counts the different calls of this person."""

    kind: HelpKind
    call: int
    sent: Sent = "sending"


class Context(msgspec.Struct, frozen=True):
    """One person's choices so far. ``document`` is the issuing state of a document that was read, and no more of it."""

    language: str = ""
    language_chosen: bool = False
    document: str = ""
    reader: Literal["ready", "reading", "again"] = "ready"
    government: str = ""
    kind: str = ""
    service: str = ""
    issuing: bool = False
    ticket: Ticket | None = None
    help: Help | None = None
    large: bool = False
    contrast: bool = False
    lowered: bool = False
    entered: str = ""
    enrolling: bool = False
    problem: str = ""


class Surroundings(msgspec.Struct, frozen=True):
    """What the kiosk knows of itself and its centre; it outlives the person."""

    enrolled: bool = False
    offer: Offer = Offer()
    kiosk: str = ""
    paper: bool = True
    reader: bool = False


class Timing(msgspec.Struct, frozen=True):
    """Seconds without a touch until the kiosk asks, and what follows (specs: EN 301 549, WCAG 2.2.1)."""

    idle: float = 60.0
    idle_long: float = 120.0
    countdown: float = 20.0
    ticket: float = 30.0
    help: float = 300.0
