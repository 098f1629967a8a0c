"""What is said of appointments by devices and by the server alike, and the code by which people name theirs. Pure.

A code has eight signs of 28, drawn at random: it names an appointment of one centre, and by itself it shows nothing
but the time. The token of its link proves whose it is.
"""

import re
import secrets
import uuid
from base64 import urlsafe_b64decode
from enum import StrEnum
from typing import Final, NewType

from queue_server.domain.typed_codes import CODE_SIGNS, in_groups, read_signs

AppointmentId = NewType("AppointmentId", str)
#: A time that is held for somebody while they type.
HoldId = NewType("HoldId", str)
#: Some counters of the staffing plan that work at the same hours and can do the same.
PoolId = NewType("PoolId", str)
#: What a manager changed in the staffing of one day.
DayChangeId = NewType("DayChangeId", str)
#: The code of an appointment without its space (``HS4K7KM2``).
AppointmentCode = NewType("AppointmentCode", str)
#: Somebody who waits for a place.
WaitlistId = NewType("WaitlistId", str)
#: The number of a document in the vault, as the events of an appointment name it.
AppointmentDocumentId = NewType("AppointmentDocumentId", str)


class AppointmentState(StrEnum):
    """How an appointment is."""

    BOOKED = "booked"
    CHECKED_IN = "checked-in"
    CANCELLED = "cancelled"
    #: Nobody came.
    MISSED = "missed"
    #: The centre took their time away: they keep code and link, and choose another one.
    DISPLACED = "displaced"
    #: Of the day from which it was moved: it is at another day.
    MOVED = "moved"


class WaitlistState(StrEnum):
    """How somebody stands on the waiting list."""

    WAITING = "waiting"
    #: A place is held for them until they take it or its time is over.
    OFFERED = "offered"
    #: They took one.
    SERVED = "served"
    #: They wait no more.
    LEFT = "left"
    #: The last day on which they could come is over.
    ENDED = "ended"


class BookedThrough(StrEnum):
    """By whom it was booked."""

    #: The person, on the web.
    PUBLIC = "public"
    RECEPTION = "reception"
    COUNTER = "counter"
    KIOSK = "kiosk"
    INTEGRATION = "integration"


class CheckInVerdict(StrEnum):
    """What an appointment is worth now, here, to whoever stands there."""

    ON_TIME = "on-time"
    EARLY = "early"
    #: It still counts.
    LATE = "late"
    TOO_LATE = "too-late"
    WRONG_DAY = "wrong-day"
    OTHER_CENTRE = "other-centre"
    CANCELLED = "cancelled"
    DISPLACED = "displaced"
    CHECKED_IN = "checked-in"
    UNKNOWN = "unknown"
    #: The document is not the one for which it was booked.
    WRONG_PERSON = "wrong-person"


#: With these a person gets a ticket of an appointment.
ADMITS: Final = frozenset({CheckInVerdict.ON_TIME, CheckInVerdict.EARLY, CheckInVerdict.LATE})


class DayChangeKind(StrEnum):
    """What a manager changes in the staffing of one day."""

    #: Nobody of a pool, or of all, takes bookings then.
    CLOSE = "close"
    #: So many counters more or fewer.
    COUNTERS = "counters"


class RemoteChannel(StrEnum):
    """How somebody is served who does not come."""

    TELEPHONE = "telephone"
    VIDEO = "video"


# --- the code ------------------------------------------------------------------------------------------------------

#: How many signs a code has, and in which groups it is printed and typed.
CODE_LENGTH: Final = 8
CODE_GROUP: Final = 4


def draw_code() -> AppointmentCode:
    """Draw a code: one of 28 to the power of 8, 38.5 bits."""
    return AppointmentCode("".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH)))


def read_code(typed: str) -> AppointmentCode | None:
    """Read a code as people type it (``typed_codes``); None where it can be none."""
    code = read_signs(typed, CODE_LENGTH)
    return None if code is None else AppointmentCode(code)


def shown_code(code: AppointmentCode) -> str:
    """Write a code for people: in two groups of four."""
    return in_groups(code, CODE_GROUP)


# --- the link ------------------------------------------------------------------------------------------------------

#: Where the page of an appointment is, on whichever address the centre has.
LINK_PATH: Final = "/b/"
#: base64url of 16 bytes of the id and 16 of a mark that only the server can make.
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_LINK: Final = re.compile(rf"https?://[^/?#\s]+{LINK_PATH}([A-Za-z0-9_-]{{43}})/?", re.ASCII)
_ID_BYTES: Final = 16
#: More than any link has.
_MAX_LINK: Final = 512


def read_link(scanned: str) -> str | None:
    """Find the token in what a scanner read of an appointment's QR code: the link, or the token alone.

    Nothing is proved by it: only the server can tell whether it made the token.
    """
    said = scanned.strip()
    if len(said) > _MAX_LINK:
        return None
    if _TOKEN.fullmatch(said):
        return said
    found = _LINK.fullmatch(said)
    return None if found is None else found[1]


def claimed_by(token: str) -> AppointmentId | None:
    """Read which appointment a token claims to be of; None where it has not the shape of one. Nothing is proved."""
    if _TOKEN.fullmatch(token) is None:
        return None
    return AppointmentId(str(uuid.UUID(bytes=urlsafe_b64decode(token + "=")[:_ID_BYTES])))
