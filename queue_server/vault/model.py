"""What the vault holds, what for, and how long. Pure."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import Actor, ApplicationId, CentreId, Day, Micros, PersonId, VisitId


class RowKind(StrEnum):
    """What a row is."""

    NOTE = "note"
    DOCUMENT = "document"
    ANNOUNCEMENT = "announcement"
    #: What a kiosk read of a document.
    READING = "reading"
    #: The holder's picture from a chip.
    FACE = "face"
    #: What staff said after they had compared the person with a face.
    COMPARED = "compared"
    #: The document of whom an application is for: its issuer and number (``document_key``).
    HOLDER = "holder"
    #: The lines of a receipt, masked.
    RECEIPT = "receipt"
    #: The last four digits of a card, as the receipt shows them.
    CARD_END = "card-end"
    #: The number that is printed on a document that was handed in.
    ITEM_NUMBER = "item-number"
    #: How a carrier names a parcel with a document.
    TRACKING = "tracking"
    #: The document of somebody who may collect for somebody else: its issuer and number (``document_key``).
    AUTHORITY = "authority"
    #: Their name.
    AUTHORITY_NAME = "authority-name"
    #: How somebody wants to be told of what is theirs: e-mail address, telephone number, language.
    CONTACT = "contact"
    #: What a message tells once, until it was sent: a one-time code.
    NOTICE_CODE = "notice-code"
    #: The number of the document with which somebody comes to an appointment.
    APPOINTMENT_DOCUMENT = "appointment-document"
    #: An address or a telephone number that was given for an appointment, to find how many it was given for.
    APPOINTMENT_CONTACT = "appointment-contact"
    #: What somebody answered in a form.
    FORM_ANSWERS = "form-answers"
    #: Where a push service takes what is for the phone of somebody whose visit is called.
    PUSH_SUBSCRIPTION = "push-subscription"
    #: What a member of staff has noted for themself, for a day.
    STAFF_NOTE = "staff-note"
    #: What a manager or a lead writes to staff, for a day.
    STAFF_MESSAGE = "staff-message"


class ReadPurpose(StrEnum):
    """What a row was stored for, and the only reason for which it may be read."""

    #: Staff serve the person.
    SERVING = "serving"
    #: A second ticket on the same document is found.
    ONE_TICKET = "one-ticket"
    #: Screens show it to everybody.
    SHOWING = "showing"
    #: What was asked for goes to whom it is for.
    HANDING_OVER = "handing-over"
    #: A copy is printed.
    COPYING = "copying"
    #: What was paid is found by the end of its card.
    AUDITING = "auditing"
    #: Whoever it is for is told of what is theirs.
    NOTIFYING = "notifying"
    #: Nobody has more appointments than others, and whoever comes is who booked.
    APPOINTMENT = "appointment"
    #: What somebody asks a government for is written down, with their consent.
    APPLYING = "applying"
    #: Staff read what they have noted for themselves, or what was written to them.
    WORKING = "working"


PURPOSES: Final[dict[RowKind, ReadPurpose]] = {
    RowKind.NOTE: ReadPurpose.SERVING,
    RowKind.DOCUMENT: ReadPurpose.ONE_TICKET,
    RowKind.ANNOUNCEMENT: ReadPurpose.SHOWING,
    RowKind.READING: ReadPurpose.SERVING,
    RowKind.FACE: ReadPurpose.SERVING,
    RowKind.COMPARED: ReadPurpose.SERVING,
    RowKind.HOLDER: ReadPurpose.HANDING_OVER,
    RowKind.RECEIPT: ReadPurpose.COPYING,
    RowKind.CARD_END: ReadPurpose.AUDITING,
    RowKind.ITEM_NUMBER: ReadPurpose.HANDING_OVER,
    RowKind.TRACKING: ReadPurpose.HANDING_OVER,
    RowKind.AUTHORITY: ReadPurpose.HANDING_OVER,
    RowKind.AUTHORITY_NAME: ReadPurpose.HANDING_OVER,
    RowKind.CONTACT: ReadPurpose.NOTIFYING,
    RowKind.NOTICE_CODE: ReadPurpose.NOTIFYING,
    RowKind.APPOINTMENT_DOCUMENT: ReadPurpose.APPOINTMENT,
    RowKind.APPOINTMENT_CONTACT: ReadPurpose.APPOINTMENT,
    RowKind.FORM_ANSWERS: ReadPurpose.APPLYING,
    RowKind.PUSH_SUBSCRIPTION: ReadPurpose.NOTIFYING,
    RowKind.STAFF_NOTE: ReadPurpose.WORKING,
    RowKind.STAFF_MESSAGE: ReadPurpose.WORKING,
}
#: What ends by itself, before other things of the same visit: each row has a person of its own, whose key goes with it.
SEPARATE: Final = frozenset(
    {
        RowKind.CONTACT,
        RowKind.NOTICE_CODE,
        RowKind.APPOINTMENT_DOCUMENT,
        RowKind.APPOINTMENT_CONTACT,
        RowKind.FORM_ANSWERS,
        RowKind.PUSH_SUBSCRIPTION,
        RowKind.STAFF_NOTE,
        RowKind.STAFF_MESSAGE,
    }
)

Days = Annotated[int, Meta(ge=1, le=3_650)]


class PeopleRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[people]``. Times in service days, the one in which something is stored among them.

    ``note_days``, ``document_days``, ``announcement_days``, ``reading_days`` and ``receipt_days`` (also of the ends of
    cards) are how long each kind is kept, ``holder_days`` how long at most: it goes when its application ends.
    ``access_log_days`` is how long it is known who looked. A server that starts more than ``clock_gap_days`` days after
    the newest event destroys nothing before somebody has said that its clock is right. Every ``poll_ms`` milliseconds
    what has ended is deleted and destroyed.
    """

    note_days: Days = 30
    document_days: Days = 1
    announcement_days: Days = 1
    reading_days: Days = 1
    holder_days: Days = 365
    receipt_days: Days = 90
    access_log_days: Days = 365
    clock_gap_days: Days = 7
    poll_ms: Annotated[int, Meta(ge=10, le=600_000)] = 10_000


class KeyRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[keys]``: every ``poll_s`` seconds a server looks whether a key was changed."""

    poll_s: Annotated[int, Meta(ge=1, le=60)] = 60


class VaultRow(msgspec.Struct, frozen=True):
    """All of a row but what it says. ``visit`` is None where it is of none; nobody may read it after ``ends_at``.

    A row that lasts as long as an ``application`` has a person of its own: it ends by itself, and takes nothing along.
    """

    id: str
    person: PersonId
    visit: VisitId | None
    centre: CentreId
    kind: RowKind
    purpose: ReadPurpose
    at: Micros
    actor: Actor
    ends_at: Micros
    key_id: str
    application: ApplicationId | None = None

    def associated(self, table: str) -> bytes:
        """Give what the cipher binds the row to: ``table|row|purpose``, then the rest of it."""
        rest = (self.key_id, self.person, self.visit or "", self.centre, self.kind, self.at, self.actor, self.ends_at)
        # Rows of before there were any of applications stay as they were sealed.
        of = () if self.application is None else (self.application,)
        return "|".join(map(str, (table, self.id, self.purpose, *rest, *of))).encode()


class OpenedRow(msgspec.Struct, frozen=True):
    """A row as it is read. ``text`` is never printed."""

    row: VaultRow
    text: str

    def __repr__(self) -> str:
        return f"Opened({self.row!r}, ...)"


def normalised(document: str) -> str:
    """Bring the number of a document to the one form in which it is looked for: capitals and digits alone."""
    return "".join(sign for sign in document.upper() if sign.isalnum())


def document_key(issuer: str, number: str) -> str:
    """Name a document among those of all states: ``ISSUER/NUMBER``, the number alone where nobody said who issued it.

    Two states may give the same number. "" where there is no number.
    """
    bare = normalised(number)
    return f"{issuer}/{bare}" if issuer and bare else bare


def canonical(text: str) -> str:
    """Bring what is looked for to its one form: a number, or a number behind its issuer."""
    issuer, _, number = text.rpartition("/")
    return document_key(issuer, number)


def end_of(rule: DayRule, day: Day, days: int) -> Micros:
    """Tell when what is stored on a service day and kept for ``days`` of them is over."""
    return rule.starts_at(Day((date.fromisoformat(day) + timedelta(days=days)).isoformat()))
