"""A chip within reach of a function call: what a reader's ``transmit`` is in tests and benchmarks."""

from dataclasses import dataclass, field

from peripherals.documents.passport.chip import SimulatedChip
from peripherals.documents.passport.specimen import Specimen
from peripherals.documents.passport.wire import WireTotals
from peripherals.errors import DocumentRemovedError


@dataclass(slots=True)
class InProcess:
    """One document on a reader. ``wire`` counts commands and bytes, and the time that they would take on the air."""

    chip: SimulatedChip
    wire: WireTotals = field(default_factory=WireTotals)
    #: Exchanges after which the document is taken away; 0 is never.
    removed_after: int = 0
    #: Whether it goes on answering after that, as if it had never been away.
    answers_when_removed: bool = False
    present: bool = True

    def transmit(self, command: bytes) -> bytes:
        """Send a command APDU, get the response APDU.

        Raises:
            DocumentRemovedError: the document is not there.
        """
        if self.removed_after and self.wire.exchanges == self.removed_after and self.present:
            self.present = False
            raise DocumentRemovedError
        if not self.present and not self.answers_when_removed:
            raise DocumentRemovedError
        response = self.chip.transmit(bytes(command))
        self.wire.count(command, response)
        return response

    def remove(self) -> None:
        """Take the document away: the chip loses its power."""
        self.present = False
        self.chip.reset()

    def insert(self) -> None:
        self.present = True


def place(specimen: Specimen, wire: WireTotals | None = None) -> InProcess:
    """Lay a specimen on a reader."""
    profile = specimen.profile
    return InProcess(
        specimen.chip, wire or WireTotals(), profile.removed_after, answers_when_removed=profile.answers_when_removed
    )
