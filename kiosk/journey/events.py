"""What can happen to a journey, and what it asks for.

Answers carry ``number``, the number of the journey that asked: one that comes after its person left is ignored.
"""

from typing import Literal

import msgspec

from kiosk.journey.failure import FailureCode
from kiosk.journey.offer import Offer
from kiosk.journey.page import Stop
from queue_server.values import HelpKind


class Action(msgspec.Struct, frozen=True):
    """A control was used; unknown names and arguments are ignored."""

    name: str
    argument: str = ""


class DocumentReading(msgspec.Struct, frozen=True):
    """A document lies on the reader."""


class DocumentUnread(msgspec.Struct, frozen=True):
    """What the reader sent is not a machine readable zone that holds."""


class DocumentRead(msgspec.Struct, frozen=True):
    """A document was read. ``issuer`` is its issuing state as printed (ICAO 9303-3, section 5): all that comes here."""

    issuer: str


class Issued(msgspec.Struct, frozen=True):
    """The ticket is committed to the outbox: from now on it exists."""

    number: int
    visit: str
    code: str


class IssueFailed(msgspec.Struct, frozen=True):
    number: int
    problem: FailureCode


class Answered(msgspec.Struct, frozen=True):
    """The server took the visit; ``ahead`` visits are before it."""

    number: int
    ahead: int


class Printed(msgspec.Struct, frozen=True):
    number: int
    paper: Literal["taken", "none", "cut"]


class HelpAnswered(msgspec.Struct, frozen=True):
    number: int
    call: int
    sent: Literal["told", "coming", "away"]


class Enrolled(msgspec.Struct, frozen=True):
    """The kiosk belongs to a centre; ``kiosk`` is the name that staff know it by."""

    kiosk: str


class EnrolRefused(msgspec.Struct, frozen=True):
    problem: FailureCode


class PaperChanged(msgspec.Struct, frozen=True):
    """``paper`` is true only where the printer has said that it has paper and can print."""

    paper: bool


class ReaderChanged(msgspec.Struct, frozen=True):
    reader: bool


class OfferChanged(msgspec.Struct, frozen=True):
    offer: Offer


class Tick(msgspec.Struct, frozen=True):
    """Time has passed: nothing else did."""


type Event = (
    Action
    | DocumentReading
    | DocumentUnread
    | DocumentRead
    | Issued
    | IssueFailed
    | Answered
    | Printed
    | HelpAnswered
    | Enrolled
    | EnrolRefused
    | PaperChanged
    | ReaderChanged
    | OfferChanged
    | Tick
)


class Enrol(msgspec.Struct, frozen=True):
    """Effect: use this enrolment code; answered by ``Enrolled`` or ``EnrolRefused``."""

    code: str


class Issue(msgspec.Struct, frozen=True):
    """Effect: make a ticket, commit it, send it, print it; answered by ``Issued`` or ``IssueFailed``, then the rest."""

    number: int
    service: str
    language: str
    centre: str
    stops: tuple[Stop, ...]


class CallHelp(msgspec.Struct, frozen=True):
    """Effect: call staff; the same ``number`` and ``call`` again is the same call. Answered by ``HelpAnswered``."""

    number: int
    call: int
    kind: HelpKind


class TellStaff(msgspec.Struct, frozen=True):
    """Effect: tell staff of something that the kiosk needs, not the person. Not answered."""

    kind: HelpKind


class Refresh(msgspec.Struct, frozen=True):
    """Effect: ask the server for the offer now; answered by ``OfferChanged``, if at all."""


class Wipe(msgspec.Struct, frozen=True):
    """Effect: the person has left: forget what buffers, models and images hold of them."""


type Effect = Enrol | Issue | CallHelp | TellStaff | Refresh | Wipe
