"""Documents on the reader, and the reading of their chips."""

import msgspec

from kiosk.journey.context import ChipState


class ReadingStarted(msgspec.Struct, frozen=True):
    """A document lies on the reader."""


class DocumentUnread(msgspec.Struct, frozen=True):
    """What the reader sent is not a machine readable zone that holds: a page lay there, and could not be read.

    ``laid`` is a number for it, as that of ``DocumentRead``, so that staff may be told.
    """

    laid: int = 0


class DocumentRead(msgspec.Struct, frozen=True):
    """A document was read. ``issuer`` is its issuing state as printed (ICAO 9303-3, section 5): all that comes here.

    ``laid`` is the number under which the kiosk holds its zone until it is known whether it is needed; 0 is none.
    ``same`` is that of a document that was read before and has the same number; 0: there is none. ``initial`` is the
    first letter of its holder's name, or empty. ``seal`` is the kind of paper where a seal was held under the scanner
    in place of a document: it has no chip, and what it came to is known.
    """

    issuer: str
    laid: int = 0
    same: int = 0
    initial: str = ""
    seal: str = ""


class ChipProgress(msgspec.Struct, frozen=True):
    """How far the reading of a chip is. ``state`` is never ``ended``: that is ``ChipRead``.

    ``can``: the number on the card is wanted, ``again`` where the one before did not open it.
    """

    number: int
    laid: int
    state: ChipState
    percent: int = 0
    again: bool = False


class ChipRead(msgspec.Struct, frozen=True):
    """Answer to ``ReadChip``: it has ended. ``outcome`` as in ``ChipReadingState``, never empty."""

    number: int
    laid: int
    outcome: str


class ReadChip(msgspec.Struct, frozen=True):
    """Effect: read the chip of the document with this zone. Answered by ``ChipProgress`` and, once, ``ChipRead``.

    What it came to is held by the kiosk and goes along with the ticket of this journey, as ``MakeTicket.documents``
    says. A second one takes the place of the first; ``beside`` are the documents of the same party that stay.
    """

    number: int
    laid: int
    beside: tuple[int, ...] = ()


class GiveCan(msgspec.Struct, frozen=True):
    """Effect: open the chip with the number on the card; "" goes on without it. Answered as ``ReadChip``."""

    number: int
    laid: int
    can: str

    def __repr__(self) -> str:
        return f"GiveCan(number={self.number}, laid={self.laid}, can=...)"


class EndChip(msgspec.Struct, frozen=True):
    """Effect: end the reading of a chip, and forget that document; what was read of others stays. Not answered."""


class ForgetDocument(msgspec.Struct, frozen=True):
    """Effect: end the reading of a chip, and forget what was read of the document. Not answered."""


class Laid(msgspec.Struct, frozen=True):
    """A document that goes along with a ticket: ``laid`` is its number, ``person`` whose place in the party it is of.

    ``band`` is the age that was said of them, empty where nobody is counted by age; ``to_age`` the most that it means,
    in years, -1: any.
    """

    laid: int
    person: int = 0
    band: str = ""
    to_age: int = -1
