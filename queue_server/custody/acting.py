"""What is done with items and bags: decided on what is there, stored in one commit, with what follows from it."""

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from queue_server.applications.model import MOVES
from queue_server.centre.submit import centre_of
from queue_server.custody import bags, decide, following, labels, store
from queue_server.custody.bag_model import Bag
from queue_server.custody.errors import ItemUnknownError
from queue_server.custody.followers import ItemChanges, ItemFollowers
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.values import Direction, ItemId, SealNumber
from queue_server.database.failures import LogConflictError
from queue_server.domain.values import Actor, CentreId, Micros
from queue_server.eventlog.aggregate import PendingAppend, append
from queue_server.eventlog.payload import Payload
from queue_server.framework.request_context import RequestContext
from queue_server.framework.server import Server
from queue_server.vault.store import Vault

#: The name space of what requests begin (RFC 9562, 5.5).
_REQUESTS: Final = UUID("8d1f7c6e-2b0a-5c4b-9a53-6f6f0f7a1c11")

Verb = Callable[[Item], tuple[Payload, ...]]
Beside = Callable[[Connection], None]
#: Refuses what is about to be stored.
Check = Callable[[Connection, Item], None]


def named_by(ask: RequestContext, kind: str) -> str:
    """Name what a request begins: the same request names the same, on whichever server it comes."""
    return str(uuid5(_REQUESTS, f"{kind}/{centre_of(ask).id}/{ask.actor}/{ask.key}"))


def find(connection: Connection, centre: CentreId, named: str) -> Item:
    """Find an item by its id, or by its label as it was scanned or typed.

    Raises:
        ItemUnknownError: there is none.
    """
    label = labels.read(named)
    found = (
        store.item_by_id(connection, centre, named) if label is None else store.item_by_label(connection, centre, label)
    )
    if found is None:
        raise ItemUnknownError
    return found


def find_bag(connection: Connection, centre: CentreId, named: str) -> Bag:
    """Find a bag by its id, or by the number on it: one that went before one that came.

    Raises:
        BagUnknownError: there is none.
    """
    number = SealNumber(named.upper())
    found = (
        store.bag_by_id(connection, centre, named)
        or store.bag_by_seal(connection, centre, Direction.OUT, number)
        or store.bag_by_seal(connection, centre, Direction.BACK, number)
    )
    return bags.here(found, centre)


def draft(ask: RequestContext, connection: Connection, ident: ItemId, verb: Verb) -> PendingAppend[Item]:
    """Decide on one item as it now is; nothing is stored."""
    centre = centre_of(ask).id
    return ITEMS.draft(
        connection,
        ident,
        lambda before: verb(decide.here(before, centre)),
        at=ask.server.clock(),
        command=ask.command,
        actor=ask.actor,
    )


def store_all(
    ask: RequestContext, connection: Connection, items: Sequence[PendingAppend[Item]], *beside: PendingAppend[Any]
) -> None:
    """Store what a request came to; as ``store_changes``."""
    store_changes(
        ask.server,
        connection,
        centre_of(ask).id,
        items,
        *beside,
        at=ask.server.clock(),
        command=ask.command,
        actor=ask.actor,
    )


def store_changes(
    server: Server,
    connection: Connection,
    centre: CentreId,
    items: Sequence[PendingAppend[Item]],
    *beside: PendingAppend[Any],
    at: Micros,
    command: str,
    actor: Actor,
) -> None:
    """Store what was decided on items, what follows from it, and what stands beside; together.

    Their applications follow, and where one comes to its end with that, what is kept of whom it was for is shredded.
    Other rooms follow too (``ItemFollowers``).
    """
    changes = ItemChanges(connection, centre, tuple(one for one in items if one.new), at, command, actor)
    changed = [one.after for one in changes.items if one.after is not None]
    moved = following.drafts(connection, centre, changed, at=at, command=command, actor=actor)
    more = [one for follow in server[ItemFollowers].changed for one in follow(changes)] if changes.items else []
    try:
        append(connection, *items, *moved, *beside, *more)
    except IntegrityError as error:
        # Another process has just given this place, number or label to something else: decided anew, that is seen.
        raise LogConflictError from error
    for one in moved:
        if one.new and one.after is not None and not MOVES[one.after.state]:
            server[Vault].end_application(connection, one.after.id, actor=actor, now=at)


async def act(
    ask: RequestContext, named: str, verb: Verb, rows: Beside | None = None, check: Check | None = None
) -> Item:
    """Do something with one item; where something happens ``check`` may refuse it, and ``rows`` are stored with it.

    Raises what ``verb`` does, and:
        ItemUnknownError: there is no such item here.
    """
    centre = centre_of(ask).id
    ident = (await ask.server.log.run(lambda connection: find(connection, centre, named))).id

    def work(connection: Connection) -> Item:
        done = draft(ask, connection, ident, verb)
        if done.new and done.after is not None and check is not None:
            check(connection, done.after)
        store_all(ask, connection, [done])
        if done.new and rows is not None:
            rows(connection)
        return decide.here(done.after, centre)

    return await ask.server.log.write_in_turn(ITEMS.stream(ident), work)
