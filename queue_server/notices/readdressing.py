"""What follows where somebody is told by another address: nobody else keeps a good code, and they are told anew.

What was sent, or was to be, to an address that is put right has gone astray. Its codes are void, and it is said again
under another name: a gateway sends nothing twice under one.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.collection.codes import OneTimeCodes
from queue_server.custody import store as custody
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.values import ItemState
from queue_server.domain.values import StreamName
from queue_server.eventlog.aggregate import append
from queue_server.framework.request_context import RequestContext
from queue_server.notices import contacts, store
from queue_server.notices.contact import ContactDetails
from queue_server.notices.model import Notification
from queue_server.notices.queueing import drop, queue
from queue_server.notices.settings import NoticeRules
from queue_server.notices.values import UNTOLD, DropReason, NoticeChannel, NotificationKind, NotificationState
from queue_server.vault.store import Vault


def readdress(ask: RequestContext, connection: Connection, item: Item, details: ContactDetails) -> None:
    """Store how whoever an item is for is told, and tell them anew what went astray, or what they were not told."""
    vault, at, days = ask.server[Vault], ask.server.clock(), ask.server.settings[NoticeRules].contact_days
    given = contacts.given_for(item, centre_of(ask).rule, days, actor=ask.actor, at=at)
    before = contacts.read(vault, connection, given.subject, actor=ask.actor, now=at)
    contacts.store(vault, connection, given, details)
    left = ways_left(before, details)
    others = () if item.application is None else custody.of_applications(connection, item.centre, (item.application,))
    for one in {one.id: one for one in (item, *others)}.values():
        if one.state is ItemState.READY:
            _requeue(ask, connection, one, left)


def ways_left(before: ContactDetails | None, now: ContactDetails) -> frozenset[NoticeChannel]:
    """Name the ways in which they were told by another address than now; all where nobody knows it any more. Pure."""
    if before is None:
        return frozenset(NoticeChannel)
    return frozenset(channel for channel in before.channels if before.address(channel) != now.address(channel))


def is_astray(one: Notification, left: frozenset[NoticeChannel]) -> bool:
    """Tell whether something went, may have gone, or was to go, in a way that they have left. Pure.

    What was told anew elsewhere already is no more.
    """
    ways = one.channels if one.channel is None else (one.channel,)
    return one.reason != DropReason.READDRESSED and not left.isdisjoint(ways)


def _requeue(ask: RequestContext, connection: Connection, item: Item, left: frozenset[NoticeChannel]) -> None:
    subject, at = StreamName(ITEMS.stream(item.id)), ask.server.clock()
    told = store.of_occasion(connection, subject, item.state_since)
    astray = [one for one in told if is_astray(one, left)]
    is_reachable = contacts.find(connection, contacts.subject_of(item)) is not None
    dropped = [
        drop(
            ask.server[Vault],
            connection,
            one.id,
            DropReason.READDRESSED,
            at=at,
            command=ask.command,
            actor=ask.actor,
        )
        for one in astray
        # Whom nothing reaches, and who left no other address, has still to be told by staff.
        if one.state is NotificationState.WAITING or (one.state in UNTOLD and is_reachable)
    ]
    if astray:
        OneTimeCodes.revoke(connection, item.id, at=at)
    anew = []
    is_told = any(one.state is not NotificationState.DROPPED or one.reason == DropReason.BY_STAFF for one in told)
    if not is_told or any(one.reason != DropReason.BY_STAFF for one in astray):
        kind, number = _next(told)
        anew = queue(ask.server.settings, connection, item, kind, number, at=at, command=ask.command, actor=ask.actor)
    append(connection, *dropped, *anew)


def _next(told: Sequence[Notification]) -> tuple[NotificationKind, int]:
    """Name what is told anew: that it is ready, or how soon it goes back where they were told that."""
    is_expiring = any(one.kind is NotificationKind.ITEM_EXPIRING for one in told)
    kind = NotificationKind.ITEM_EXPIRING if is_expiring else NotificationKind.ITEM_READY
    return kind, max((one.number + 1 for one in told if one.kind is kind), default=0)
