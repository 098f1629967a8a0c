"""A technician enrols the kiosk, tries its devices and changes it."""

from typing import Literal

import msgspec

from kiosk.journey.events.tickets import FailureCode


class Enrol(msgspec.Struct, frozen=True):
    """Effect: use this enrolment code; answered by ``EnrolRefused``, or by the end of this kiosk."""

    code: str


class EnrolmentScanned(msgspec.Struct, frozen=True):
    """The scanner of a kiosk that is not enrolled read what may enrol it. It is a secret as the code in it is."""

    text: str

    def __repr__(self) -> str:
        return "EnrolmentScanned(...)"


class EnrolByText(msgspec.Struct, frozen=True):
    """Effect: enrol by what was scanned; answered as ``Enrol`` is."""

    text: str

    def __repr__(self) -> str:
        return "EnrolByText(...)"


class EnrolRefused(msgspec.Struct, frozen=True):
    problem: FailureCode


class CheckPin(msgspec.Struct, frozen=True):
    """Effect: is this the technician's PIN? Answered by ``PinAnswered``."""

    number: int
    pin: str


class PinAnswered(msgspec.Struct, frozen=True):
    """Answer to ``CheckPin``. ``wait_s``: too many were wrong, and none is taken for so long."""

    number: int
    ok: bool
    wait_s: int = 0


class PrintTest(msgspec.Struct, frozen=True):
    """Effect: print a test slip; answered by ``TrialAnswered``."""

    number: int


class FindChip(msgspec.Struct, frozen=True):
    """Effect: see whether any chip answers, and read nothing of it. Answered by ``TrialAnswered``."""

    number: int


class TryTerminal(msgspec.Struct, frozen=True):
    """Effect: ask the terminal how it is (a diagnosis, no money moves); answered by ``TrialAnswered``."""

    number: int


class RollChanged(msgspec.Struct, frozen=True):
    """Effect: a new roll lies in the printer: look at it anew. Answered by ``TrialAnswered``."""

    number: int


class TrialAnswered(msgspec.Struct, frozen=True):
    """Answer to ``PrintTest``, ``RollChanged``, ``FindChip`` or ``TryTerminal``; no ``code`` is good."""

    number: int
    what: Literal["print", "roll", "chip", "terminal"]
    code: str = ""


class SetAddress(msgspec.Struct, frozen=True):
    """Effect: try this address for the part (``DevicePart.name``), and keep it if it opens. Empty takes the part away.

    Answered by ``AddressAnswered``, and by ``HealthChanged`` where it was kept.
    """

    number: int
    part: str
    address: str


class AddressAnswered(msgspec.Struct, frozen=True):
    """Answer to ``SetAddress``: ``code`` is a failure code, empty where the address was kept."""

    number: int
    code: str = ""


class SetOutOfOrder(msgspec.Struct, frozen=True):
    """Effect: take the kiosk out of order or put it in service, and keep that; answered by ``ModeChanged``."""

    out_of_order: bool


class Restart(msgspec.Struct, frozen=True):
    """Effect: end the process in good order; whatever runs the kiosk starts it again. Not answered."""
