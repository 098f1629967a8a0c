"""Somebody has an appointment: what it is worth now is asked of the server, and a ticket comes of it."""

from typing import Literal

import msgspec

from kiosk.journey.information import TopicLine
from queue_server.contract.base import Names
from queue_server.domain.appointments import CheckInVerdict
from queue_server.domain.tariff import Headcount


class CheckedBooking(msgspec.Struct, frozen=True):
    """An appointment as the server sees it now.

    Times are those of the centre's clock (``10:30``), days are ISO 8601; each is empty where it is not known. ``opens``
    is from when on one may come in for it. ``ages`` are the ``people`` by age band, empty where that was not asked.
    ``ident`` is empty where nothing may be issued for it.
    ``needs_document``: it counts only with the document for which it was booked. ``place`` is the centre at which it
    is, ``address`` where that is; ``code`` the number of the ticket that was given for it already. ``ahead`` visits
    would be before somebody without an appointment, -1 where nobody has counted them.
    """

    verdict: CheckInVerdict
    ident: str = ""
    services: tuple[str, ...] = ()
    people: int = 1
    ages: tuple[Headcount, ...] = ()
    language: str = ""
    needs_document: bool = False
    day: str = ""
    clock: str = ""
    today: str = ""
    now: str = ""
    opens: str = ""
    place: Names = {}
    address: Names = {}
    code: str = ""
    ahead: int = -1


class CheckBooking(msgspec.Struct, frozen=True):
    """Effect: ask the server what an appointment is worth now; answered by ``BookingChecked``.

    By what its link says (``token``), by the ``code`` that was typed, or by the document ``laid``, which may also come
    beside one of the others.
    """

    number: int
    look: int
    token: str = ""
    code: str = ""
    laid: int = 0

    def __repr__(self) -> str:
        return f"CheckBooking(number={self.number}, look={self.look}, ...)"


class BookingChecked(msgspec.Struct, frozen=True):
    """Answer to ``CheckBooking``. ``slowed``: too many codes were wrong here, none is looked at for ``wait_s``."""

    number: int
    look: int
    outcome: Literal["checked", "slowed", "away"]
    booking: CheckedBooking | None = None
    wait_s: int = 0


class AdmissionRefused(msgspec.Struct, frozen=True):
    """Answer to ``MakeTicket`` for an appointment: the server gives no ticket for it, and why; nothing was printed.

    ``code`` is the number of the ticket that somebody was given for it already.
    """

    number: int
    verdict: CheckInVerdict
    code: str = ""


class PrintBooking(msgspec.Struct, frozen=True):
    """Effect: print day and time of an appointment, with its link if that is known; answered by ``BookingPrinted``.

    ``code`` is what people type for it, empty where that is not known here; ``bring`` is what they are asked to bring.
    """

    number: int
    look: int
    language: str
    day: str
    clock: str
    token: str = ""
    code: str = ""
    bring: tuple[TopicLine, ...] = ()

    def __repr__(self) -> str:
        return f"PrintBooking(number={self.number}, look={self.look}, ...)"


class BookingPrinted(msgspec.Struct, frozen=True):
    number: int
    look: int
    is_printed: bool
