"""Values of notices. Pure."""

from enum import StrEnum
from typing import Final, NewType

#: Something that somebody is told, as events name it (a UUID).
NotificationId = NewType("NotificationId", str)


class NoticeChannel(StrEnum):
    """The way in which somebody is told."""

    EMAIL = "email"
    SMS = "sms"


class NotificationKind(StrEnum):
    """Of what somebody is told."""

    #: An item can be collected.
    ITEM_READY = "item-ready"
    #: It still can.
    ITEM_REMINDER = "item-reminder"
    #: It soon cannot any more.
    ITEM_EXPIRING = "item-expiring"
    #: Somebody has a time at which they come.
    APPOINTMENT_BOOKED = "appointment-booked"
    #: It is another time now.
    APPOINTMENT_MOVED = "appointment-moved"
    #: It is none any more: they, or staff for them, cancelled it.
    APPOINTMENT_CANCELLED = "appointment-cancelled"
    #: The centre took it away: they choose another one.
    APPOINTMENT_DISPLACED = "appointment-displaced"
    #: It is near.
    APPOINTMENT_REMINDER = "appointment-reminder"
    #: A place is held for them, who wait for one.
    APPOINTMENT_OFFERED = "appointment-offered"
    #: A day of a centre, to somebody of its staff who asked for it.
    DAY_REPORT = "day-report"
    #: Alarms that nobody has taken, to a post that the set-up of a centre names.
    ALARM = "alarm"


#: Those about an item that can be collected.
OF_ITEMS: Final = frozenset(
    {NotificationKind.ITEM_READY, NotificationKind.ITEM_REMINDER, NotificationKind.ITEM_EXPIRING}
)
#: Those about an appointment.
OF_APPOINTMENTS: Final = frozenset(
    {
        NotificationKind.APPOINTMENT_BOOKED,
        NotificationKind.APPOINTMENT_MOVED,
        NotificationKind.APPOINTMENT_CANCELLED,
        NotificationKind.APPOINTMENT_DISPLACED,
        NotificationKind.APPOINTMENT_REMINDER,
    }
)


class NotificationState(StrEnum):
    """How far somebody has been told."""

    WAITING = "waiting"
    #: A mail server or a gateway has taken it.
    SENT = "sent"
    #: No way that they gave leads to them: staff have to tell them.
    UNDELIVERABLE = "undeliverable"
    #: It is not true any more, or need not be said.
    DROPPED = "dropped"


#: Who was to be told has not been.
UNTOLD: Final = frozenset({NotificationState.WAITING, NotificationState.UNDELIVERABLE})


class UndeliverableReason(StrEnum):
    """Why a way does not lead to somebody."""

    #: Nobody is known there by this address or number.
    RECIPIENT = "recipient"
    #: The message itself is not taken.
    CONTENT = "content"
    #: It was tried for too long.
    GIVEN_UP = "given-up"


class DropReason(StrEnum):
    """Why something is not sent any more."""

    #: It is not true any more.
    OUTDATED = "outdated"
    #: Nobody knows any more how they are told.
    CONTACT_GONE = "contact-gone"
    #: They are told by another address or number since, under another name.
    READDRESSED = "readdressed"
    #: Staff have told them in another way.
    BY_STAFF = "by-staff"
    #: Another message took its place.
    SENT_ANEW = "sent-anew"
    #: They want to be reminded no more.
    UNSUBSCRIBED = "unsubscribed"
