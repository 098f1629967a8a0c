"""What somebody is told, as its events fold to, and what may happen to it. Pure."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec

from queue_server.domain.values import CentreId, Micros, StreamName
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.notices import events as e
from queue_server.notices.values import (
    UNTOLD,
    DropReason,
    NoticeChannel,
    NotificationId,
    NotificationKind,
    UndeliverableReason,
)
from queue_server.notices.values import NotificationState as State

#: The name space of notifications (RFC 9562, 5.5).
_NOTIFICATIONS: Final = UUID("5b0f2c8e-6a54-5d2d-8d0c-0f4f6d2a9b31")


class Notification(msgspec.Struct, frozen=True):
    """Something that somebody is told, as its stream left it at ``seq``.

    ``refused`` are the ways that do not lead to them, ``channel`` the one that did. ``next_channel`` is tried next, and
    None where nothing is to be sent.
    """

    id: NotificationId
    centre: CentreId
    kind: NotificationKind
    subject: StreamName
    recipient: StreamName
    occasion: int
    number: int
    channels: tuple[NoticeChannel, ...]
    not_before: Micros
    queued_at: Micros
    changed_at: Micros
    seq: int
    state: State = State.WAITING
    refused: tuple[NoticeChannel, ...] = ()
    channel: NoticeChannel | None = None
    next_channel: NoticeChannel | None = None
    reason: str | None = None


Decided = tuple[Payload, ...]


def ident_of(kind: NotificationKind, subject: StreamName, occasion: int, number: int = 0) -> NotificationId:
    """Name what somebody is told: the same is named the same on every server, so that it is stored once."""
    return NotificationId(str(uuid5(_NOTIFICATIONS, f"{kind}/{subject}/{occasion}/{number}")))


def evolve(before: Notification | None, body: Payload, seq: int, at: Micros) -> Notification:
    """Fold one event into it.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if isinstance(body, e.NotificationQueued):
        if before is not None:
            raise UnknownEventError(type=body.type, v=body.v)
        return _waiting(
            Notification(
                id=body.notification,
                centre=body.centre,
                kind=body.kind,
                subject=body.subject,
                recipient=body.recipient,
                occasion=body.occasion,
                number=body.number,
                channels=body.channels,
                not_before=body.not_before,
                queued_at=at,
                changed_at=at,
                seq=seq,
            )
        )
    change = _CHANGES.get(type(body))
    if before is None or change is None:
        raise UnknownEventError(type=body.type, v=body.v)
    return change(msgspec.structs.replace(before, changed_at=at, seq=seq), body)


def _waiting(one: Notification) -> Notification:
    """Say which way is tried next; where none is left, staff have to tell them."""
    left = [channel for channel in one.channels if channel not in one.refused]
    return msgspec.structs.replace(
        one,
        state=State.WAITING if left else State.UNDELIVERABLE,
        next_channel=left[0] if left else None,
    )


def _ended(one: Notification, state: State, **more: Any) -> Notification:
    return msgspec.structs.replace(one, state=state, next_channel=None, **more)


_CHANGES: Final[dict[type[Payload], Callable[[Notification, Any], Notification]]] = {
    e.NotificationSent: lambda one, b: _ended(one, State.SENT, channel=b.channel, reason=None),
    e.NotificationRefused: lambda one, b: _waiting(
        msgspec.structs.replace(one, refused=(*one.refused, b.channel), reason=b.reason)
    ),
    e.NotificationDropped: lambda one, b: _ended(one, State.DROPPED, reason=b.reason),
    e.NotificationRetried: lambda one, b: _waiting(
        msgspec.structs.replace(one, channels=b.channels, refused=(), reason=None)
    ),
}


def queue(before: Notification | None, body: e.NotificationQueued) -> Decided:
    """Say that somebody is to be told; once, however often it is said."""
    return () if before is not None else (body,)


def note(before: Notification | None, body: e.NotificationQueued, reason: DropReason = DropReason.BY_STAFF) -> Decided:
    """Note that nothing is sent: staff told somebody in another way, or they do not want it."""
    return () if before is not None else (body, e.NotificationDropped(body.notification, reason))


def sent(one: Notification | None, channel: NoticeChannel, tries: int) -> Decided:
    # What was dropped while it was being sent is on its way all the same.
    if one is None or one.state not in {State.WAITING, State.DROPPED}:
        return ()
    return (e.NotificationSent(one.id, channel, tries),)


def refused(one: Notification | None, channel: NoticeChannel, reason: UndeliverableReason, tries: int) -> Decided:
    if one is None or one.state is not State.WAITING or one.next_channel is not channel:
        return ()
    return (e.NotificationRefused(one.id, channel, reason, tries),)


def drop(one: Notification | None, reason: DropReason) -> Decided:
    if one is None or one.state not in UNTOLD:
        return ()
    return (e.NotificationDropped(one.id, reason),)


def retry(one: Notification | None, channels: tuple[NoticeChannel, ...]) -> Decided:
    """Try again what could not be delivered, in the ways that are known now."""
    if one is None or one.state is not State.UNDELIVERABLE or not channels:
        return ()
    return (e.NotificationRetried(one.id, channels),)
