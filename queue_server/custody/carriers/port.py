"""What custody asks of a carrier, whichever it is. Synchronous: called on a thread of its own."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from queue_server.domain.values import CentreId, Micros


class Parcel(msgspec.Struct, frozen=True):
    """One sending of one item; ``reference`` names it to the carrier and back, ``tracking`` is the carrier's number."""

    reference: str
    tracking: str
    sent_at: Micros

    def __repr__(self) -> str:
        """Leave the number out: it leads to a person."""
        return f"Parcel({self.reference})"


class ParcelOutcome(StrEnum):
    """What became of a parcel."""

    DELIVERED = "delivered"
    #: Not taken, or not found at home: it comes back.
    REFUSED = "refused"
    LOST = "lost"


class ParcelResult(msgspec.Struct, frozen=True):
    """What a carrier says of a parcel; ``line`` is where it says so."""

    line: int
    reference: str
    outcome: ParcelOutcome


class WrongLine(msgspec.Struct, frozen=True, order=True):
    """A line that was not taken, and why; line 0 stands for the whole."""

    line: int
    code: str


class ParcelResults(msgspec.Struct, frozen=True):
    """What a carrier said at once, under a name of its own, and what of it could not be read."""

    name: str
    results: tuple[ParcelResult, ...]
    wrong: tuple[WrongLine, ...]


class Carrier(Protocol):
    """A way to a carrier; raises ``OSError`` where it cannot be reached."""

    def announced(self, centre: CentreId) -> frozenset[str]:
        """List the references of what it was told already."""
        ...

    def announce(self, centre: CentreId, parcels: Sequence[Parcel], now: Micros) -> None:
        """Tell of parcels that it has; of one for a second time, where the first was cut off."""
        ...

    def waiting(self, centre: CentreId) -> Sequence[str]:
        """Name what it says and nobody has acknowledged, in its order."""
        ...

    def read(self, centre: CentreId, name: str) -> ParcelResults:
        """Read what it says under such a name."""
        ...

    def acknowledge(self, centre: CentreId, results: ParcelResults, wrong: Sequence[WrongLine]) -> None:
        """Say that all was taken but the wrong lines."""
        ...
