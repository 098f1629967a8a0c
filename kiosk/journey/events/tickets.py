"""A ticket is asked for, made, printed and sent."""

from enum import StrEnum
from typing import Literal

import msgspec

from kiosk.journey.events.documents import Laid
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.page import JourneyStop, OwedFee
from queue_server.contract.requirements import StatedItem
from queue_server.domain.tariff import Headcount


class FailureCode(StrEnum):
    """Stable codes; the text that a person reads is in the QML files."""

    NO_OFFER = "kiosk-no-offer"
    OUTBOX = "kiosk-outbox"
    CODES_USED_UP = "kiosk-codes-exhausted"
    COPIED = "device-copied"
    ENROL_CODE = "kiosk-enrol-code"
    ENROL_AWAY = "kiosk-enrol-unreachable"
    ENROL_LIMIT = "kiosk-enrol-limit"
    ENROL_TEXT = "kiosk-enrol-text"
    ENROL_STRANGE = "kiosk-enrol-strange"
    ENROL_KIND = "kiosk-enrol-kind"


class MakeTicket(msgspec.Struct, frozen=True):
    """Effect: make a ticket, commit it, send it, print it; answered by ``Issued`` or ``IssueFailed``, then the rest.

    ``lacking`` is what people did not say that they have of what they are asked to bring, None where nobody asked.
    ``appointment`` is by what it is made one of an appointment: its id, or what its link says. ``admits``: the server
    has said that it lets them in now, and is asked before anything is on paper; then ``AdmissionRefused`` may be the
    answer. ``booked`` is the time of the appointment (``HH:MM``), as the paper says it, and so it does ``owed``.
    """

    number: int
    services: tuple[str, ...]
    language: str
    centre: str
    stops: tuple[JourneyStop, ...]
    asks_priority: bool = False
    people: tuple[Headcount, ...] = ()
    documents: tuple[Laid, ...] = ()
    lacking: tuple[StatedItem, ...] | None = None
    appointment: str = ""
    admits: bool = False
    booked: str = ""
    owed: OwedFee | None = None


class Issued(msgspec.Struct, frozen=True):
    """The ticket is committed to the outbox: from now on it exists. ``address`` is what its QR code says, or empty."""

    number: int
    visit: str
    code: str
    address: str = ""


class IssueFailed(msgspec.Struct, frozen=True):
    number: int
    problem: FailureCode


class VisitAccepted(msgspec.Struct, frozen=True):
    """The server took the visit; ``ahead`` visits are before it, and ``wait`` is how long that takes."""

    number: int
    ahead: int
    wait: ForeseenWait | None = None


class Printed(msgspec.Struct, frozen=True):
    number: int
    paper: Literal["taken", "none", "cut"]


class PrintTicketLater(msgspec.Struct, frozen=True):
    """Effect: print the ticket that ``MakeTicket`` made in this journey, and for which there was no paper then.

    Answered by ``Printed``.
    """

    number: int
