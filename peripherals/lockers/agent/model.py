"""What is known of a bank: what was commanded, as the journal has it, beside what is sensed. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from peripherals.lockers.port import CompartmentStatus
from queue_server.domain.lockers import BlockReason, Contents, LockerVerb


class OpeningStage(StrEnum):
    """How far an opening is."""

    #: It is in the journal that the lock is pulsed; nobody knows yet whether it was.
    INTENDED = "intended"
    #: It was pulsed; the door has not opened yet.
    PULSED = "pulsed"
    OPEN = "open"


class CompartmentCell(msgspec.Struct, frozen=True):
    """What the journal says of one compartment; ``item`` is also what was last known where nobody knows now."""

    contents: Contents = Contents.UNKNOWN
    item: str | None = None
    blocked: BlockReason | None = None


class DoorOpening(msgspec.Struct, frozen=True):
    """One order that opens a door. Times are in seconds of a clock that only goes forward (``time.monotonic``).

    ``since`` is when this stage began, ``shut_since`` when the door was sensed shut again.
    """

    order: str
    compartment: str
    verb: LockerVerb
    claim: str
    item: str | None
    stage: OpeningStage = OpeningStage.INTENDED
    attempt: int = 1
    since: float = 0.0
    shut_since: float | None = None
    reminded: bool = False
    alarmed: bool = False


class Bank(msgspec.Struct, frozen=True):
    """A bank as its journal has it. One opening at a time.

    ``used`` are the orders that were used, with the second of the epoch at which each expires; ``latest_at`` is when
    the last of them was issued, by the server's clock: where ours says less nothing is opened.
    """

    cells: dict[str, CompartmentCell] = {}
    opening: DoorOpening | None = None
    used: dict[str, float] = {}
    latest_at: float = 0.0

    def cell(self, name: str) -> CompartmentCell:
        return self.cells.get(name, CompartmentCell())


Seconds = Annotated[float, Meta(gt=0, le=3600)]


class OpeningTimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long is waited, in seconds; ``retries`` is how often a lock is pulsed once more.

    ``closed_s``: a door counts as shut once it was sensed so for this long, since switches bounce. ``abandon_s``: after
    so long a door that stands open is left to staff, and the bank goes on. ``skew_s``: how far clocks may be apart.
    """

    open_s: Seconds = 2.0
    retries: Annotated[int, Meta(ge=0, le=2)] = 2
    closed_s: Seconds = 0.5
    reminder_s: Seconds = 15.0
    alarm_s: Seconds = 60.0
    abandon_s: Seconds = 300.0
    skew_s: Seconds = 5.0


type Sensed = Mapping[str, CompartmentStatus]


def sensed_of(sensed: Sensed, name: str) -> CompartmentStatus:
    return sensed.get(name, CompartmentStatus(name))
