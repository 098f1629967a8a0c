"""What papers say, before anybody draws it: values that know no screen and no font (``paper`` and ``slips`` draw them).

Dates are ISO 8601 and, like times, the centre's. Money is written by whoever draws, as people of the paper's language
write it.
"""

from dataclasses import dataclass
from typing import Protocol

from peripherals.money import Amount


@dataclass(frozen=True, slots=True)
class PaperFoot:
    """``address`` is one line in the paper's language; ``week`` the opening hours from Monday on (``CentreView``)."""

    address: str = ""
    week: tuple[tuple[str, ...], ...] = ()


#: For papers of a centre of which nothing is known.
NO_FOOT = PaperFoot()


@dataclass(frozen=True, slots=True)
class PrintedStop:
    label: str
    place: str = ""


class PaperWait(Protocol):
    """How long somebody waits: ``low`` to ``high`` minutes, at the ``latest`` until the clock shows that.

    ``latest`` is empty beside a rough range.
    ``shut``: not before the centre closes; then there is no range.
    """

    @property
    def low(self) -> int: ...

    @property
    def high(self) -> int: ...

    @property
    def latest(self) -> str: ...

    @property
    def shut(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class PaperTicket:
    """What a ticket says. ``ahead`` and ``wait`` are None where they are not known.

    ``paid`` is the fee that was paid for it, None where none was. ``owed`` is what is still to be paid, at ``desk``
    (empty for a counter): several sums where the services share no currency. ``people`` go with it. ``booked`` is the
    time of the appointment that it is of, empty where it is of none.
    """

    language: str
    centre: str
    code: str
    stops: tuple[PrintedStop, ...]
    url: str
    date: str
    time: str
    ahead: int | None = None
    wait: PaperWait | None = None
    paid: Amount | None = None
    owed: tuple[Amount, ...] = ()
    desk: str = ""
    people: int = 1
    booked: str = ""
    foot: PaperFoot = NO_FOOT


@dataclass(frozen=True, slots=True)
class PaperTest:
    """What a technician's test slip says: which kiosk printed it, and when (the centre's time)."""

    kiosk: str
    time: str


@dataclass(frozen=True, slots=True)
class PaperClaim:
    """What a person takes to staff when only they can find out what became of money.

    ``code`` is the short form of the attempt's id, ``scanned`` what the QR code holds. Nothing of a card or a person
    is on it.
    """

    language: str
    centre: str
    code: str
    scanned: str
    amount: Amount
    date: str
    time: str


@dataclass(frozen=True, slots=True)
class PaperCollected:
    """What somebody took out of a door: what it is (a code), and ``label``, the number on it. Nothing says who."""

    language: str
    centre: str
    kind: str
    label: str
    date: str
    time: str
    foot: PaperFoot = NO_FOOT


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A piece of a page: ``heading``, ``paragraph``, ``item``, ``row`` or ``contact``, with what stands beside it."""

    kind: str
    text: str
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperBooking:
    """Day and time of an appointment; ``url`` is its page, empty where that is not known. Nothing says whose it is.

    ``code`` is what people type for it, empty where it is not known. ``bring`` is what they are asked to bring.
    """

    language: str
    centre: str
    day: str
    clock: str
    url: str = ""
    foot: PaperFoot = NO_FOOT
    code: str = ""
    bring: tuple[PaperLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The ``code`` by which the form ``title`` is opened again, and until when it is kept. Nothing says whose it is."""

    language: str
    centre: str
    title: str
    code: str
    until: str
    foot: PaperFoot = NO_FOOT


@dataclass(frozen=True, slots=True)
class PaperRow:
    """``count`` people of an age, named by ``label`` where fees differ by it, and what each of them pays."""

    count: int
    label: str
    each: Amount


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A service that was paid; ``rows`` are for whom, none where that goes without saying."""

    service: str
    government: str
    rows: tuple[PaperRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperReceipt:
    """A receipt in the person's language, with ``lines`` as the terminal composed them, masked, below.

    ``code`` is the ticket's, ``number`` is what staff find the money by. ``by_hand``: the cash desk took the money;
    else ``card`` are the last four digits of the card's number, empty where the terminal did not say them.
    ``copy``: it was printed before.
    """

    language: str
    centre: str
    lines: tuple[str, ...]
    code: str
    blocks: tuple[PaperBlock, ...]
    paid: Amount
    date: str
    time: str
    number: str
    kiosk: str
    by_hand: bool = False
    card: str = ""
    copy: bool = False
    foot: PaperFoot = NO_FOOT


@dataclass(frozen=True, slots=True)
class PaperInformation:
    """A page of information, to take along; ``reviewed`` is when it was last looked through."""

    language: str
    centre: str
    title: str
    lines: tuple[PaperLine, ...]
    reviewed: str
    date: str
    time: str
