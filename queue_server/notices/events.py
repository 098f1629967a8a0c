"""The events of ``notification/<id>``: somebody is to be told, and what becomes of it. Pure.

Neither an address nor a word of what they are told stands here: the address is in the vault, the words are made anew.
"""

from typing import Final

from queue_server.domain.values import CentreId, Micros, StreamName
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload
from queue_server.notices.values import (
    DropReason,
    NoticeChannel,
    NotificationId,
    NotificationKind,
    UndeliverableReason,
)


class NotificationQueued(Payload, frozen=True):
    """First event: somebody is to be told."""

    type = "notification-queued"
    notification: NotificationId
    centre: CentreId
    kind: NotificationKind
    subject: StreamName
    recipient: StreamName
    occasion: int
    number: int
    channels: tuple[NoticeChannel, ...]
    not_before: Micros


class NotificationSent(Payload, frozen=True):
    """A mail server or a gateway has taken it; whether it was read nobody knows."""

    type = "notification-sent"
    notification: NotificationId
    channel: NoticeChannel
    tries: int


class NotificationRefused(Payload, frozen=True):
    """One way does not lead to them; the next one is tried, if they gave another."""

    type = "notification-refused"
    notification: NotificationId
    channel: NoticeChannel
    reason: UndeliverableReason
    tries: int


class NotificationDropped(Payload, frozen=True):
    """It is not sent any more."""

    type = "notification-dropped"
    notification: NotificationId
    reason: DropReason


class NotificationRetried(Payload, frozen=True):
    """What could not be delivered is tried again, in all ways."""

    type = "notification-retried"
    notification: NotificationId
    channels: tuple[NoticeChannel, ...]


MEANINGS: Final = {
    "centre": "The centre.",
    "channel": "The way in which it was sent, or which does not lead to them.",
    "channels": "The ways in which they can be told, the first one first.",
    "kind": "Of what they are told.",
    "not_before": "It is not sent before this.",
    "notification": "What they are told.",
    "number": "Of several of a kind on one occasion, which.",
    "occasion": "What names the occasion in its stream: of an item that is ready, since when it is.",
    "reason": "Why it was not delivered, or is not sent any more.",
    "recipient": "The stream of that for which they gave their address; the address is in the vault.",
    "subject": "The stream of that of which they are told.",
    "tries": "How often it was tried, this time among them.",
}

CODEC: Final = Codec(
    (NotificationQueued, NotificationSent, NotificationRefused, NotificationDropped, NotificationRetried)
)
