"""Whoever has an appointment: what they have shown or typed, and what the server says of it."""

from typing import Literal

import msgspec
from msgspec.structs import replace

from kiosk.journey.collecting import can_read
from kiosk.journey.context import Choosing, Context
from kiosk.journey.events import CheckedBooking
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.catalogue import ServiceView
from queue_server.domain.appointments import ADMITS, CheckInVerdict, read_link
from queue_server.domain.tariff import ANYONE, Headcount

#: Why no walk-in is given a number, while whoever has booked may still come in.
_FOR_BOOKED = frozenset({None, "full", "last-ticket"})


class CheckingIn(msgspec.Struct, frozen=True):
    """``way``: by what they prove it; ``token`` is what a scanned link says, ``typed`` the signs of a code so far.

    ``is_foreign``: another code than that of an appointment was shown.
    ``confirms``: the document for which it was booked is asked for. ``looks`` counts what was asked of the server,
    ``outcome`` is its answer, "" until it came; ``is_asked``: it was asked. ``walk_in``: they take a number without the
    appointment. ``counted`` is who is here, by age, empty until that was said; ``counts``: they are being counted.
    ``paper``: how far the slip is that they have asked for, ``shows_link``: they want to choose another day.
    """

    way: Literal["", "link", "code", "document"] = ""
    token: str = ""
    typed: str = ""
    is_foreign: bool = False
    confirms: bool = False
    looks: int = 0
    is_asked: bool = False
    outcome: Literal["", "checked", "slowed", "away"] = ""
    booking: CheckedBooking | None = None
    wait_min: int = 0
    walk_in: bool = False
    counted: tuple[Headcount, ...] = ()
    counts: bool = False
    paper: Literal["", "printing", "taken", "none"] = ""
    shows_link: bool = False

    @property
    def verdict(self) -> CheckInVerdict | None:
        return None if self.booking is None else self.booking.verdict

    @property
    def appointment(self) -> str:
        """Give by what a ticket is made one of this appointment: its id where the server named it, else its token."""
        if self.walk_in:
            return ""
        return self.token if self.booking is None else self.booking.ident

    def __repr__(self) -> str:
        return f"CheckingIn(way={self.way!r}, outcome={self.outcome!r}, ...)"


def is_offered(context: Context, around: Surroundings) -> bool:
    del context
    return around.offer.appointments


def begun_anew(context: Context) -> Context:
    """Forget what was shown, typed and found; the counter goes on, so that an answer that is late is none."""
    return context.keeping(CheckingIn(looks=context.of(CheckingIn).looks))


def scanned(context: Context, around: Surroundings, text: str) -> Context | None:
    """Take a link that lies under the scanner; None where it is another code, or nobody is let in here now."""
    token = read_link(text) if text else None
    shut = around.copied or around.out_of_order or around.settling or around.availability.closed not in _FOR_BOOKED
    if token is None or shut or not around.offer.appointments:
        return None
    return shown(context, token)


def shown(context: Context, token: str) -> Context:
    return context.keeping(CheckingIn(way="link", token=token, looks=context.of(CheckingIn).looks))


def by_code(context: Context, around: Surroundings) -> bool:
    del around
    known = context.of(CheckingIn)
    return known.way == "code" and not known.confirms


def by_document(context: Context, around: Surroundings) -> bool:
    del around
    known = context.of(CheckingIn)
    return known.way == "document" or known.confirms


def document_shown(context: Context, around: Surroundings) -> bool:
    """Tell whether a document lay there before whose chip proves whose it is."""
    chip = context.chip
    return can_read(around) and chip is not None and not chip.seal and chip.laid != context.unread


def is_early(context: Context, around: Surroundings) -> bool:
    del around
    return context.of(CheckingIn).verdict is CheckInVerdict.EARLY


def is_wrong_day(context: Context, around: Surroundings) -> bool:
    del around
    return context.of(CheckingIn).verdict is CheckInVerdict.WRONG_DAY


def is_party(context: Context, around: Surroundings) -> bool:
    del around
    booking = context.of(CheckingIn).booking
    return booking is not None and booking.people > 1


def party(known: CheckingIn) -> tuple[Headcount, ...]:
    """Give who is here: as they were counted, else by the ages that were booked, where those are known."""
    booking = known.booking
    if known.counted or booking is None:
        return known.counted
    return booking.ages or (Headcount(ANYONE, booking.people),)


def admits(known: CheckingIn) -> bool:
    """Tell whether a ticket of the appointment comes of it."""
    booking = known.booking
    return booking is not None and booking.verdict in ADMITS and booking.ident != "" and not booking.needs_document


def has_number(around: Surroundings) -> bool:
    """Tell whether somebody without an appointment is given a number now."""
    return around.availability.closed is None


def ordered(context: Context, around: Surroundings) -> Context:
    """Choose what was booked, for as many as are here."""
    known = context.of(CheckingIn)
    booking = known.booking
    if booking is None:
        return context
    offered: dict[str, ServiceView] = {one.id: one for one in around.offer.services}
    wanted = [offered[one] for one in booking.services if one in offered]
    chosen = tuple(Choosing(one.government, one.kind, one.id) for one in wanted)
    last = chosen[-1] if chosen else Choosing("", "", "")
    return replace(
        context,
        before=chosen[:-1],
        government=last.government,
        kind=last.kind,
        service=last.service,
        people=party(known),
    )
